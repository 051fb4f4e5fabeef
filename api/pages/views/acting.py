"""The one room in which every act is performed: a short form, a look over the answers, and then it is done.

- The form is made from what the act takes; what is known already is filled in and not asked.
- A refusal lists everything unmet; where a reason can lift it all, the reason is asked for there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.responses import Response

from api.pages import paths
from api.pages.cookies import CSRF_FIELD
from api.pages.forms import once
from api.pages.forms.fields import Kind, kind_of
from api.pages.forms.shown import (
    Choices,
    Problem,
    answers_of,
    field_on_form,
    fields_of,
    problems_of,
    summary,
)
from api.pages.forms.typed import Typed, given
from api.pages.forms.wording import WARNINGS
from api.pages.guard import Visit, Visiting, page_router
from api.pages.help import terms_of
from api.pages.presenters.refusals import barriers_of
from api.pages.rendering import give_notice, show
from api.problems import KINDS, family_of
from attendance.domain.errors import (
    AttendanceError,
    BadInput,
    NotAllowed,
    NotFound,
    StepNotAvailable,
    StepRefused,
)
from attendance.intake.media import media_type_of
from attendance.intake.received import plain_name
from attendance.services.acts import Act, perform
from attendance.services.documents import receive_document
from attendance.services.inputs import ActInput
from attendance.services.reading.asking import reading
from attendance.services.reading.choices import (
    About,
    about_matter,
    about_pupil,
    about_school,
    choices,
)
from attendance.services.reading.requests import lacking
from attendance.services.registry import act_named
from attendance.services.work import Done, Work

router = page_router()

_PUPIL = re.compile(r"[0-9]{1,9}")
_OWN = frozenset({CSRF_FIELD, once.FIELD, "step"})


@dataclass(frozen=True, slots=True)
class Room:
    """An act that somebody is about to perform: what it is about, what may be chosen, what was typed."""

    visit: Visit
    act: Act
    about: About
    choices: Choices
    typed: Typed
    lacking: tuple[str, ...] = ()


@router.get("/acts/{name}", name="page.act")
def ask(visit: Visiting, name: str) -> Response:
    """Show the form of an act."""
    query = visit.request.query_params
    room = _room(visit, name, {key: tuple(query.getlist(key)) for key in query})
    return _form(room)


@router.post("/acts/{name}", name="page.act.do")
def do(visit: Visiting, name: str) -> Response:
    """Look over what was typed, or perform the act."""
    act = _open_act(visit, name)
    try:
        typed = _typed(visit, act)
    except BadInput as error:
        typed = _text_typed(visit)
        return _form(_room(visit, name, typed), {"document": str(error)})
    room = _room(visit, name, typed)
    if visit.typed("step") == "change":
        return _form(room)
    try:
        taken = act.input.model_validate(given(act.input, typed))
    except ValidationError as error:
        return _form(room, problems_of(act, error, room.choices))
    if visit.typed("step") != "confirm":
        return _look_over(room)
    return _confirmed(room, taken)


def _confirmed(room: Room, taken: ActInput) -> Response:
    visit, own = room.visit, room.visit.typed(once.FIELD)
    if not once.take(visit.actor.account, own):
        return _done_before(room)
    try:
        with once.kept_if_done(visit.actor.account, own):
            done = perform(visit.office, room.act, taken, visit.actor, visit.moment)
    except StepRefused as refused:
        return _refused(room, refused)
    except NotAllowed:
        raise
    except AttendanceError as error:  # a matter that was typed and is not there too: what was typed stays
        field = field_on_form(room.act, error.field) if isinstance(error, BadInput) else ""
        return _form(room, {field: _not_done(room, error)}, KINDS[family_of(error)].status)
    return _done(room, done)


def _done_before(room: Room) -> Response:
    response = RedirectResponse(_back(room.about) or "/", status_code=303)
    give_notice(response, room.visit, room.act.summary, ("This form was sent twice. It was done once.",))
    return response


def _room(visit: Visit, name: str, typed: Typed) -> Room:
    act = _open_act(visit, name)
    with reading(visit.office, visit.actor, visit.moment) as work:
        about = _about(work, typed)
        known = _known(about)
        wanted = act.input.model_fields
        filled = {**typed, **{k: (v,) for k, v in known.items() if k in wanted and not typed.get(k)}}
        found = {field: choices(work, act.name, field, about) for field in wanted}
        lacks = lacking(work, about.reference) if name == "request.send" and about.reference else ()
    visit.looked(pupil=about.pupil_id, reference=about.reference)
    return Room(visit, act, about, found, filled, lacks)


def _about(work: Work, typed: Typed) -> About:
    pupil = _first(typed, "pupil_id")
    named = _first(typed, "reference") or _first(typed, "case")
    # Beside a pupil a request is one of the answers, and may be typed wrongly.
    reference = named or ("" if pupil else _first(typed, "request"))
    if reference:
        return about_matter(work, reference)
    if _PUPIL.fullmatch(pupil):
        return about_pupil(work, int(pupil), _first(typed, "school_urn"))
    school = _first(typed, "school_urn")
    return about_school(work, school) if school else About()


def _known(about: About) -> Mapping[str, str]:
    return {
        name: str(value)
        for name, value in (
            ("pupil_id", about.pupil_id),
            ("school_urn", about.school_urn),
            ("adult_id", about.adult_id),
            ("request", about.request),
        )
        if value
    }


def _open_act(visit: Visit, name: str) -> Act:
    try:
        act = act_named(name)
    except KeyError as error:
        raise NotFound("act", name) from error
    if visit.actor.role not in act.by:
        raise NotAllowed(f"{act.summary}: your account may not do this. Ask whoever may.")
    return act


def _typed(visit: Visit, act: Act) -> Typed:
    typed = dict(_text_typed(visit))
    for name, field in act.input.model_fields.items():
        upload = visit.form.get(f"{name}-file")
        if kind_of(name, field) is Kind.FILE and isinstance(upload, UploadFile) and upload.filename:
            typed[name] = (_received(visit, upload),)
            typed[f"{name}-name"] = (plain_name(upload.filename),)
    return typed


def _text_typed(visit: Visit) -> Typed:
    texts: dict[str, tuple[str, ...]] = {}
    for key, value in visit.form.multi_items():
        if isinstance(value, str) and key not in _OWN:
            texts[key] = (*texts.get(key, ()), value)
    return texts


def _received(visit: Visit, upload: UploadFile) -> str:
    content = upload.file.read()
    return receive_document(
        visit.office.store,
        content,
        media_type=media_type_of(content),
        file_name=plain_name(upload.filename, "document"),
        actor=visit.actor,
        moment=visit.moment,
    )


def _form(
    room: Room, problems: Mapping[str, str] | None = None, status: HTTPStatus | None = None
) -> Response:
    wrong = problems or {}
    usual = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return show(
        room.visit,
        "act.html",
        room.act.summary,
        status=status or usual,
        act=room.act.name,
        about=room.about,
        back=_back(room.about),
        fields=fields_of(room.act, room.typed, room.choices, wrong, room.visit.moment.on),
        problems=summary(room.act, wrong),
        warning=WARNINGS.get(room.act.name, ""),
        lacking=room.lacking,
        help=terms_of(room.act.name),
        lost="pupil_id" in room.act.input.model_fields and room.about.pupil_id is None,
    )


def _look_over(room: Room) -> Response:
    fields = fields_of(room.act, room.typed, room.choices, {}, room.visit.moment.on)
    return show(
        room.visit,
        "act_check.html",
        f"Check your answers: {room.act.summary.lower()}",
        act=room.act.name,
        about=room.about,
        answers=answers_of(fields),
        once=once.word(),
        carried=_carried(room),
        warning=WARNINGS.get(room.act.name, ""),
        lacking=room.lacking,
    )


def _refused(room: Room, refused: StepRefused) -> Response:
    barriers = barriers_of(refused.unmet)
    return show(
        room.visit,
        "act_refused.html",
        f"This cannot be done now: {room.act.summary.lower()}",
        status=HTTPStatus.CONFLICT,
        act=room.act.name,
        about=room.about,
        back=_back(room.about),
        unmet=barriers,
        liftable=all(one.liftable for one in barriers),
        once=once.word(),
        carried=_carried(room),
        problems=[Problem("Nothing was changed. Read what stands in the way.", "#in-the-way")],
    )


def _not_done(room: Room, error: AttendanceError) -> str:
    if not isinstance(error, StepNotAvailable):
        return str(error)
    stands = f"{room.about.reference or 'The matter'} stands at “{error.state}”"
    return (
        f"Nothing was changed: {stands}. This cannot be done now, or has been done already. Go back and look."
    )


def _carried(room: Room) -> list[tuple[str, str]]:
    return [(name, value) for name, values in room.typed.items() for value in values]


def _done(room: Room, done: Done) -> Response:
    onward = paths.matter(done.reference) or _back(room.about) or "/"
    response = RedirectResponse(onward, status_code=303)
    give_notice(response, room.visit, room.act.summary, done.sentences)
    return response


def _back(about: About) -> str:
    if about.reference and paths.matter(about.reference):
        return paths.matter(about.reference)
    if about.case:
        return paths.matter(about.case)
    if about.pupil_id is None and about.school_urn:
        return paths.issuers(about.school_urn)
    return paths.pupil(about.pupil_id) if about.pupil_id else ""


def _first(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0] if values else ""
