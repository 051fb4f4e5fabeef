"""Reading what a senior officer looks over. Schools have no part in it: pages and routes keep them out."""

from attendance.domain.errors import NotFound
from attendance.services.reading.asking import is_authority
from attendance.services.work import Work
from attendance.store.queries import oversight
from attendance.store.queries.made import Page, Part
from attendance.store.queries.oversight import Look, OversightLine


def oversight_lines(work: Work, look: Look, part: Part) -> Page[OversightLine]:
    """Return overrides, late acts and skipped support, the latest first; raises `NotFound` for a school."""
    if not is_authority(work.actor):
        raise NotFound("page", "oversight")
    return oversight.oversight(work.opened.session, look, part)
