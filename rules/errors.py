"""Errors of the law's data.

- A lookup never answers with nothing: it returns a value with its source or raises one of these.
- Each has a stable `code` and a message that says what to do.
"""

from datetime import date


class RulesError(Exception):
    """Base of every error raised by the law's data."""

    code = "rules_error"


class UnknownParameter(RulesError):  # noqa: N818 - the law's own words read better than "…Error"
    """No parameter of that name is loaded."""

    code = "unknown_parameter"

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        hint = f"Near it: {', '.join(near)}." if near else "`attendance law` lists them all."
        super().__init__(f"No parameter is called {name}. {hint}")
        self.name, self.near = name, near


class NotInPolicy(UnknownParameter):
    """The authority's policy, as loaded, says nothing of the matter."""

    code = "not_in_policy"

    def __init__(self, authority: str, name: str) -> None:
        super().__init__(f"{authority}.{name}")
        self.args = (
            f"The policy of {authority} says nothing of {name}. Add it there, or name another policy.",
        )


class UnknownPolicy(RulesError):  # noqa: N818
    """No folder of that name holds a local policy."""

    code = "unknown_policy"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"No policy is called {name}. Known: {', '.join(known)}.")
        self.name = name
        self.known = known


class NotYetInForce(RulesError):  # noqa: N818
    """The parameter has no value as early as the day asked for."""

    code = "not_yet_in_force"

    def __init__(self, name: str, on: date, first: date | None) -> None:
        begins = f"is in force from {first.isoformat()}" if first else "is announced and not in force"
        super().__init__(f"{name} {begins}; on {on.isoformat()} it had no value.")
        self.name, self.on, self.first = name, on, first


class NoLongerInForce(RulesError):  # noqa: N818
    """The parameter had ceased by the day asked for."""

    code = "no_longer_in_force"

    def __init__(self, name: str, on: date, ceased: date) -> None:
        super().__init__(f"{name} ceased on {ceased.isoformat()}; {on.isoformat()} is on or after that day.")
        self.name, self.on, self.ceased = name, on, ceased


class NotEnforced(RulesError):  # noqa: N818
    """The value is kept for information; it conflicts with another and is never applied."""

    code = "not_enforced"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} is kept for information only and is never applied: {why}")
        self.name = name


class LawFileInvalid(RulesError):  # noqa: N818
    """A file of the law is malformed; nothing is loaded."""

    code = "law_file_invalid"

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


class TermDatesNotKnown(RulesError):  # noqa: N818
    """A school's term dates do not reach as far as the answer needs."""

    code = "term_dates_not_known"

    def __init__(self, asked: str, known_from: date | None, known_until: date | None) -> None:
        known = (
            f"they are known from {known_from.isoformat()} to {known_until.isoformat()}"
            if known_from and known_until
            else "none are known"
        )
        super().__init__(
            f"The school's term dates do not reach {asked}: {known}. Import the school's next term dates."
        )
        self.asked, self.known_from, self.known_until = asked, known_from, known_until


class BankHolidaysNotKnown(RulesError):  # noqa: N818
    """No bank holiday of that year is known, so its working days cannot be counted."""

    code = "bank_holidays_not_known"

    def __init__(self, year: int) -> None:
        super().__init__(
            f"No bank holiday of {year} is known, so working days of that year cannot be counted."
        )
        self.year = year


class NotReceived(RulesError):  # noqa: N818
    """A letter does not count as received, so no clock runs from it."""

    code = "not_received"


class UnknownCode(RulesError):  # noqa: N818
    """No register code of that name was ever in force."""

    code = "unknown_code"

    def __init__(self, register_code: str) -> None:
        super().__init__(
            f"{register_code!r} is not a register code. Codes are exact: no spaces, capitals as printed."
        )
        self.register_code = register_code


class CodeNotInForce(RulesError):  # noqa: N818
    """The register code exists, but not on that day."""

    code = "code_not_in_force"

    def __init__(self, register_code: str, on: date, spans: tuple[tuple[date, date], ...]) -> None:
        when = " and ".join(_span(first, last) for first, last in spans)
        super().__init__(
            f"{register_code!r} was not a register code on {on.isoformat()}: it is in force {when}."
        )
        self.register_code, self.on, self.spans = register_code, on, spans


def _span(first: date, last: date) -> str:
    until = "on" if last == date.max else f"to {last.isoformat()}"
    return f"from {first.isoformat()} {until}"
