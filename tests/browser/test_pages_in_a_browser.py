"""Pages in a real browser: signing in, a form with and without scripts, a keyboard alone, no complaint."""

import pytest

from tests.support.pages import PASSWORD

PAGES = (
    "/",
    "/search?q=marsh",
    "/pupils/1",
    "/pupils/1/register?day=2024-11-11",
    "/cases/C-2024-000001",
    "/requests/RQ-2024-000001",
    "/penalty-notices/PN-2024-000001",
    "/letters/LT-2024-000001",
    "/acts/penalty_notice.decide?pupil_id=1",
    "/registers",
)


def open_page(browser, *, scripts=True):
    return browser.new_context(java_script_enabled=scripts).new_page()


def sign_in(page, site, name):
    page.goto(f"{site}/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"{site}/")


def test_no_page_asks_a_browser_for_what_the_policy_forbids(browser, site):
    page = open_page(browser)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, site, "officer.one")
    for path in PAGES:
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
