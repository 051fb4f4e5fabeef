"""Tables as values of the law hold them.

- A table never changes, and equal tables hash alike: a value with its source can stand in a set, be copied
  and be kept with a decision.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Plain = int | str | bool | tuple["Plain", ...] | Mapping[str, "Plain"]
Data = int | str | bool | list["Data"] | dict[str, "Data"]


@dataclass(frozen=True, slots=True, eq=False)
class LawTable(Mapping[str, Plain]):
    """An immutable table from text to cells, in the order of its file."""

    cells: tuple[tuple[str, Plain], ...]

    def __getitem__(self, key: str) -> Plain:
        for name, cell in self.cells:
            if name == key:
                return cell
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def __hash__(self) -> int:
        return hash(frozenset(self.cells))


def as_data(value: Plain) -> Data:
    """Return the value as plain lists and tables, for JSON."""
    if isinstance(value, Mapping):
        return {name: as_data(cell) for name, cell in value.items()}
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    return value
