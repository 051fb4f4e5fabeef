"""What is on file about a pupil: letters and evidence, and the timeline of the record."""

from starlette.responses import Response

from api.pages.guard import Visiting, page_router
from api.pages.keys import PupilId
from api.pages.lists import more_of, part_of
from api.pages.presenters.entries import timeline_events
from api.pages.presenters.pupil_papers import pupil_documents, pupil_letters
from api.pages.presenters.pupils import identity
from api.pages.presenters.steps import acts_named
from api.pages.rendering import show
from attendance.services.reading.about_pupil import papers_of_pupil, timeline_of_pupil
from attendance.services.reading.asking import reading
from attendance.services.reading.pupils import school_names

router = page_router()

_BRING_PAPERS = ("letter.first_concern", "support.record", "request.make")


@router.get("/pupils/{pupil_id}/papers", name="page.pupil.papers")
def papers(visit: Visiting, pupil_id: PupilId) -> Response:
    """Show every letter and document about a pupil that may be read."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = papers_of_pupil(work, pupil_id, part_of(visit))
        schools = school_names(work, found.pupil.enrolments)
    visit.looked(pupil=pupil_id)
    role = visit.actor.role
    pupil = identity(found.pupil, schools, visit.moment.on, tab="papers", role=role)
    return show(
        visit,
        "pupil_papers.html",
        f"Letters and evidence: {pupil.name}",
        identity=pupil,
        letters=pupil_letters(found.letters.items, more_of(visit, found.letters)),
        documents=pupil_documents(found),
        acts=acts_named(_BRING_PAPERS, role, pupil_id=pupil_id),
    )


@router.get("/pupils/{pupil_id}/timeline", name="page.pupil.timeline")
def timeline(visit: Visiting, pupil_id: PupilId) -> Response:
    """Show what the record says of a pupil, the newest first, a part at a time."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = timeline_of_pupil(work, pupil_id, part_of(visit))
        schools = school_names(work, found.pupil.enrolments)
    visit.looked(pupil=pupil_id)
    pupil = identity(found.pupil, schools, visit.moment.on, tab="timeline", role=visit.actor.role)
    return show(
        visit,
        "pupil_timeline.html",
        f"Timeline: {pupil.name}",
        identity=pupil,
        events=timeline_events(found, schools if len(schools) > 1 else {}),
        rest=more_of(visit, found.entries),
        later=bool(visit.asked("after")),
    )
