"""The one room in which every act is performed: a short form, a look over the answers, and then it is done.

- The form is made from what the act takes; what is known already is filled in and not asked.
- A refusal lists everything unmet; where a reason can lift it all, the reason is asked for there.
"""

import re
from collections.abc import Mapping

from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.responses import Response

from api.pages import paths
from api.pages.cookies import CSRF_FIELD
from api.pages.forms import once
from api.pages.forms.fields import Kind, kind_of
from api.pages.forms.shown import problems_of
from api.pages.forms.typed import Typed, given, one
from api.pages.guard import Visit, Visiting, page_router
from api.pages.rendering import give_notice
from api.pages.views.act_pages import Room, back_from, field_at_fault, form, look_over, not_done, refused_form
from api.problems import KINDS, family_of
from attendance.domain.errors import AttendanceError, BadInput, NotAllowed, NotFound, StepRefused
from attendance.intake.media import media_type_of
from attendance.intake.received import plain_name
from attendance.services.acts import Act, perform
from attendance.services.documents import receive_document
from attendance.services.inputs import ActInput
from attendance.services.reading.asking import reading
from attendance.services.reading.choices import About, about_matter, about_pupil, about_school, choices
from attendance.services.reading.requests import lacking
from attendance.services.registry import act_named
from attendance.services.work import Done, Work

router = page_router()

_PUPIL = re.compile(r"[0-9]{1,9}")
_OWN = frozenset({CSRF_FIELD, once.FIELD, "step"})


@router.get("/acts/{name}", name="page.act")
def ask(visit: Visiting, name: str) -> Response:
    """Show the form of an act."""
    query = visit.request.query_params
    room = _room(visit, name, {key: tuple(query.getlist(key)) for key in query})
    return form(room)


@router.post("/acts/{name}", name="page.act.do")
def do(visit: Visiting, name: str) -> Response:
    """Look over what was typed, or perform the act."""
    act = _open_act(visit, name)
    try:
        typed = _typed(visit, act)
    except BadInput as error:
        typed = _text_typed(visit)
        return form(_room(visit, name, typed), {"document": str(error)})
    room = _room(visit, name, typed)
    if visit.typed("step") == "change":
        return form(room)
    try:
        taken = act.input.model_validate(given(act.input, typed))
    except ValidationError as error:
        return form(room, problems_of(act, error, room.choices))
    if visit.typed("step") != "confirm":
        return look_over(room)
    return _confirmed(room, taken)


def _confirmed(room: Room, taken: ActInput) -> Response:
    visit, own = room.visit, room.visit.typed(once.FIELD)
    if not once.take(visit.actor.account, own):
        return _done_before(room)
    try:
        with once.kept_if_done(visit.actor.account, own):
            done = perform(visit.office, room.act, taken, visit.actor, visit.moment)
    except StepRefused as refused:
        return refused_form(room, refused)
    except NotAllowed:
        raise
    except AttendanceError as error:  # a matter that was typed and is not there too: what was typed stays
        field = field_at_fault(room, error)
        return form(room, {field: not_done(room, error)}, KINDS[family_of(error)].status)
    return _done(room, done)


def _done_before(room: Room) -> Response:
    response = RedirectResponse(back_from(room.about) or "/", status_code=303)
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
    pupil = one(typed, "pupil_id")
    named = one(typed, "reference") or one(typed, "case")
    # Beside a pupil a request is one of the answers, and may be typed wrongly.
    reference = named or ("" if pupil else one(typed, "request"))
    if reference:
        return about_matter(work, reference)
    if _PUPIL.fullmatch(pupil):
        return about_pupil(work, int(pupil), one(typed, "school_urn"))
    school = one(typed, "school_urn")
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


def _done(room: Room, done: Done) -> Response:
    onward = paths.matter(done.reference) or back_from(room.about) or "/"
    response = RedirectResponse(onward, status_code=303)
    give_notice(response, room.visit, room.act.summary, done.sentences)
    return response
