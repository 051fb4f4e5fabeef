"""Pages about the pages: the accessibility statement, and the colours of the authority."""

from starlette.responses import Response

from api.pages.guard import Visiting, page_router
from api.pages.rendering import show
from api.pages.words import day

router = page_router()


@router.get("/accessibility", name="page.accessibility")
def accessibility(visit: Visiting) -> Response:
    """Say how accessible the pages are, and whom to tell where they are not."""
    authority = visit.office.authority
    return show(
        visit,
        "accessibility.html",
        "Accessibility statement",
        telephone=authority.telephone,
        email=authority.email,
        hours=authority.opening_hours,
    )


@router.get("/words", name="page.words")
def words(visit: Visiting) -> Response:
    """Explain every term of the law that pages use, with the values of today."""
    return show(visit, "terms.html", "Words of the law, in plain words", today=day(visit.moment.on))


@router.get("/look/colours.css", name="page.colours")
def colours(visit: Visiting) -> Response:
    """Return the authority's colour as a stylesheet."""
    css = f":root {{ --council-colour: {visit.office.authority.colour}; }}\n"
    return Response(css, media_type="text/css", headers={"cache-control": "public, max-age=300"})
