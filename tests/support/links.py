"""The links of a page and the token of its forms, as somebody reading the page finds them."""

import re
from html.parser import HTMLParser

LEFT_ALONE = re.compile(r"^/(sign-out|static|sessions|api|docs|openapi)|#|\.csv")
_ONE_OF_MANY = re.compile(r"[A-Z]+-\d{4}-\d+|\d+|[0-9a-f]{64}|(?<==)[^&]*")


def kind_of(link: str) -> str:
    """Return what is the same in the links to all pages of one kind."""
    return _ONE_OF_MANY.sub("*", link)


class Links(HTMLParser):
    """The links of a page within the site, those of its main part apart, and the token of its forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.main: list[str] = []
        self._in_main = False
        self.token = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the links within the site, and the token."""
        self._in_main = self._in_main or tag == "main"
        given = dict(attrs)
        href = given.get("href") or ""
        if tag == "a" and href.startswith("/") and not LEFT_ALONE.search(href):
            self.links.append(href)
            if self._in_main:
                self.main.append(href)
        if tag == "input" and given.get("name") == "form_token":
            self.token = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Notice the end of the main part."""
        self._in_main = self._in_main and tag != "main"
