"""The application: every route guarded, every error as problem details, a description that is true."""

import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException

from api.clock import now
from api.desk import UPLOAD_LIMIT_BYTES, Desk
from api.errors import answer
from api.pages.front import Front
from api.pages.rendering import compile_templates
from api.pages.rooms import add_pages, no_page
from api.responses import MODELS
from api.routes import acts, casework, general, papers, people, proof, uploads
from api.security.access import PUBLIC, roles_of
from api.security.guard import PREFIX, GuardedRoute, headers_of
from attendance.domain.moment import Moment
from attendance.services.office import Office
from attendance.services.reading.ready import make_ready

DESCRIPTION = """Casework for a school attendance team in England.

Sign in with a token (`Authorization: Bearer TOKEN`) or with an account's name and password (HTTP Basic).
Acts are POST requests, made from the same registry as the commands: `POST /api/v1/KINDS/VERB` makes a matter,
`POST /api/v1/KINDS/{reference}/VERB` acts on one. Besides them only documents and imports are sent.
Lists come in parts: give `next` of one part as `after` to have the following one.
A query parameter that is not described is refused, by its name.
Errors are problem details (RFC 9457). A school sees its own matters only; all others do not exist for it.
"""
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A token, shown once when it was issued."},
    "basic": {"type": "http", "scheme": "basic", "description": "An account's name and password."},
}


def create_app(
    office: Office,
    *,
    clock: Callable[[], Moment] = now,
    upload_limit_bytes: int = UPLOAD_LIMIT_BYTES,
    front: Front | None = None,
) -> FastAPI:
    """Return the application for an office.

    Args:
        office: What the application works for; whoever opened it closes it.
        clock: What time it is; a demonstration may hold it still.
        upload_limit_bytes: The largest body of an upload, in bytes.
        front: How people sign in to the pages, and for how long.
    """
    app = described_app()
    front = front or Front()
    app.state.desk = Desk(
        office=office,
        clock=clock,
        upload_limit_bytes=upload_limit_bytes,
        https=front.https,
        passwords=front.passwords,
    )
    add_pages(app, front)
    return app


def described_app() -> FastAPI:
    """Return the application with its routes and their description, without an office to answer for."""
    app = FastAPI(
        title="Attendance",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_ready,
        redirect_slashes=False,  # it would lead to whatever host the request names
    )
    for router in _routers():
        app.router.routes.extend(router.routes)
    for route in routes_of(app):
        if route.name not in PUBLIC:
            roles_of(route.name)  # a route whose access nobody has decided stops the application here
    app.add_exception_handler(HTTPException, _not_a_route)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _ready(app: FastAPI) -> AsyncIterator[None]:
    compile_templates()
    desk: Desk = app.state.desk
    make_ready(desk.office, desk.clock())
    gc.freeze()  # what stands as long as the service does is not searched for waste, 0.25 s each time
    yield
    gc.unfreeze()


def routes_of(app: FastAPI) -> Iterator[GuardedRoute]:
    """Yield every route of the API; pages are none of it."""
    return (route for route in app.routes if isinstance(route, GuardedRoute))


@cache
def _routers() -> tuple[APIRouter, ...]:
    """Return the routers, made once: a route knows nothing of the application that it answers for."""
    modules = (general, people, casework, papers, proof, uploads, acts)
    return tuple(router for module in modules for router in module.routers())


def _not_a_route(request: Request, error: Exception) -> Response:
    if not request.url.path.startswith(PREFIX):
        return no_page(request)
    response = answer(error)
    response.headers.update(headers_of(request.app.state.desk))
    return response


def _described(app: FastAPI) -> dict[str, object]:
    if app.openapi_schema is None:
        described = get_openapi(
            title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes
        )
        components = described.setdefault("components", {})
        schemas = components.setdefault("schemas", {})
        _, problems = models_json_schema(
            [(model, "serialization") for model in MODELS], ref_template="#/components/schemas/{model}"
        )
        schemas.update(problems["$defs"])
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        components["securitySchemes"] = SECURITY
        described["security"] = [{name: []} for name in SECURITY]
        _open_to_all(app, described["paths"])
        app.openapi_schema = described
    return app.openapi_schema


def _open_to_all(app: FastAPI, paths: dict[str, dict[str, dict[str, object]]]) -> None:
    for route in routes_of(app):
        if route.name in PUBLIC and route.include_in_schema:
            for operation in paths[route.path].values():
                operation["security"] = []
