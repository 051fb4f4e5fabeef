"""Journeys begin where a story ends: `tell(story)` gives a copy of the world in which it has happened."""

import pytest

from tests.support.stores import Stores
from tests.support.stories import Told


@pytest.fixture(scope="session")
def told(tmp_path_factory, store_template):
    """The stories told so far in this run."""
    stores = Stores(tmp_path_factory.mktemp("told"), store_template)
    yield Told(tmp_path_factory.mktemp("copies"), stores)
    stores.clear()


@pytest.fixture
def tell(told):
    """Tell a story on SQLite and return its world."""
    yield told.copy
    told.clear()
