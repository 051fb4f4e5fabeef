"""The pages that each role finds in its navigation, in order."""

from dataclasses import dataclass

from api.pages.access import TABLE
from rules.roles import Role


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the navigation."""

    text: str
    href: str
    current: bool = False
    active: bool = False


_PLACES = (
    ("page.home", "Work", "/"),
    ("page.search", "Find a pupil", "/search"),
    ("page.schools", "Schools", "/schools"),
    ("page.figures", "Figures", "/figures"),
    ("page.cases", "Cases", "/cases"),
    ("page.requests", "Requests", "/requests"),
    ("page.penalty_notices", "Notices", "/penalty-notices"),
    ("page.letters", "Letters", "/letters"),
    ("page.payments", "Payments", "/payments"),
    ("page.registers", "Registers", "/registers"),
    ("page.law", "Law", "/law"),
    ("page.oversight", "Oversight", "/oversight"),
    ("page.record", "Record", "/record"),
)


def navigation_of(role: Role, path: str) -> tuple[Item, ...]:
    """Return the navigation of a role, with the place that a path belongs to marked."""
    return tuple(
        Item(text, href, current=path == href, active=href != "/" and path.startswith(href + "/"))
        for page, text, href in _PLACES
        if role in TABLE[page]
    )
