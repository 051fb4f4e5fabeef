"""Print the speed ratios at city size: `python -m tests.benchmarks [NAME …] [--folder FOLDER]`.

- Each module beside this one with a function `outcomes(folder)` is a benchmark; it yields `Outcome` lines.
- Files that are made for it stay in the folder, so that a second run is quicker.
"""

import argparse
import importlib
import pkgutil
import tempfile
from pathlib import Path
from types import ModuleType

import tests.benchmarks
from tests.benchmarks.outcome import Outcome

HEAD = ("benchmark", "measured", "against", "ratio", "aim", "kept")


def main() -> None:
    """Run the benchmarks named, or all, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="benchmarks to run; all without one")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "attendance-benchmarks")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    lines = [
        outcome.cells for name in sorted(options.names or _names()) for outcome in _run(name, options.folder)
    ]
    widths = [max(len(line[column]) for line in (HEAD, *lines)) for column in range(len(HEAD))]
    for line in (HEAD, tuple("-" * width for width in widths), *lines):
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _names() -> list[str]:
    found = [module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__)]
    return [name for name in found if name != "__main__" and hasattr(_module(name), "outcomes")]


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"tests.benchmarks.{name}")


def _run(name: str, folder: Path) -> list[Outcome]:
    print(f"running {name} …", flush=True)
    return list(_module(name).outcomes(folder))


main()
