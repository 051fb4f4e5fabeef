"""Writes docs/reference/generated from the program itself; `--check` refuses when it is not current.

- Each module of docs/generator with a function `pages()` gives pages.
- A file in the folder that no page stands for is stale as well.
"""

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / "docs" / "reference" / "generated"


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or with `--check` name the files that are not current. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 naming stale files")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pages stand")
    options = parser.parse_args(arguments)
    wanted = _texts()
    stale = _stale(wanted, options.folder)
    if options.check:
        for file in stale:
            print(f"{options.folder / file} is not current. Run: make docs", file=sys.stderr)
        return 1 if stale else 0
    _write(wanted, stale, options.folder)
    return 0


def _texts() -> dict[str, str]:
    package = importlib.import_module("docs.generator")
    texts: dict[str, str] = {}
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"docs.generator.{found.name}")
        for page in module.pages() if hasattr(module, "pages") else ():
            if page.file in texts:
                raise ValueError(f"Two pages are called {page.file}")
            texts[page.file] = page.text
    return texts


def _stale(wanted: dict[str, str], folder: Path) -> list[str]:
    there = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.is_file()
    }
    return sorted(file for file in wanted.keys() | there.keys() if wanted.get(file) != there.get(file))


def _write(wanted: dict[str, str], stale: list[str], folder: Path) -> None:
    for file in stale:
        path = folder / file
        if file not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[file], encoding="utf-8")
        print(path)


if __name__ == "__main__":
    sys.exit(main())
