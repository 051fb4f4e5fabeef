"""The pages of an act: its form, the answers looked over, and what stands in its way.

- A refusal lists everything unmet; where a reason can lift it all, the reason is asked for there.
- What a service finds wrong is told beside the answer it is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import Response

from api.pages import paths
from api.pages.forms import once
from api.pages.forms.shown import Choices, Problem, answers_of, field_on_form, fields_of, summary
from api.pages.forms.typed import Typed, one
from api.pages.forms.wording import WARNINGS
from api.pages.guard import Visit
from api.pages.help import terms_of
from api.pages.presenters.refusals import barriers_of
from api.pages.rendering import show
from attendance.domain.errors import AttendanceError, BadInput, NotFound, StepNotAvailable, StepRefused
from attendance.services.acts import Act
from attendance.services.reading.choices import About
from attendance.services.registry import act_named


@dataclass(frozen=True, slots=True)
class Room:
    """An act that somebody is about to perform: what it is about, what may be chosen, what was typed."""

    visit: Visit
    act: Act
    about: About
    choices: Choices
    typed: Typed
    lacking: tuple[str, ...] = ()


def form(room: Room, problems: Mapping[str, str] | None = None, status: HTTPStatus | None = None) -> Response:
    """Return the form with what was typed and, by field, what is wrong with it."""
    wrong = problems or {}
    usual = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return show(
        room.visit,
        "act.html",
        room.act.summary,
        status=status or usual,
        here=_here(room),
        about=room.about,
        back=back_from(room.about),
        fields=fields_of(room.act, room.typed, room.choices, wrong, room.visit.moment.on),
        problems=summary(room.act, wrong),
        warning=WARNINGS.get(room.act.name, ""),
        lacking=room.lacking,
        of_notice=paths.matter(room.about.notice),
        instead=_withdrawing(room),
        help=terms_of(room.act.name),
        lost="pupil_id" in room.act.input.model_fields and room.about.pupil_id is None,
    )


def _here(room: Room) -> str:
    """Return where the form is sent: whoever is signed out meanwhile comes back to the same form."""
    about = room.about
    if about.reference:
        return paths.act(room.act.name, reference=about.reference)
    return paths.act(room.act.name, pupil_id=about.pupil_id or "", school_urn=about.school_urn)


def _withdrawing(room: Room) -> str:
    """Return where the notice that a matter is about is withdrawn, where it can be and the account may."""
    name = "penalty_notice.withdraw"
    may = room.about.notice.startswith("PN-") and room.visit.actor.role in act_named(name).by
    return paths.act(name, reference=room.about.notice) if may else ""


def look_over(room: Room) -> Response:
    """Return the answers to be looked over before the act is done."""
    fields = fields_of(room.act, room.typed, room.choices, {}, room.visit.moment.on)
    return show(
        room.visit,
        "act_check.html",
        f"Check your answers: {room.act.summary.lower()}",
        here=_here(room),
        about=room.about,
        answers=answers_of(fields),
        once=once.word(),
        carried=_carried(room),
        warning=WARNINGS.get(room.act.name, ""),
        lacking=room.lacking,
    )


def refused_form(room: Room, refused: StepRefused) -> Response:
    """Return what stands in the way, with room for reasons where reasons can lift it all."""
    barriers = barriers_of(refused.unmet)
    return show(
        room.visit,
        "act_refused.html",
        f"This cannot be done now: {room.act.summary.lower()}",
        status=HTTPStatus.CONFLICT,
        here=_here(room),
        about=room.about,
        back=back_from(room.about),
        unmet=barriers,
        liftable=all(one.liftable for one in barriers),
        once=once.word(),
        carried=_carried(room),
        problems=[Problem("Nothing was changed. Read what stands in the way.", "#in-the-way")],
    )


def field_at_fault(room: Room, error: AttendanceError) -> str:
    """Return the field to put right: the one that the error names, or in which stands what is not there."""
    if isinstance(error, BadInput):
        return field_on_form(room.act, error.field)
    if isinstance(error, NotFound):
        named = (name for name in room.act.input.model_fields if one(room.typed, name) == error.reference)
        return next((name for name in named if field_on_form(room.act, name)), "")
    return ""


def not_done(room: Room, error: AttendanceError) -> str:
    """Return why an act was not done, in words that say how the matter stands."""
    if not isinstance(error, StepNotAvailable):
        return str(error)
    stands = f"{room.about.reference or 'The matter'} stands at “{error.state}”"
    return (
        f"Nothing was changed: {stands}. This cannot be done now, or has been done already. Go back and look."
    )


def _carried(room: Room) -> list[tuple[str, str]]:
    return [(name, value) for name, values in room.typed.items() for value in values]


def back_from(about: About) -> str:
    """Return the page that an act was come from: the matter's, the case's, the school's or the pupil's."""
    if about.reference and paths.matter(about.reference):
        return paths.matter(about.reference)
    if about.case:
        return paths.matter(about.case)
    if about.pupil_id is None and about.school_urn:
        return paths.issuers(about.school_urn)
    return paths.pupil(about.pupil_id) if about.pupil_id else ""
