"""Long lists, shown a part at a time: which part is asked for, and where the rest is."""

from typing import TypeVar

from api.pages import paths
from api.pages.guard import Visit
from api.pages.parts import Link
from attendance.store.queries.made import LINES, Page, Part

Item = TypeVar("Item")


def part_of(visit: Visit) -> Part:
    """Return the part of a list that the address asks for."""
    return Part(LINES, visit.asked("after"))


def more_of(visit: Visit, found: Page[Item]) -> Link | None:
    """Return where the rest of a list is shown, None where nothing is left."""
    if not found.next:
        return None
    query = {key: value for key, value in visit.request.query_params.items() if key != "after"}
    return Link("Show more", paths.with_query(visit.request.url.path, **query, after=found.next))
