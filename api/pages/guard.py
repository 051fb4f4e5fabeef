"""The route that every page is: who asks is known, forms are this session's own, errors are pages too.

- Somebody who is not signed in is shown the way in, and comes back to where they were going.
- A form that does not carry its session's token changes nothing.
- No page is kept by caches, framed by others, or runs a script that is not a file of ours.
"""

import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from api.desk import JSON_LIMIT_BYTES, Desk, desk_of
from api.pages import cookies
from api.pages.access import PUBLIC, TABLE
from api.pages.front import Front
from api.security.errors import CrossSite
from api.security.guard import REFUSED, TLS_ALONE, keep_refusal, limited, refuse_nul, refuse_other_sites
from attendance.domain.errors import NotAllowed
from attendance.domain.moment import Actor, Moment
from attendance.services.office import Office
from attendance.services.signing_in import Look, SignedIn, has_looked, signed_in

_LOG = logging.getLogger(__name__)
_MOST_FIELDS, _MOST_FILES = 500, 20
SAFE = frozenset({"GET", "HEAD"})

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(slots=True)
class Visit:
    """One request for a page: who asks, when, through which page, and what was typed."""

    request: Request
    desk: Desk
    front: Front
    moment: Moment
    page: str
    secret: str = ""
    who: SignedIn | None = None
    form: FormData = field(default_factory=FormData)

    @property
    def office(self) -> Office:
        """The office that the application runs for."""
        return self.desk.office

    @property
    def actor(self) -> Actor:
        """Who is signed in; only asked on pages that need an account."""
        if self.who is None:
            raise TypeError("this page asks nobody who they are")
        return self.who.actor

    @property
    def token(self) -> str:
        """The token that forms on this page carry."""
        return cookies.form_token(self.secret) if self.secret else ""

    def typed(self, name: str) -> str:
        """Return what was typed into a field, empty where nothing was."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def asked(self, name: str) -> str:
        """Return what the address asks for by that name, empty where it does not."""
        return self.request.query_params.get(name, "")

    def looked(self, *, pupil: int | None = None, case: int | None = None, reference: str = "") -> None:
        """Keep that a pupil's data were looked at."""
        look = Look(self.page, pupil, case, reference)
        has_looked(self.office.store, self.actor, self.moment, look)


def visit_of(request: Request) -> Visit:
    """Return the visit that the guard has made of a request."""
    visit = request.state.visit
    if not isinstance(visit, Visit):
        raise TypeError("the page is not guarded")
    return visit


Visiting = Annotated[Visit, Depends(visit_of)]


class PageRoute(APIRoute):
    """A page behind the guard."""

    def get_route_handler(self) -> Handler:
        """Return the page's handler with the guard around it."""
        inner = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            from api.pages.errors import error_page

            begun = time.perf_counter()
            try:
                response = await self._handle(request, inner)
            except Exception as error:  # noqa: BLE001 - whatever happens leaves as a page
                response = await run_in_threadpool(error_page, request, error)
            visit = getattr(request.state, "visit", None)
            if response.status_code in REFUSED and isinstance(visit, Visit) and visit.who is not None:
                await run_in_threadpool(keep_refusal, request, visit.actor, visit.moment, self.name)
            for name, value in headers_of(front_of_request(request)).items():
                response.headers.setdefault(name, value)
            taken = (time.perf_counter() - begun) * 1000
            _LOG.info("%s %s %d %.0f ms", request.method, self.path_format, response.status_code, taken)
            return response

        return guarded

    async def _handle(self, request: Request, inner: Handler) -> Response:
        desk, front = desk_of(request), front_of_request(request)
        visit = Visit(request, desk, front, desk.clock(), self.name)
        request.state.visit = visit
        refuse_other_sites(request)
        refuse_nul(request.scope["path"], *request.query_params, *request.query_params.values())
        await run_in_threadpool(_recognise, visit)
        if visit.who is None and self.name not in PUBLIC:
            return _to_the_way_in(request)
        if visit.who is not None and self.name not in PUBLIC and visit.actor.role not in TABLE[self.name]:
            raise NotAllowed("This page is not open to your account.")
        limit = JSON_LIMIT_BYTES if visit.who is None else desk.upload_limit_bytes
        request = Request(request.scope, limited(request, limit))
        if request.method in SAFE:
            return await inner(request)
        async with request.form(max_fields=_MOST_FIELDS, max_files=_MOST_FILES) as form:
            visit.form = form
            refuse_nul(*(text for _, text in form.multi_items() if isinstance(text, str)))
            _must_be_own(visit)
            return await inner(request)


def page_router() -> APIRouter:
    """Return a router whose every route is a guarded page, and none part of the API's description."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def front_of_request(request: Request) -> Front:
    """Return what the pages of the application work with."""
    front = request.app.state.front
    if not isinstance(front, Front):
        raise TypeError("the application has no pages: make it with create_app")
    return front


def headers_of(front: Front) -> dict[str, str]:
    """Return the headers that every page has."""
    forms = " ".join(sorted({"'self'", *(_origin(provider.issuer) for provider in front.providers)}))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"form-action {forms}; frame-ancestors 'none'; base-uri 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
    if front.https:
        headers |= TLS_ALONE
    return headers


def safe_path(path: str) -> str:
    """Return a path of this site to go on to; home where it leads anywhere else."""
    # a browser reads "//" and more of them, or "/\\", as the beginning of another site's name
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if ours and path.isprintable() else "/"


def _origin(issuer: str) -> str:
    parts = urlsplit(issuer)
    return f"{parts.scheme}://{parts.netloc}"


def _recognise(visit: Visit) -> None:
    secret = cookies.read(visit.request, cookies.SESSION, visit.front)
    if secret:
        visit.who = signed_in(visit.office.store, secret, visit.moment, visit.front.limits)
    if visit.who is not None:
        visit.secret = secret
    else:
        visit.secret = cookies.read(visit.request, cookies.FORM, visit.front)


def _must_be_own(visit: Visit) -> None:
    if not cookies.is_token_of(visit.secret, visit.typed(cookies.CSRF_FIELD)):
        raise CrossSite("This form is too old, or was not sent from our page. Go back and send it again.")


def _to_the_way_in(request: Request) -> Response:
    if request.method not in SAFE:
        return RedirectResponse(f"/sign-in?ended=yes&next={quote(_form_of(request))}", status_code=303)
    path = _with_query(request.url.path, request.url.query)
    after = "" if path == "/" else f"?next={quote(path)}"
    return RedirectResponse(f"/sign-in{after}", status_code=303)


def _form_of(request: Request) -> str:
    """Return the page of ours on which a form was sent: an act's own, or what the browser says; else home."""
    if request.url.path.startswith("/acts/"):
        return _with_query(request.url.path, request.url.query)
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc != request.url.netloc:
        return "/"
    return safe_path(_with_query(came.path, came.query))


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
