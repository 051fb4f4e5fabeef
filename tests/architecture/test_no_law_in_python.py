"""The law's numbers are data; today's date is asked for at the edges alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE_OF_NUMBERS = ("rules", "letters", "attendance/domain", "attendance/services", "api")
EDGES = ("api", "attendance/cli")

# Counting one by one, halves and pairs, per cent and per mille.
PLAIN = {0, 1, 2, 100, 1000}

# (file, number, reason): a number that is no number of the law. ANY stands for every number of the file.
ANY = "any"
MADE_UP_CLOCK = "attendance/demo/year/"
"""The demo's year runs by a made-up clock of its own, which has names like a real one's."""

ALLOWED = {
    ("attendance/domain/bounds.py", ANY, "days and numbers out of all casework's reach"),
    ("attendance/services/imports/register_plan.py", ANY, "the register's first day, the last day of a year"),
    ("api/desk.py", ANY, "bytes of a body"),
    ("api/pages/cookies.py", ANY, "bytes of a random secret, minutes of a short cookie"),
    ("api/pages/forms/fields.py", ANY, "letters of a long text"),
    ("api/pages/forms/once.py", ANY, "bytes of a random word, words kept in memory"),
    ("api/pages/help.py", ANY, "days kept in memory"),
    ("api/pages/guard.py", ANY, "fields and files of a form"),
    ("api/pages/presenters/charts.py", ANY, "places on a drawing"),
    ("api/pages/presenters/figures.py", ANY, "how many bars a drawing has, letters of a label"),
    ("api/pages/presenters/register.py", ANY, "days of a week, of the longest month"),
    ("api/pages/providers.py", ANY, "seconds that another server may take"),
    ("api/pages/views/homes.py", ANY, "lines on a first page"),
    ("api/pages/rendering.py", 2000, "letters of a short message"),
    ("api/pages/views/batches.py", 50, "lines of a list"),
    ("attendance/services/reading/batches.py", 400, "letters of a form"),
    ("api/pages/views/figures.py", ANY, "lines of a list"),
    ("api/pages/views/oversight.py", 50, "lines of a list"),
    ("api/pages/views/work.py", 50, "lines of a list"),
    ("attendance/services/imports/month_counts.py", 31, "days of the longest month"),
    ("attendance/services/reading/year_counts.py", ANY, "years kept in memory, bits of a pupil's key"),
    ("attendance/services/register_facts.py", 512, "calendars kept at hand"),
    ("attendance/services/signing_in.py", ANY, "bytes of a secret, how long a session lasts"),
    ("api/errors.py", 6, "bytes of a random reference"),
    ("api/errors.py", 200, "letters of a field's path"),
    ("api/security/guard.py", 80, "letters of a reference in the log of reads"),
    ("api/security/throttle.py", ANY, "how wrong passwords are held back"),
    ("attendance/services/accounts.py", 32, "bytes of a random token"),
    ("attendance/services/passwords.py", ANY, "how long passwords are, and which are too easy"),
    ("attendance/services/accounts.py", 366, "days that a token may work"),
    ("attendance/services/office.py", 2006, "first year of the bank holidays that are read"),
    ("attendance/services/office.py", 2049, "last year of the bank holidays that are read"),
    ("letters/compose.py", 12, "letters of a short hash"),
    ("letters/formats.py", ANY, "English ordinals and one decimal"),
    ("letters/glyphs.py", ANY, "offsets of the font format"),
    ("letters/postal.py", 3, "lines of an address: the window envelope"),
    ("letters/postal.py", 7, "lines of an address: the window envelope"),
    ("letters/quoting.py", 8, "letters of a short hash"),
    ("letters/samples/__init__.py", ANY, "days of made-up notices"),
    ("letters/samples/improvement.py", ANY, "days and sessions of made-up families"),
    ("letters/samples/notices.py", ANY, "days and sessions of made-up families"),
    ("letters/samples/people.py", ANY, "days and sessions of made-up families"),
    ("letters/typeset.py", 12, "lines of a list that is kept on one page"),
    ("letters/typeset.py", 10, "pages of a letter: a guard against runaway text"),
    ("letters/typeset.py", 2_000_000, "bytes of a letter: a guard against runaway text"),
    ("rules/calendar.py", 5, "weekdays in a week"),
    ("rules/law_units.py", 2024, "a leap year, to read a month and day"),
    ("rules/school_age.py", 12, "months in a year"),
    ("rules/stages.py", 10, "tenths, in one decimal for reading"),
    ("rules/stages.py", 2000, "tenths of a per cent, rounded half up"),
    ("rules/time_limits.py", 12, "months in a year"),
    ("rules/weeks.py", 4, "leap years of the Gregorian calendar"),
    ("rules/weeks.py", 365, "days in a year"),
    ("rules/weeks.py", 400, "leap years of the Gregorian calendar"),
}

# Arguments that say how a thing is kept, sent or shown.
OF_THE_MACHINE = {"indent", "max_length", "maxsize", "min_length", "status_code"}

CLOCKS = {"today", "now", "utcnow", "localtime"}


def _modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _numbers(tree: ast.AST) -> Iterator[tuple[int, object]]:
    aside = {id(inner) for node in _set_aside(tree) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in aside and type(node.value) in {int, float}:
            yield node.lineno, node.value
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Decimal", "Fraction"}:
            yield from (
                (node.lineno, argument.value)
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def _set_aside(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield places in a sequence, text written many times over, and arguments of the machine."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(slice=place):
                yield place
            case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mult(), right=times):
                yield times
            case ast.keyword(arg=str(name), value=value) if name in OF_THE_MACHINE:
                yield value


def _is_allowed(file: str, number: object) -> bool:
    return any(file == where and what in {ANY, number} for where, what, _ in ALLOWED)


def _clocks(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            yield node.lineno


@pytest.mark.parametrize("path", _modules(*PURE_OF_NUMBERS), ids=_name)
def test_no_number_of_the_law_stands_in_the_code(path):
    found = [
        f"{_name(path)}:{line}: {number}"
        for line, number in _numbers(ast.parse(path.read_text(encoding="utf-8")))
        if number not in PLAIN and not _is_allowed(_name(path), number)
    ]
    assert not found, (
        "A number of the law belongs in rules/law or rules/policy, with its citation. "
        f"If it is no number of the law, add (file, number, reason) to ALLOWED: {found}"
    )


@pytest.mark.parametrize("entry", sorted(ALLOWED, key=str), ids=lambda entry: f"{entry[0]} {entry[1]}")
def test_nothing_is_allowed_that_is_not_there(entry):
    file, number, reason = entry
    assert reason
    path = ROOT / file
    if path.exists() and number != ANY:
        assert number in {found for _, found in _numbers(ast.parse(path.read_text(encoding="utf-8")))}


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in _modules("rules", "letters", "attendance")
        if not _name(path).startswith((*EDGES, MADE_UP_CLOCK))
    ],
    ids=_name,
)
def test_todays_date_is_asked_for_at_the_edges_alone(path):
    lines = list(_clocks(ast.parse(path.read_text(encoding="utf-8"))))
    assert not lines, (
        f"{_name(path)} asks a clock on lines {lines}; take the day or the moment as an argument"
    )


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("limit = 10", [10]),
        ("share = Fraction(9, 10)", [9, 10]),
        ("share = Decimal('0.9')", ["0.9"]),
        ("share = 0.5", [0.5]),
        ("first = text[:4]", []),
        ("line = '-' * 40", []),
        ("cache = lru_cache(maxsize=8)", []),
        ("days = timedelta(days=28)", [28]),
        ("flag = True", []),
        ("name = 'ten'", []),
    ],
)
def test_numbers_are_found_where_they_stand(code, numbers):
    assert [number for _, number in _numbers(ast.parse(code))] == numbers


@pytest.mark.parametrize("code", ["date.today()", "datetime.now(tz=UTC)", "make(clock=datetime.now)"])
def test_clocks_are_found_where_they_stand(code):
    assert list(_clocks(ast.parse(code))) == [1]
