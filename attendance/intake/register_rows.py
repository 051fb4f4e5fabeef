"""Each row of a register file held against the form.

- A text is judged once and remembered: a city's files hold few different ones.
- Messages never repeat a pupil's number or a comment; a code is repeated where it is short enough to be one.
"""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from attendance.intake.problems import WHOLE_ROW, Problem, ProblemList
from attendance.intake.register_layout import (
    EVIDENCE,
    NOT_A_DAY,
    NOT_A_SESSION,
    NOT_A_UPN,
    NOT_A_URN,
    REQUIRED,
    SESSIONS,
    Layout,
    day_of,
    is_urn,
)
from attendance.intake.register_strips import Strips
from attendance.intake.upn import is_upn
from rules.codes import RegisterCodes
from rules.errors import CodeNotInForce, UnknownCode

LONGEST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of a row and the line it begins on."""

    line: int
    fields: list[str]


class RowReader:
    """Takes rows: the good go into the strips, the others into the problems."""

    def __init__(
        self, codes: RegisterCodes, latest: date | None, strips: Strips, problems: ProblemList
    ) -> None:
        self.codes, self.latest, self.strips, self.problems = codes, latest, strips, problems
        self.taken = 0
        self._good: dict[tuple[str, ...], bool] = {}
        self._days: dict[str, date | None] = {}
        self._code_problems: dict[tuple[str, str], str] = {}

    def begin(self, file: str, number: int, layout: Layout) -> None:
        """Begin with the rows of a file."""
        self.file, self.number, self.width, self.taken = file, number, len(layout.columns), 0
        self._pick = itemgetter(*(layout.columns.index(name) for name in REQUIRED))
        self._evidence = tuple(layout.place(name) for name in EVIDENCE)

    def take(self, row: Row) -> None:
        """Judge one row."""
        if len(row.fields) != self.width:
            said = f"{len(row.fields)} fields, but the header has {self.width}."
            self._refuse(row.line, WHOLE_ROW, said if row.fields else "The line is empty. Remove it.")
            return
        school, upn, day_text, session, code = self._pick(row.fields)
        problem_of_code = self._code_problems.get((code, day_text))
        if problem_of_code is None:
            problem_of_code = self._judge_code(code, day_text)
        if problem_of_code or not self._is_good(school, upn, session):
            self._explain(row.line, school, upn, day_text, session, problem_of_code)
            return
        day = self._days[day_text]
        if day is None or (self.latest is not None and day > self.latest):
            self._explain(row.line, school, upn, day_text, session, "")
            return
        self.taken += 1
        self.strips.add(school, upn, day, session, code)
        self.strips.stand(self.number, row.line)
        if self.strips.evidence:
            self.strips.keep(
                tuple(row.fields[place] if place is not None else None for place in self._evidence)
            )

    def _is_good(self, *texts: str) -> bool:
        good = self._good.get(texts)
        if good is None:
            school, upn, session = texts
            good = is_urn(school) and is_upn(upn) and session in SESSIONS
            self._good[texts] = good
        return good

    def _judge_code(self, code: str, day_text: str) -> str:
        day = self._days.setdefault(day_text, day_of(day_text))
        said = ""
        if day is None:
            said = "" if code in self.codes.known else str(UnknownCode(code))
        else:
            try:
                self.codes.code(code, day)
            except (UnknownCode, CodeNotInForce) as error:
                said = str(error)
        if said and len(code) > LONGEST_SHOWN:
            said = "Not a register code. Codes are exact: no spaces, capitals as printed."
        self._code_problems[code, day_text] = said
        return said

    def _explain(self, line: int, school: str, upn: str, day: str, session: str, code: str) -> None:
        found = self._days[day]
        late = found is not None and self.latest is not None and found > self.latest
        after = f"After {self.latest}: a mark cannot be made before its session." if late else ""
        told = (
            ("school_urn", "" if is_urn(school) else NOT_A_URN),
            ("upn", "" if is_upn(upn) else NOT_A_UPN),
            ("date", NOT_A_DAY if found is None else after),
            ("session", "" if session in SESSIONS else NOT_A_SESSION),
            ("code", code),
        )
        for column, message in told:
            if message:
                self._refuse(line, column, message)

    def _refuse(self, line: int, column: str, message: str) -> None:
        self.problems.add(Problem(self.file, line, column, message))
