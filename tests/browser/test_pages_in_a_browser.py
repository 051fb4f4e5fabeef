"""Pages in a real browser: accessible at two widths, usable by keyboard alone and without scripts."""

import pytest

from tests.support.browser import AXE
from tests.support.pages import PASSWORD

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PAGES = (
    "/",
    "/search?q=marsh",
    "/pupils/1",
    "/pupils/1/register",
    "/pupils/1/register?day=2024-11-11",
    "/?whose=all",
    "/cases",
    "/cases/C-2024-000001",
    "/cases/C-2024-000001/record",
    "/requests/RQ-2024-000001",
    "/penalty-notices/PN-2024-000001",
    "/letters/LT-2024-000001",
    "/payments/PY-2024-000001",
    "/requests",
    "/penalty-notices",
    "/notices-to-improve",
    "/letters",
    "/payments",
    "/acts/support.record?pupil_id=1",
    "/acts/request.make?pupil_id=1",
    "/acts/penalty_notice.decide?pupil_id=1",
    "/acts/payment.receive",
    "/schools",
    "/schools/900001",
    "/registers",
    "/your-sessions",
    "/accessibility",
    "/nowhere",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def open_page(browser, *, scripts=True, size=DESK):
    return browser.new_context(viewport=size, java_script_enabled=scripts).new_page()


def sign_in(page, site, name):
    page.goto(f"{site}/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"{site}/")


def violations(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("options => axe.run(document, options)", RULES)["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_of_an_officer_breaks_a_rule_of_accessibility(browser, site, size):
    page = open_page(browser, size=size)
    page.goto(f"{site}/sign-in")
    assert violations(page) == []
    sign_in(page, site, "officer.one")
    for path in PAGES:
        page.goto(f"{site}{path}")
        assert violations(page) == [], path


@pytest.mark.parametrize("name", ["school.one", "auditor.one", "senior.one", "legal.one"])
def test_no_first_page_of_a_role_breaks_a_rule_of_accessibility(browser, site, name):
    page = open_page(browser)
    sign_in(page, site, name)
    for path in ("/", "/pupils/1", "/requests"):
        page.goto(f"{site}{path}")
        assert violations(page) == [], path


def test_no_page_of_oversight_breaks_a_rule_of_accessibility(browser, site):
    page = open_page(browser)
    sign_in(page, site, "auditor.one")
    for path in ("/record?examine=yes", "/access-log", "/law"):
        page.goto(f"{site}{path}")
        assert violations(page) == [], path


def test_no_page_of_a_school_breaks_a_rule_of_accessibility(browser, site):
    page = open_page(browser, size=PHONE)
    sign_in(page, site, "school.one")
    for path in ("/schools", "/schools/900001", "/registers"):
        page.goto(f"{site}{path}")
        assert violations(page) == [], path


def test_no_page_runs_off_a_phone(browser, site):
    page = open_page(browser, size=PHONE)
    sign_in(page, site, "officer.one")
    for path in PAGES:
        page.goto(f"{site}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], (path, wide)


def test_no_page_asks_a_browser_for_what_the_policy_forbids(browser, site):
    page = open_page(browser)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, site, "officer.one")
    for path in PAGES[:-1]:
        page.goto(f"{site}{path}")
    assert said == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_support_is_recorded_from_the_pupils_page(browser, site, scripts):
    page = open_page(browser, scripts=scripts)
    sign_in(page, site, "school.one")
    page.goto(f"{site}/pupils/1")
    page.click("text=Record support given to a pupil")
    page.click("main button:has-text('Continue')")
    assert page.locator(".govuk-error-summary").count() == 1
    page.click(".govuk-error-summary a >> nth=0")
    assert page.locator("form :focus, :target").count() == 1
    page.select_option("#kind", "home_visit")
    page.check("input[name=response][value=taken_up]")
    page.fill("#offered_by", "Pastoral lead")
    page.fill("#detail", "Talked about mornings <script>")
    page.click("main button:has-text('Continue')")
    assert page.locator("h1").inner_text().startswith("Check your answers")
    page.click("main button:has-text('Confirm')")
    page.wait_for_url(f"{site}/pupils/1")
    assert page.locator(".govuk-notification-banner").count() == 1
    assert "Talked about mornings <script>" in page.locator("main").inner_text()


def test_a_keyboard_alone_reaches_the_main_content_and_the_first_act(browser, site):
    page = open_page(browser)
    sign_in(page, site, "officer.one")
    page.goto(f"{site}/pupils/1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Record support"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/acts/support.record*")
