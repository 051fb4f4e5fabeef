"""One route for every act, made from the acts themselves: none missing, none unlike the command line.

- The reference of the matter stands in the path; everything else that the act takes is the JSON body.
- 201 where a matter was made, 200 where one was acted on.
"""

from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Body, Path
from pydantic import BaseModel, ConfigDict, create_model

from api.desk import Asking, TheOffice
from api.paths import REFERENCE, makes_a_matter, path_of
from api.responses import ACT_RESPONSES
from api.security.guard import guarded_router
from attendance.services.acts import Act, perform
from attendance.services.inputs import ActInput
from attendance.services.inputs import Reference as ReferenceText
from attendance.services.registry import ACTS
from attendance.services.work import Done

ReferencePath = Annotated[
    ReferenceText, Path(description="The matter's reference.", examples=["PN-2025-000012"])
]


def routers() -> tuple[APIRouter, ...]:
    """Return one router for each kind of matter."""
    by_kind: dict[str, APIRouter] = {}
    for act in ACTS:
        router = by_kind.setdefault(act.kind, guarded_router(act.kind.replace("_", " ")))
        _add(router, act)
    return tuple(by_kind.values())


def _add(router: APIRouter, act: Act) -> None:
    roles = ", ".join(sorted(role.value.replace("_", " ") for role in act.by))
    router.add_api_route(
        path_of(act),
        _endpoint(act),
        methods=["POST"],
        name=act.name,
        operation_id=act.name.replace(".", "_"),
        summary=act.summary,
        description=f"{act.summary}. For: {roles}.",
        response_model=Done,
        status_code=status_of(act).value,
        responses=ACT_RESPONSES,
    )


def status_of(act: Act) -> HTTPStatus:
    """Return the status of an act that was done."""
    return HTTPStatus.CREATED if makes_a_matter(act) else HTTPStatus.OK


def _endpoint(act: Act) -> Callable[..., Done]:
    if makes_a_matter(act):

        def make(body: BaseModel, office: TheOffice, asking: Asking) -> Done:
            return _perform(office, act, _sent(body), asking)

        make.__annotations__["body"] = _body_of(act.input)
        return make

    def act_on(reference: ReferencePath, body: BaseModel, office: TheOffice, asking: Asking) -> Done:
        return _perform(office, act, {**_sent(body), REFERENCE: reference}, asking)

    act_on.__annotations__["body"] = _body_of(act.input)
    return act_on


def _perform(office: TheOffice, act: Act, given: Mapping[str, object], asking: Asking) -> Done:
    return perform(office, act, act.input.model_validate(given), asking.actor, asking.moment)


def _sent(body: BaseModel) -> dict[str, object]:
    return {name: getattr(body, name) for name in body.model_fields_set}


def _body_of(model: type[ActInput]) -> object:
    body = _without_reference(model)
    if any(field.is_required() for field in body.model_fields.values()):
        return Annotated[body, Body()]
    return Annotated[body, Body(default_factory=body)]


@cache
def _without_reference(model: type[ActInput]) -> type[BaseModel]:
    if REFERENCE not in model.model_fields:
        return model
    fields: dict[str, tuple[object, object]] = {
        name: (field.rebuild_annotation(), field)
        for name, field in model.model_fields.items()
        if name != REFERENCE
    }
    return create_model(  # type: ignore[call-overload, no-any-return]
        model.__name__,
        __config__=ConfigDict(extra="forbid", frozen=True),
        __doc__=model.__doc__,
        __module__=model.__module__,
        **fields,
    )
