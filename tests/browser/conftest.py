"""A browser, and the small world served for it."""

import pytest
from playwright.sync_api import sync_playwright

from tests.support import pages
from tests.support.browser import ARGUMENTS, AXE, chromium, served


@pytest.fixture(scope="session")
def browser():
    """A browser for the whole run of a worker."""
    if not AXE.is_file():
        pytest.fail("What the pages look like is not built. Run: make assets")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def world(worked):
    """The small world with accounts."""
    return worked


@pytest.fixture
def site(world):
    """The address of the world's application."""
    with served(pages.application(world)) as address:
        yield address
