"""What the API is, whether it runs, what its problems mean, and who is signed in."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

from api.desk import Asking
from api.problems import KINDS
from api.responses import PUBLIC_RESPONSES, READ_RESPONSES
from api.security.guard import guarded_router
from rules.roles import Role

router = guarded_router("general")


class Health(BaseModel):
    """That the server answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: str = "ok"


class ProblemKind(BaseModel):
    """One kind of problem that the API answers with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    status: int
    title: str
    meaning: str


class Account(BaseModel):
    """The account that is signed in; `schools` is empty where it sees every school."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    role: Role
    schools: tuple[str, ...]


@router.get("/health", name="health", responses=PUBLIC_RESPONSES)
def health() -> Health:
    """Say that the server answers."""
    return Health()


@router.get("/problems", name="problems", responses=PUBLIC_RESPONSES)
def problems() -> tuple[ProblemKind, ...]:
    """List the kinds of problem that the API answers with, and what each means."""
    return tuple(
        ProblemKind(code=code, status=kind.status, title=kind.title, meaning=kind.meaning)
        for code, kind in KINDS.items()
    )


@router.get("/openapi.json", name="openapi", include_in_schema=False)
def openapi(request: Request) -> dict[str, object]:
    """Return the description of this API."""
    described: dict[str, object] = request.app.openapi()
    return described


@router.get("/account", name="account.read", responses=READ_RESPONSES)
def account(asking: Asking) -> Account:
    """Return the account that is signed in."""
    actor = asking.actor
    return Account(name=actor.account, role=actor.role, schools=tuple(sorted(actor.schools)))


def routers() -> tuple[APIRouter, ...]:
    """Return the routers of this module."""
    return (router,)
