"""What is wrong with a file that comes in, and where.

- Each problem is said as `file:line: column: message`; a problem of the whole file stands at line 1.
- A message says what to do and never repeats a person's number, name or comment.
- At most a hundred are listed, in the order of the files; the rest are counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from attendance.domain.errors import BadInput

LISTED = 100
WHOLE_FILE, WHOLE_ROW = "file", "row"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem of one file. `line` counts from 1, the header's."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Problems:
    """The problems listed, and how many there are in all."""

    listed: tuple[Problem, ...] = ()
    total: int = 0

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.listed)

    def __bool__(self) -> bool:
        return self.total > 0

    @property
    def unlisted(self) -> int:
        """How many are counted only."""
        return self.total - len(self.listed)

    def lines(self) -> tuple[str, ...]:
        """Return what a command prints: each problem listed, then how many more there are."""
        more = (f"and {self.unlisted} more",) if self.unlisted else ()
        return (*map(str, self.listed), *more)


@dataclass(slots=True)
class ProblemList:
    """Collects problems in the order of the file: keeps the first hundred and counts all."""

    kept: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(self, problem: Problem) -> None:
        """Count one problem, and keep it while there is room."""
        self.total += 1
        if len(self.kept) < LISTED:
            self.kept.append(problem)

    def count(self, more: int) -> None:
        """Count problems that are not listed."""
        self.total += more


def together(lists: Iterable[ProblemList], files: tuple[str, ...]) -> Problems:
    """Put lists that were collected apart into one, in the order of the files and their lines."""
    lists = tuple(lists)
    place = {name: number for number, name in reversed(tuple(enumerate(files)))}
    kept = sorted(
        (problem for each in lists for problem in each.kept),
        key=lambda problem: (place[problem.file], problem.line),
    )
    return Problems(tuple(kept[:LISTED]), sum(each.total for each in lists))


def listed(problems: Iterable[Problem], unlisted: int = 0) -> Problems:
    """List problems by file and line, as many as are listed; `unlisted` more are counted only."""
    ordered = sorted(problems)
    return Problems(tuple(ordered[:LISTED]), len(ordered) + unlisted)


class FilesRefused(BadInput):
    """One or more files are not as they must be; nothing of any of them is used."""

    code = "files_refused"

    def __init__(self, problems: Problems) -> None:
        super().__init__("\n".join(problems.lines()))
        self.problems = problems


class UnreadableFile(BadInput):
    """The file cannot be opened or read."""

    code = "unreadable_file"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} cannot be read: {why}. Check the name and that you may read it.")
        self.file = file
