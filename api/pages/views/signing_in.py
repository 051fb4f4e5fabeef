"""Coming in and going out: the sign-in page, providers, and the sessions of who is signed in."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import Path
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from api.pages import cookies
from api.pages.forms.shown import Problem
from api.pages.front import Front
from api.pages.guard import Visit, Visiting, page_router, safe_path
from api.pages.parts import Cell, Table
from api.pages.providers import Begun, Provider, ProviderSilent
from api.pages.rendering import give_notice, show
from api.pages.words import instant
from api.security.errors import TooManyAttempts
from attendance.domain.bounds import LARGEST_NUMBER
from attendance.domain.errors import BadInput, NotFound
from attendance.services.accounts import actor_with_password
from attendance.services.passwords import SHORTEST_PASSWORD
from attendance.services.signing_in import (
    PASSWORD,
    Attempt,
    begin_session,
    change_own_password,
    end_session,
    has_password,
    refuse,
    sessions_of,
)
from attendance.services.vouching import comes_in
from rules.roles import Role

router = page_router()

_WRONG = "The name and password do not match an open account. Check both, or ask your senior officer."
_UNKNOWN = "You are known there, but have no account here. Ask your senior officer for one."
"""Said also where the account is another person's: a stranger is told nothing of it."""
_ENDED = "You were signed out before this was sent. Sign in and do it again: what you had typed was not kept."


@router.get("/sign-in", name="page.sign_in")
def sign_in(visit: Visiting) -> Response:
    """Show the ways to sign in."""
    if visit.who is not None:
        return RedirectResponse(safe_path(visit.asked("next") or "/"), status_code=303)
    return _way_in(visit, said=_ENDED if visit.asked("ended") else "")


@router.post("/sign-in", name="page.sign_in.check")
def check(visit: Visiting) -> Response:
    """Check a name and a password."""
    if not visit.front.passwords:
        raise NotFound("page", "/sign-in")
    name, password = visit.typed("name").strip(), visit.typed("password")
    attempt = _attempt(visit, name, PASSWORD)
    try:
        with visit.desk.throttle.guess(name, attempt.address) as guess:
            secret = _with_password(visit, attempt, password)
            guess.right = secret is not None
    except TooManyAttempts as error:
        return _way_in(visit, wrong=str(error), name=name, status=HTTPStatus.TOO_MANY_REQUESTS)
    if secret is None:
        return _way_in(visit, wrong=_WRONG, name=name, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _in(visit, secret, visit.typed("next"))


@router.get("/sign-in/with/{provider}", name="page.sign_in.with")
def sign_in_with(visit: Visiting, provider: str) -> Response:
    """Send the browser to a provider."""
    begun = _provider(visit, provider).begin()
    said = {
        "provider": provider,
        "url": "",
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "next": safe_path(visit.asked("next") or "/"),
    }
    response = RedirectResponse(begun.url, status_code=303)
    cookies.give(response, cookies.PROVIDER, cookies.sealed(said, _seal(visit)), visit.front)
    return response


@router.get("/sign-in/back/{provider}", name="page.sign_in.back")
def back(visit: Visiting, provider: str) -> Response:
    """Take somebody in whom a provider vouches for."""
    kept = cookies.opened(cookies.read(visit.request, cookies.PROVIDER, visit.front), _seal(visit))
    if kept is None or kept["provider"] != provider or visit.asked("state") != kept["state"]:
        return _way_in(visit, wrong="That took too long, or was begun elsewhere. Sign in again.")
    begun = Begun("", kept["state"], kept["nonce"], kept["verifier"])
    store = visit.office.store
    try:
        vouched = _provider(visit, provider).account(str(visit.request.url), begun)
    except ProviderSilent as error:
        refuse(store, _attempt(visit, "", provider), visit.moment)
        return _way_in(visit, wrong=str(error), status=HTTPStatus.BAD_GATEWAY)
    attempt = _attempt(visit, vouched.name, provider)
    if comes_in(store, vouched, _roles(visit, provider), visit.moment):
        secret = begin_session(store, attempt, visit.moment, before=visit.who)
    else:
        secret = None
        refuse(store, attempt, visit.moment)
    if secret is None:
        return _way_in(visit, wrong=_UNKNOWN, status=HTTPStatus.FORBIDDEN)
    response = _in(visit, secret, kept["next"])
    cookies.take(response, cookies.PROVIDER, visit.front)
    return response


@router.post("/sign-out", name="page.sign_out")
def sign_out(visit: Visiting) -> Response:
    """End this session."""
    if visit.who is not None:
        end_session(visit.office.store, visit.who, visit.who.session, visit.moment)
    response = RedirectResponse("/sign-in", status_code=303)
    cookies.take(response, cookies.SESSION, visit.front)
    return response


@router.get("/your-sessions", name="page.sessions")
def sessions(visit: Visiting) -> Response:
    """List where this account is signed in."""
    found = sessions_of(visit.office.store, visit.actor, visit.moment, visit.front.limits)
    return show(
        visit,
        "sessions.html",
        "Your sign-ins",
        has_password=_has_password(visit),
        sessions=[
            {
                "id": one.id,
                "here": visit.who is not None and one.id == visit.who.session,
                "browser": one.browser or "A browser that does not say its name",
                "begun": instant(one.begun_at_utc),
                "used": instant(one.used_at_utc),
                "way": "a password" if one.way == PASSWORD else one.way,
            }
            for one in found
        ],
    )


@router.post("/your-sessions/{session_id}/end", name="page.sessions.end")
def end(visit: Visiting, session_id: Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]) -> Response:
    """End one session of this account."""
    if visit.who is not None:
        end_session(visit.office.store, visit.who, session_id, visit.moment)
    return RedirectResponse("/your-sessions", status_code=303)


