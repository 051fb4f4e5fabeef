"""A person at a browser: finds things by what they say, fills forms in, looks over the answers, confirms."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from api.pages.cookies import SESSION
from api.pages.front import Front
from attendance.services.signing_in import PASSWORD, Attempt, Limits, begin_session
from tests.support import pages
from tests.support.browser import served
from tests.support.world import at

LONG = timedelta(days=3650)
PATIENCE = 15_000
"""How long a page may take on a machine that does much else, in milliseconds."""


@dataclass
class Desk:
    """An application whose day is moved by hand, and the people who work with it."""

    browser: object
    world: object
    scripts: bool
    on: date
    site: str = ""

    def clock(self):
        """Say what time it is."""
        return at(self.on)

    def sign_in(self, name):
        """Sit down as somebody who is signed in, in a browser of their own."""
        context = self.browser.new_context(java_script_enabled=self.scripts, base_url=self.site)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([session_of(self.world, name, self.site, self.clock())])
        hands = Hands(context.new_page())
        hands.open("/")
        assert hands.page.get_by_text(f"Signed in as {name}").is_visible()
        return hands


def session_of(world, name, site, moment):
    """Begin a session for an account; return the cookie that carries it."""
    attempt = Attempt(name, PASSWORD, "127.0.0.1", "The tests' browser")
    return {"name": SESSION, "value": begin_session(world.store, attempt, moment), "url": site}


@contextmanager
def desk(browser, world, *, scripts, on):
    """Serve a world on a day that may be moved; yield its desk."""
    made = Desk(browser, world, scripts, on)
    front = Front(https=False, limits=Limits(LONG, LONG))
    with served(pages.application(world, front=front, clock=made.clock)) as site:
        made.site = site
        yield made


class Hands:
    """One person's hands: everything is found as it is read aloud."""

    def __init__(self, page):
        self.page = page

    @property
    def title(self):
        """The page's heading."""
        return self.page.locator("h1").inner_text()

    @property
    def words(self):
        """Everything that can be read on the page, also what is folded away."""
        return " ".join(self.page.locator("main").text_content().split())

    @property
    def reference(self):
        """The reference of the matter whose page is open."""
        return self.page.url.partition("?")[0].rpartition("/")[2]

    def open(self, path):
        """Go to an address."""
        return self.page.goto(path)

    def press(self, name):
        """Press the button of that name, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name, *, of=""):
        """Follow the first link of that name; `of` names the row of a table that it stands in."""
        where = self.page.get_by_role("row").filter(has_text=of) if of else self.page
        link = where.get_by_role("link", name=name, exact=True).first
        if not link.is_visible():
            link.locator("xpath=ancestor::details/summary").first.click()
        link.click()

    def find(self, text):
        """Find a pupil or a matter from the first page."""
        self.open("/")
        self.page.locator("#q").fill(text)
        self.press("Search")

    def fill(self, **answers):
        """Fill fields in, each by its name."""
        for name, value in answers.items():
            fill(self.page, name, value)

    def go_on(self):
        """Go on from the form to the look over the answers."""
        self.press("Continue")

    def confirm(self):
        """Confirm what was looked over."""
        assert self.title.startswith("Check your answers"), (self.title, self.problems())
        self.press("Confirm")

    def do(self, link, **answers):
        """Follow a link to an act, fill its form in, look it over, confirm, and return what was said."""
        self.follow(link)
        return self.complete(**answers)

    def complete(self, **answers):
        """Fill the open form in, look it over, confirm, and return what was said."""
        self.fill(**answers)
        self.go_on()
        self.confirm()
        done = self.page.locator(".govuk-notification-banner")
        assert done.count() == 1, (self.title, self.words[:1500])
        return " ".join(done.inner_text().split())

    def problems(self):
        """Return what the error summary says."""
        return self.page.locator(".govuk-error-summary a").all_inner_texts()

    def row(self, text):
        """Return the words of the first row of a table that has this text."""
        return " ".join(self.page.get_by_role("row").filter(has_text=text).first.inner_text().split())


def fill(page, name, value):
    """Fill one field in, as its kind asks for."""
    match value:
        case date():
            for part in ("day", "month", "year"):
                page.locator(f'[name="{name}-{part}"]').fill(str(getattr(value, part)))
        case bool():
            page.locator(f'[name="{name}"][value="{"yes" if value else "no"}"]').check()
        case dict() if "buffer" in value:
            page.locator(f'[name="{name}-file"], [name="{name}"][type="file"]').set_input_files(value)
        case dict():
            for key, answer in value.items():
                fill(page, f"{name}-{key}", answer)
        case list():
            _several(page, name, value)
        case _:
            _one(page, name, str(value))


def _one(page, name, value):
    fields = page.locator(f'main [name="{name}"]:not([type="hidden"])')
    kind = fields.first.evaluate("field => field.type || field.tagName")
    if kind in {"radio", "checkbox"}:
        page.locator(f'main [name="{name}"][value="{value}"]').check()
    elif kind == "select-one":
        fields.first.select_option(value)
    else:
        fields.first.fill(value)


def _several(page, name, values):
    if page.locator(f'main textarea[name="{name}"]').count():
        page.locator(f'main textarea[name="{name}"]').fill("\n".join(values))
        return
    for value in values:
        page.locator(f'main [name="{name}"][value="{value}"]').check()


def paper(text, name="document.txt"):
    """Return a small file to choose."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def register(rows, name="week.csv"):
    """Return a register to choose: rows of school, UPN, day, session and code."""
    lines = ["school_urn,upn,date,session,code", *(",".join(map(str, row)) for row in rows)]
    return {"name": name, "mimeType": "text/csv", "buffer": ("\n".join(lines) + "\n").encode()}
