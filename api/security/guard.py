"""The route that every route of the API is: nobody unknown gets past it, nothing too large, no error raw.

- Who sends the request, and whether that role may use the route, is asked before the body is read.
- A query parameter that the route does not describe is refused: nobody takes a list for a shorter one.
- A body is read no further than the route's limit.
- What is read of a child is kept with who read it, as it is where a page shows it; so is what was refused to
  somebody, or is not theirs to see.
- A browser that sends a request on behalf of another site is refused, whatever it carries.
- The log tells method, route and status of a request, never its path as sent or its query.
- Every error leaves as problem details; personal data is never to be kept by caches.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive

from api.desk import JSON_LIMIT_BYTES, Asked, Desk, asked_by, desk_of
from api.errors import answer
from api.security.access import PUBLIC, TELLS_OF_NOBODY, roles_of
from api.security.errors import BodyTooLarge, CrossSite
from api.security.identity import identify
from attendance.domain.errors import BadInput, NotAllowed
from attendance.domain.moment import Actor, Moment
from attendance.services.signing_in import Look, has_looked

_LOG = logging.getLogger(__name__)
PREFIX = "/api/v1"
_LONGEST_REFERENCE = 80
HEADERS = {
    "cache-control": "no-store",
    "content-disposition": 'attachment; filename="answer.json"',
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""What every answer has, unless it says otherwise itself: a browser keeps and shows nothing of it."""
TLS_ALONE = {"strict-transport-security": "max-age=31536000"}
REFUSED = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
SAFE = frozenset({"GET", "HEAD"})

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class GuardedRoute(APIRoute):
    """A route behind the guard."""

    upload = False

    def get_route_handler(self) -> Handler:
        """Return the route's handler with the guard around it."""
        inner = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            begun = time.perf_counter()
            try:
                response = await self._handle(request, inner)
            except Exception as error:  # noqa: BLE001 - whatever happens leaves as problem details
                response = answer(error)
            asked = getattr(request.state, "asked", None)
            if response.status_code in REFUSED and isinstance(asked, Asked):
                await run_in_threadpool(keep_refusal, request, asked.actor, asked.moment, self.name)
            for name, value in headers_of(desk_of(request)).items():
                response.headers.setdefault(name, value)
            taken = (time.perf_counter() - begun) * 1000
            _LOG.info("%s %s %d %.0f ms", request.method, self.path_format, response.status_code, taken)
            return response

        return guarded

    async def _handle(self, request: Request, inner: Handler) -> Response:
        desk = desk_of(request)
        refuse_other_sites(request)
        refuse_nul(request.scope["path"], *request.query_params, *request.query_params.values())
        if self.name not in PUBLIC:
            moment = desk.clock()
            actor = await run_in_threadpool(identify, request, desk, moment)
            request.state.asked = Asked(actor, moment)
            if actor.role not in roles_of(self.name):
                raise NotAllowed(f"This is not open to an account that acts as {actor.role.value}.")
            self._refuse_unknown(request)
        limit = desk.upload_limit_bytes if self.upload else JSON_LIMIT_BYTES
        response = await inner(Request(request.scope, limited(request, limit)))
        if request.method in SAFE and self.name not in TELLS_OF_NOBODY:
            await run_in_threadpool(self._keep_look, request, desk)
        return response

    def _keep_look(self, request: Request, desk: Desk) -> None:
        asked, parts = asked_by(request), request.path_params
        pupil = parts.get("pupil_id")
        reference = str(parts.get("reference") or parts.get("digest") or "")
        look = Look(self.name, None if pupil is None else int(pupil), reference=reference)
        has_looked(desk.office.store, asked.actor, asked.moment, look)

    def _refuse_unknown(self, request: Request) -> None:
        """Raise `RequestValidationError` naming every query parameter that the route does not describe."""
        known = set(_described(self.dependant))
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            raise RequestValidationError(
                [
                    {
                        "type": "extra_forbidden",
                        "loc": ("query", name),
                        "msg": "Nothing of this name is taken",
                    }
                    for name in unknown
                ]
            )


def _described(dependant: Dependant) -> Iterator[str]:
    """Yield the name of every query parameter that a route, or what it depends on, takes."""
    yield from (field.alias for field in dependant.query_params)
    for further in dependant.dependencies:
        yield from _described(further)


class UploadRoute(GuardedRoute):
    """A guarded route that takes files."""

    upload = True


def headers_of(desk: Desk) -> dict[str, str]:
    """Return the headers that every answer has."""
    return HEADERS | (TLS_ALONE if desk.https else {})


def guarded_router(tag: str, route_class: type[GuardedRoute] = GuardedRoute) -> APIRouter:
    """Return a router of the API whose every route is guarded."""
    return APIRouter(prefix=PREFIX, tags=[tag], route_class=route_class)


def refuse_other_sites(request: Request) -> None:
    """Raise `CrossSite` where a browser sends a change on behalf of another site."""
    site = request.headers.get("sec-fetch-site", "none")
    if request.method not in SAFE and site not in {"none", "same-origin"}:
        raise CrossSite("A browser sent this on behalf of another site. It is refused.")


def refuse_nul(*texts: str) -> None:
    """Raise `BadInput` where a NUL stands in a text: no database column could hold it."""
    if any("\0" in text for text in texts):
        raise BadInput("A NUL character stands in what was sent. Take it out.")


def keep_refusal(request: Request, actor: Actor, moment: Moment, name: str) -> None:
    """Keep that something was refused to somebody: whoever tries one door after the other leaves a trace."""
    asked_for = "".join(map(str, request.path_params.values()))
    look = Look(f"{name} refused", reference=asked_for[:_LONGEST_REFERENCE])
    has_looked(desk_of(request).office.store, actor, moment, look)


def limited(request: Request, limit: int) -> Receive:
    """Return what reads the request's body no further than the limit; raises `BodyTooLarge`."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > limit:
        raise BodyTooLarge(limit)
    receive: Callable[[], Awaitable[Message]] = request.receive
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise BodyTooLarge(limit)
        return message

    return counted
