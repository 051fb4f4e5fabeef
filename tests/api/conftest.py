"""An application with one school's pupil in it."""

import pytest

from tests.support import people
from tests.support.office import Desks


@pytest.fixture
def desks(sqlite_store):
    """An application on SQLite with two schools and a pupil on the roll of the first."""
    people.seed(sqlite_store, pupils=(1,), urns=(people.URN,))
    people.seed(sqlite_store, pupils=(2,), urns=(people.OTHER_URN,))
    return Desks(sqlite_store)
