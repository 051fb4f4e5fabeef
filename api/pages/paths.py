"""Where each matter has its page, by its reference."""

from urllib.parse import quote, urlencode

_BY_PREFIX = {
    "C": "/cases",
    "RQ": "/requests",
    "NTI": "/notices-to-improve",
    "PN": "/penalty-notices",
    "LT": "/letters",
    "LB": "/letter-batches",
    "PY": "/payments",
}


def matter(reference: str) -> str:
    """Return the page of a matter; empty where it has none of its own."""
    place = _BY_PREFIX.get(reference.partition("-")[0])
    return f"{place}/{quote(reference)}" if place else ""


def pupil(pupil_id: int, page: str = "") -> str:
    """Return a pupil's page, or one of the pages about the pupil."""
    return f"/pupils/{pupil_id}" + (f"/{page}" if page else "")


def issuers(school_urn: str) -> str:
    """Return the page of who may issue notices for a school."""
    return f"/schools/{school_urn}/issuers"


def act(name: str, **known: object) -> str:
    """Return the page on which an act is performed, with what is known already."""
    given = {key: str(value) for key, value in known.items() if value not in {None, ""}}
    return f"/acts/{name}" + (f"?{urlencode(given)}" if given else "")


def document(sha256: str) -> str:
    """Return where a document is read."""
    return f"/documents/{sha256}"


def with_query(path: str, **query: object) -> str:
    """Return a path with a query of what is not empty."""
    given = {key: str(value) for key, value in query.items() if value not in {None, "", False}}
    return path + (f"?{urlencode(given)}" if given else "")
