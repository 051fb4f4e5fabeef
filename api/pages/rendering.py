"""Turning a template and words into a page.

- Everything that is put into a page is escaped; templates get strings and nothing to compute with.
- The design system's macros read parameters that are not there, so what is missing reads as empty.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus

from fastapi.responses import HTMLResponse
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
)
from markupsafe import Markup, escape
from starlette.responses import Response

from api.pages import cookies
from api.pages.assets import HERE, STATIC
from api.pages.cookies import CSRF_FIELD
from api.pages.guard import Visit
from api.pages.help import terms
from api.pages.navigation import navigation_of

TEMPLATES = HERE / "templates"
_LONGEST_NOTICE = 2000
_MACROS = "govuk_frontend_jinja"


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on top of a page after something was done."""

    title: str
    sentences: tuple[str, ...] = ()


def give_notice(response: Response, visit: Visit, title: str, sentences: tuple[str, ...]) -> None:
    """Have the next page say what was done."""
    said = {"title": title, "sentences": "\n".join(sentences)[:_LONGEST_NOTICE]}
    value = cookies.sealed(said, visit.office.store.secret(cookies.NOTICE))
    cookies.give(response, cookies.NOTICE, value, visit.front)


def _notice_of(visit: Visit) -> Notice | None:
    kept = cookies.read(visit.request, cookies.NOTICE, visit.front)
    said = cookies.opened(kept, visit.office.store.secret(cookies.NOTICE)) if kept else None
    return None if said is None else Notice(said["title"], tuple(said["sentences"].splitlines()))


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates' environment."""
    found = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader({_MACROS: PackageLoader(_MACROS)})]),
        undefined=ChainableUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["version"] = version()
    found.filters["breakable"] = breakable
    found.globals["csrf_field"] = CSRF_FIELD
    return found


def breakable(text: str) -> Markup:
    """Return text in which an email address may go on in the next line."""
    safe = escape(text)
    return safe.replace("@", Markup("<wbr>@")).replace(".", Markup(".<wbr>")) if "@" in text else safe


def compile_templates() -> None:
    """Compile every template, so that nobody waits for it on the first look at a page."""
    found = environment()
    for name in found.list_templates(extensions=("html",)):
        found.get_template(name)


@lru_cache(maxsize=1)
def version() -> str:
    """Return what changes when a stylesheet or script does, so that browsers may keep them."""
    digest = sha256()
    for path in sorted(STATIC.glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def show(
    visit: Visit, template: str, title: str, *, status: HTTPStatus = HTTPStatus.OK, **words: object
) -> Response:
    """Return a page.

    Args:
        visit: The request that is answered.
        template: The template's file.
        title: What the page is called, in the browser's tab too.
        status: The HTTP status.
        words: What the template shows.
    """
    authority = visit.office.authority
    notice = _notice_of(visit)
    html = (
        environment()
        .get_template(template)
        .render(
            title=title,
            council=authority.organisation,
            team=authority.team,
            contact=authority.email,
            navigation=navigation_of(visit.actor.role, visit.request.url.path) if visit.who else (),
            account=visit.actor.account if visit.who else "",
            form_token=visit.token,
            notice=notice,
            terms=terms(visit.office.book.authority, visit.moment.on),
            **words,
        )
    )
    response = HTMLResponse(html, status_code=status.value)
    if notice is not None:
        cookies.take(response, cookies.NOTICE, visit.front)
    return response
