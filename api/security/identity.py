"""Who sends a request: a bearer token, or a name and password by HTTP Basic.

- Every password that is shown is kept as an attempt to sign in, whether it was right or not.
"""

import base64
import binascii
from dataclasses import dataclass

from fastapi import Request

from api.desk import Desk
from api.security.errors import NotSignedIn
from attendance.domain.moment import Actor, Moment
from attendance.services.accounts import actor_with_password, actor_with_token
from attendance.services.signing_in import Attempt, attempted

_WAY = "password of a program"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request shows: a token, or else a name and a password."""

    token: str = ""
    name: str = ""
    password: str = ""


def identify(request: Request, desk: Desk, moment: Moment) -> Actor:
    """Return who sends the request; raises `NotSignedIn` or `TooManyAttempts`."""
    shown = _credentials(request.headers.get("authorization", ""))
    if shown.token:
        actor = actor_with_token(desk.office.store, shown.token, moment.at_utc)
    elif not desk.passwords:
        raise NotSignedIn("No password opens an account here. Send a token as `Authorization: Bearer TOKEN`.")
    else:
        actor = _with_password(desk, shown, request.client.host if request.client else "", moment)
    if actor is None:
        raise NotSignedIn("The token is unknown, expired or revoked, or name and password do not match.")
    return actor


def _with_password(desk: Desk, shown: Credentials, address: str, moment: Moment) -> Actor | None:
    store = desk.office.store
    with desk.throttle.guess(shown.name, address) as guess:
        actor = actor_with_password(store, shown.name, shown.password)
        guess.right = actor is not None
        attempted(store, Attempt(shown.name, _WAY, address), moment, came_in=guess.right)
    return actor


def _credentials(header: str) -> Credentials:
    scheme, _, rest = header.partition(" ")
    match scheme.lower():
        case "bearer" if rest.strip():
            return Credentials(token=rest.strip())
        case "basic":
            return _basic(rest.strip())
        case "":
            raise NotSignedIn("Sign in: send a token as `Authorization: Bearer TOKEN`, or name and password.")
        case _:
            raise NotSignedIn("The Authorization header holds neither a Bearer token nor Basic credentials.")


def _basic(encoded: str) -> Credentials:
    try:
        name, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise NotSignedIn("The Basic credentials are not base64 of NAME:PASSWORD in UTF-8.") from error
    if not colon or not name:
        raise NotSignedIn("The Basic credentials are not NAME:PASSWORD.")
    return Credentials(name=name, password=password)
