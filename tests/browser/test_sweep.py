"""Every page, in every role that may open it, at phone and desk width; a new page is swept by itself."""

import pytest

from api.pages.access import PUBLIC, TABLE
from attendance.services.registry import ACTS
from rules.roles import Role
from tests.support import looks, pages
from tests.support.addresses import Addresses
from tests.support.browser import served
from tests.support.hands import session_of
from tests.support.looks import DESK, PHONE
from tests.support.pages import PEOPLE, TOURED
from tests.support.world import at

ACCOUNTS = ("officer.one", "senior.one", "school.one", "legal.one", "auditor.one")
MOST = {"officer.one": 4, "school.one": 4}
FURTHER = (
    "/nowhere",
    "/?whose=all",
    "/search?q=marsh",
    "/record?examine=yes",
    "/pupils/1/register?day=2024-11-04",
)


@pytest.fixture(scope="module")
def open_to_all(toured):
    """The world in which everything was done, its application, and where it is served."""
    app = pages.application(toured, day=TOURED)
    with served(app) as site:
        yield toured, app, site


def browsing(browser, open_to_all, name, size):
    """Return a page of a browser in which somebody is signed in."""
    world, _, site = open_to_all
    context = browser.new_context(viewport=size, base_url=site)
    looks.ready(context)
    if name:
        context.add_cookies([session_of(world, name, site, at(TOURED))])
    return context.new_page()


def addresses_of(open_to_all, name, page):
    """Return what somebody may open and read as a page, and addresses that anybody may try."""
    world, app, _ = open_to_all
    role = PEOPLE[name][0] if name else None
    found = Addresses(app, world.store).pages(role, most=MOST.get(name, 1))
    may = {route for route, roles in TABLE.items() if role in roles} if name else PUBLIC
    found = [one for one in found if one.route in may]
    files = {one.route for one in found if not one.path.startswith("/acts/") and is_file(page, one.path)}
    own = [one.path for one in found if one.route not in files]
    if name == "senior.one":  # every form is the officer's own, and is looked at there
        own = [path for path in own if not path.startswith("/acts/")] + ["/acts/support.record?pupil_id=1"]
    return [*own, *FURTHER] if name else own


def is_file(page, path):
    """Say whether an address leads to a file, which is kept or opened elsewhere."""
    headers = page.context.request.get(path).headers
    return "content-disposition" in headers or not headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_in_every_role_is_accessible_headed_reachable_and_narrow_enough(
    browser, open_to_all, size
):
    seen, wrong = set(), []
    for name in ("", *ACCOUNTS):
        page = browsing(browser, open_to_all, name, size)
        for path in addresses_of(open_to_all, name, page):
            answer = page.goto(path)
            assert answer.status < 500, path
            mark = looks.fingerprint(page)
            if mark not in seen:
                seen.add(mark)
                wrong += [(name, path, fault) for fault in looks.faults(page)]
        page.context.close()
    assert wrong == []


def test_what_is_wrong_with_a_page_is_seen(browser, open_to_all):
    """The sweep is worth what it finds: here everything is wrong."""
    page = browsing(browser, open_to_all, "officer.one", PHONE)
    page.goto("/")
    page.evaluate(
        """() => {
          document.querySelector("main").insertAdjacentHTML("beforeend",
            "<h4>Too deep</h4><img src='x'><a id='unseen' href='x'>Unseen</a><p id='wide'>Wide</p>");
          const style = new CSSStyleSheet();
          style.replaceSync("#unseen, #unseen:focus { outline: 0 } #wide { width: 3000px }");
          document.adoptedStyleSheets = [style];
        }"""
    )
    said = " ".join(looks.faults(page))
    for fault in ("image-alt", "heading 4 after", "focus cannot be seen", "wide:"):
        assert fault in said


def test_tab_alone_goes_to_everything_on_every_page(browser, open_to_all):
    page = browsing(browser, open_to_all, "senior.one", DESK)
    for path in addresses_of(open_to_all, "senior.one", page):
        page.goto(path)
        wanted = looks.stops(page)
        reached = looks.walk(page, most=len(wanted) + 3)
        assert set(wanted) <= set(reached), path


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SCHOOL])
def test_every_form_says_what_is_wrong_and_leads_to_the_field(browser, open_to_all, role):
    """Every act's form is sent empty: each problem leads to a field, and the page is still accessible."""
    account = {Role.OFFICER: "officer.one", Role.SCHOOL: "school.one"}[role]
    acts = [
        act.name for act in ACTS if role in act.by and (role is Role.OFFICER or Role.OFFICER not in act.by)
    ]
    page = browsing(browser, open_to_all, account, PHONE)
    forms = [path for path in addresses_of(open_to_all, account, page) if path.startswith("/acts/")]
    wrong = []
    for path in (one for one in forms if one.partition("?")[0].removeprefix("/acts/") in acts):
        page.goto(path)
        empty(page)
        with page.expect_navigation():
            page.get_by_role("button", name="Continue").click()
        wrong += [(path, fault) for fault in (*looks.faults(page), *looks.led_astray(page))]
    assert wrong == []


@pytest.mark.parametrize("path", ["/sign-in", "/registers"])
def test_the_other_forms_say_what_is_wrong_too(browser, open_to_all, path):
    page = browsing(browser, open_to_all, "" if path == "/sign-in" else "school.one", PHONE)
    page.goto(path)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    assert page.locator(".govuk-error-summary a").count() == 1
    assert (looks.faults(page), looks.led_astray(page)) == ([], [])


def empty(page):
    """Take out of a form whatever stands in it already."""
    page.evaluate(
        """() => {
          const fields = "main form :is(input:not([type=hidden]), textarea, select)";
          for (const one of document.querySelectorAll(fields))
            if (["radio", "checkbox"].includes(one.type)) one.checked = false; else one.value = "";
        }"""
    )
