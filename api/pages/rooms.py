"""Every page of the application, and the files that they look like."""

from collections.abc import Iterator
from http import HTTPStatus

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.pages.access import PUBLIC, TABLE
from api.pages.assets import STATIC
from api.pages.front import Front
from api.pages.guard import PageRoute, Visit, headers_of
from api.pages.parts import Link
from api.pages.rendering import show, version
from api.pages.views import (
    about,
    acting,
    batches,
    figures,
    matters,
    money,
    oversight,
    papers,
    pupil_papers,
    pupils,
    schools,
    signing_in,
    work,
)

ROUTERS: tuple[APIRouter, ...] = (
    signing_in.router,
    about.router,
    work.router,
    pupils.router,
    pupil_papers.router,
    schools.router,
    matters.router,
    money.router,
    batches.router,
    papers.router,
    oversight.router,
    figures.router,
    acting.router,
)
_NOT_FOUND = HTTPStatus.NOT_FOUND
_KEPT = "public, max-age=31536000, immutable"


class _Files(StaticFiles):
    """Files whose address changes with their content, so that a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = _KEPT
        response.headers["x-content-type-options"] = "nosniff"
        return response


def add_pages(app: FastAPI, front: Front) -> None:
    """Add every page; raises KeyError for one whose access nobody has decided."""
    app.state.front = front
    for router in ROUTERS:
        app.router.routes.extend(router.routes)
    for route in pages_of(app):
        if route.name not in PUBLIC:
            _ = TABLE[route.name]
    app.mount(f"/static/{version()}", _Files(directory=STATIC, check_dir=False), name="static")


def pages_of(app: FastAPI) -> Iterator[PageRoute]:
    """Yield every page."""
    return (route for route in app.routes if isinstance(route, PageRoute))


def no_page(request: Request) -> Response:
    """Return the page for an address that leads nowhere."""
    front = request.app.state.front
    response: Response = PlainTextResponse("There is nothing at this address.", status_code=404)
    if "text/html" in request.headers.get("accept", ""):
        desk = request.app.state.desk
        visit = Visit(request, desk, front, desk.clock(), "page.none")
        said = ("If you typed the address, check it. A matter that is not yours to see is not found either.",)
        home = Link("Go to your work", "/")
        response = show(visit, "error.html", "Page not found", status=_NOT_FOUND, sentences=said, back=home)
    response.headers.update(headers_of(front))
    return response
