"""What every request works with: the office, the clock, the limits; and who asks, when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from api.clock import now
from api.security.throttle import Throttle
from attendance.domain.moment import Actor, Moment
from attendance.services.office import Office

JSON_LIMIT_BYTES = 1024 * 1024
CHUNK_BYTES = 1024 * 1024
UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every request works with.

    `upload_limit_bytes` is the largest body of an upload; `https` says that all come over TLS,
    `passwords` that an account's password opens it.
    """

    office: Office
    clock: Callable[[], Moment] = now
    upload_limit_bytes: int = UPLOAD_LIMIT_BYTES
    https: bool = True
    passwords: bool = True
    throttle: Throttle = field(default_factory=Throttle)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and when."""

    actor: Actor
    moment: Moment


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that the request came to."""
    desk = request.app.state.desk
    if not isinstance(desk, Desk):
        raise TypeError("the application has no desk: make it with create_app")
    return desk


def asked_by(request: Request) -> Asked:
    """Return who asks and when, as the guard of the route has found."""
    asked = request.state.asked
    if not isinstance(asked, Asked):
        raise TypeError("the route is not guarded")
    return asked


def office_of_request(request: Request) -> Office:
    """Return the office that the application runs for."""
    return desk_of(request).office


TheOffice = Annotated[Office, Depends(office_of_request)]
Asking = Annotated[Asked, Depends(asked_by)]
