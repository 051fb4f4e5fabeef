"""Cookies and the tokens of forms.

- The session's cookie is for this host alone, over TLS, out of reach of scripts.
- Every form carries a token that only a page made for this session can know.
- What is sealed can be read by the browser's owner and changed by nobody.
"""

import base64
import binascii
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import timedelta

from fastapi import Request, Response

from api.pages.front import Front

SESSION, FORM, PROVIDER = "attendance", "attendance-form", "attendance-provider"
NOTICE = "attendance-notice"
CSRF_FIELD = "form_token"
_SHORT = timedelta(minutes=10)


def name_of(cookie: str, front: Front) -> str:
    """Return a cookie's name; the prefix binds it to this host and to TLS."""
    return f"__Host-{cookie}" if front.https else cookie


def read(request: Request, cookie: str, front: Front) -> str:
    """Return what the browser sent, empty where it sent none."""
    return request.cookies.get(name_of(cookie, front), "")


def give(response: Response, cookie: str, value: str, front: Front) -> None:
    """Have the browser keep a cookie until it closes, or for some minutes where no more is needed."""
    response.set_cookie(
        name_of(cookie, front),
        value,
        max_age=int(_SHORT.total_seconds()) if cookie in {PROVIDER, NOTICE} else None,
        path="/",
        secure=front.https,
        httponly=True,
        samesite="lax",
    )


def take(response: Response, cookie: str, front: Front) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(
        name_of(cookie, front), path="/", secure=front.https, httponly=True, samesite="lax"
    )


def form_token(secret: str) -> str:
    """Return the token that the forms of a session carry."""
    return hmac.digest(secret.encode(), b"form", "sha256").hex()


def is_token_of(secret: str, token: str) -> bool:
    """Say whether a form's token is that of the session."""
    return bool(secret) and hmac.compare_digest(form_token(secret).encode(), token.encode())


def new_secret() -> str:
    """Return a new secret for the forms of somebody who is not signed in."""
    return secrets.token_urlsafe(32)


def sealed(said: Mapping[str, str], key: bytes) -> str:
    """Return values as a cookie that nobody can change unseen."""
    text = base64.urlsafe_b64encode(json.dumps(dict(said)).encode()).decode()
    return f"{text}.{hmac.digest(key, text.encode(), 'sha256').hex()}"


def opened(cookie: str, key: bytes) -> dict[str, str] | None:
    """Return what was sealed, or None where it was not sealed with this key."""
    text, _, seal = cookie.partition(".")
    if not hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex().encode(), seal.encode()):
        return None
    try:
        said = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (binascii.Error, ValueError):
        return None
    return {str(name): str(value) for name, value in said.items()}
