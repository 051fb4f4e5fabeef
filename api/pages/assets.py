"""Building `static/` from the installed design systems: `python -m api.pages.assets`.

- Ready stylesheets and scripts only; fonts, crowns, crests and pictures are left where they are.
- The pages must not pass for GOV.UK: its typeface is taken out of the stylesheets, so Arial is used.
- What is built is never committed; it comes anew from the packages that `package-lock.json` pins.
"""

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
LOOK = HERE / "look"
MODULES = HERE.parents[1] / "node_modules"

GOVUK = Path("govuk-frontend")
MOJ = Path("@ministryofjustice/frontend")
STYLESHEETS = {
    "govuk.css": GOVUK / "dist/govuk/govuk-frontend.min.css",
    "moj.css": MOJ / "moj/moj-frontend.min.css",
}
SCRIPTS = {"govuk.js": GOVUK / "dist/govuk/govuk-frontend.min.js"}

_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_PICTURE = re.compile(r"url\([\"']?/assets/[^)]*\)")
_MAP = re.compile(r"\n?/[/*]# sourceMappingURL=[^\n]*")
_TYPEFACE = re.compile(r"[\"']?GDS Transport[\"']?,")


def unbranded(css: str) -> str:
    """Return a stylesheet without GOV.UK's typeface and without references to pictures that are not here."""
    css = _FONT_FACE.sub("", css)
    css = _TYPEFACE.sub("", css)
    return _MAP.sub("", _PICTURE.sub("none", css))


def build(modules: Path, to: Path) -> tuple[str, ...]:
    """Build the static files and return their names.

    Args:
        modules: The folder that npm installs packages into.
        to: The folder to fill; what was in it is cleared away.

    Raises:
        FileNotFoundError: A package is not installed.
    """
    wanted = (*STYLESHEETS.values(), *SCRIPTS.values())
    missing = [str(path) for path in wanted if not (modules / path).is_file()]
    if missing:
        raise FileNotFoundError(f"Not installed: {', '.join(missing)}. Run `make assets`.")
    if to.exists():
        shutil.rmtree(to)
    to.mkdir(parents=True)
    for name, source in STYLESHEETS.items():
        text = (modules / source).read_text(encoding="utf-8")
        (to / name).write_text(unbranded(text), encoding="utf-8")
    for name, source in SCRIPTS.items():
        text = (modules / source).read_text(encoding="utf-8")
        (to / name).write_text(_MAP.sub("", text), encoding="utf-8")
    for source in LOOK.iterdir():
        shutil.copyfile(source, to / source.name)
    return tuple(sorted(path.name for path in to.iterdir()))


def main(arguments: Sequence[str] = ()) -> None:
    """Build from the named folder of packages, or from the project's own."""
    build(Path(arguments[0]) if arguments else MODULES, STATIC)


if __name__ == "__main__":
    main(sys.argv[1:])
