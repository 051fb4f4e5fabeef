"""A browser, the small world served for it, and journeys that begin where a story ends."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import sync_playwright

from tests.support import pages
from tests.support.browser import ARGUMENTS, AXE, chromium, served
from tests.support.hands import desk
from tests.support.stores import Stores
from tests.support.stories import Told


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


@pytest.fixture(scope="session")
def told(tmp_path_factory, store_template):
    """The stories told so far in this run, each with an account of every role."""
    stores = Stores(tmp_path_factory.mktemp("told"), store_template)
    yield Told(tmp_path_factory.mktemp("copies"), stores, begin=pages.with_accounts)
    stores.clear()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def at_desk(request, browser, told):
    """Serve a story on a day: `at_desk(story, day)`; each journey is made with scripts and without."""
    with ExitStack() as opened:

        def serve(story, on):
            return opened.enter_context(desk(browser, told.copy(story), scripts=request.param, on=on))

        yield serve
        for context in browser.contexts:
            context.close()
    told.clear()