@router.get("/your-password", name="page.password")
def password(visit: Visiting) -> Response:
    """Ask for another password."""
    return _password(visit)


@router.post("/your-password", name="page.password.do")
def change(visit: Visiting) -> Response:
    """Change the password of this account, and end its other sessions."""
    who = visit.who
    if who is None or not _has_password(visit):
        raise NotFound("password", "yours")
    new = visit.typed("password")
    if new != visit.typed("again"):
        return _password(visit, {"again": "The two new passwords differ"})
    address = visit.request.client.host if visit.request.client else ""
    try:
        with visit.desk.throttle.guess(who.actor.account, address) as guess:
            current = visit.typed("current")
            guess.right = change_own_password(visit.office.store, who, current, new, visit.moment)
    except TooManyAttempts as error:
        return _password(visit, {"current": str(error)}, HTTPStatus.TOO_MANY_REQUESTS)
    except BadInput as error:
        return _password(visit, {"password": str(error)})
    if not guess.right:
        return _password(visit, {"current": "This is not your password"})
    response = RedirectResponse("/your-sessions", status_code=303)
    give_notice(response, visit, "Your password is changed", ("Every other sign-in of yours has ended.",))
    return response


def _password(
    visit: Visit, wrong: Mapping[str, str] | None = None, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> Response:
    problems = [Problem(text, f"#{field}") for field, text in (wrong or {}).items()]
    return show(
        visit,
        "password.html",
        "Change your password",
        status=status if problems else HTTPStatus.OK,
        problems=problems,
        wrong=wrong or {},
        name=visit.actor.account,
        has_password=_has_password(visit),
        shortest=SHORTEST_PASSWORD,
    )


def _has_password(visit: Visit) -> bool:
    return visit.front.passwords and visit.who is not None and has_password(visit.office.store, visit.who)


def _way_in(
    visit: Visit, *, said: str = "", wrong: str = "", name: str = "", status: HTTPStatus = HTTPStatus.OK
) -> Response:
    fresh = "" if visit.secret else cookies.new_secret()
    visit.secret = visit.secret or fresh
    front = visit.front
    response = show(
        visit,
        "sign_in.html",
        "Sign in",
        status=status,
        said=said,
        problems=[{"text": wrong, "href": "#name" if front.passwords else "#ways"}] if wrong else [],
        name=name,
        next=safe_path(visit.asked("next") or visit.typed("next") or "/"),
        providers=front.providers,
        passwords=front.passwords,
        demo=_demo(front),
    )
    if fresh:
        cookies.give(response, cookies.FORM, fresh, front)
    return response


def _with_password(visit: Visit, attempt: Attempt, password: str) -> str | None:
    store = visit.office.store
    if actor_with_password(store, attempt.name, password) is None:
        refuse(store, attempt, visit.moment)
        return None
    return begin_session(store, attempt, visit.moment, before=visit.who)


def _demo(front: Front) -> Table | None:
    rows = tuple((Cell(one.who), Cell(one.name), Cell(one.password)) for one in front.demo)
    caption = "Accounts of this demonstration"
    return Table(caption, ("Who", "Name", "Password"), rows, "") if rows else None


def _in(visit: Visit, secret: str, path: str) -> Response:
    response = RedirectResponse(safe_path(path or "/"), status_code=303)
    cookies.give(response, cookies.SESSION, secret, visit.front)
    cookies.take(response, cookies.FORM, visit.front)
    return response


def _attempt(visit: Visit, name: str, way: str) -> Attempt:
    client = visit.request.client
    browser = visit.request.headers.get("user-agent", "")
    return Attempt(name, way, client.host if client else "", browser)


def _provider(visit: Visit, name: str) -> Provider:
    settings = visit.front.provider(name)
    if settings is None:
        raise NotFound("way to sign in", name)
    scheme = "https" if visit.front.https else "http"
    host = visit.request.url.netloc
    return Provider(settings, f"{scheme}://{host}/sign-in/back/{name}")


def _roles(visit: Visit, name: str) -> frozenset[Role]:
    settings = visit.front.provider(name)
    return frozenset(settings.roles if settings else ())


def _seal(visit: Visit) -> bytes:
    return visit.office.store.secret("provider cookie")
