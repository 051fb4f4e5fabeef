"""Fixtures that every kind of test may use."""

import os

import hypothesis
import pytest

pytest.register_assert_rewrite("tests.support")

from attendance.store.unit_of_work import Store  # noqa: E402 - asserts are rewritten first
from tests.support import postgres  # noqa: E402
from tests.support.stores import Stores  # noqa: E402

hypothesis.settings.register_profile("attendance", deadline=None)  # a slow machine is no fault of the code
hypothesis.settings.load_profile("attendance")


def pytest_configure(config):
    """Choose where the run's PostgreSQL server lives, once, before workers start."""
    if not hasattr(config, "workerinput"):
        postgres.announce_folder()


def pytest_unconfigure(config):
    """Stop the server after the last worker has ended."""
    if not hasattr(config, "workerinput") and postgres.FOLDER in os.environ:
        postgres.remove_folder()


@pytest.fixture(scope="session")
def store_template(tmp_path_factory):
    """A folder with an empty SQLite store and its signing key, to be copied."""
    folder = tmp_path_factory.mktemp("store-template")
    Store.create(f"sqlite:///{folder}/attendance.db", folder).close()
    return folder


@pytest.fixture
def stores(tmp_path, store_template):
    """A maker of fresh stores: `stores.make("sqlite")`, `stores.make("postgresql")`."""
    maker = Stores(tmp_path, store_template)
    yield maker
    maker.clear()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request, stores):
    """A fresh store; the test runs once on SQLite and once on PostgreSQL."""
    return stores.make(request.param)


@pytest.fixture
def sqlite_store(stores):
    """A fresh store on SQLite."""
    return stores.make("sqlite")


@pytest.fixture(scope="session")
def year(tmp_path_factory, worker_id):
    """The small demo up to its last day, with few ordinary cases."""
    from tests.support.demo import make_year

    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    made = make_year(shared)
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def worked_template(tmp_path_factory):
    """The small world with marks, support and an account of every role, made once to be copied."""
    from tests.support import pages

    folder = tmp_path_factory.mktemp("worked-template") / "store"
    world = pages.a_case(Store.create(f"sqlite:///{folder}/attendance.db", folder))
    world.store.close()
    return world


@pytest.fixture
def worked(worked_template, tmp_path):
    """The small world with marks, support and an account of every role, in a store of its own."""
    from tests.support import pages

    world = pages.copied(worked_template, tmp_path / "worked")
    yield world
    world.store.close()


@pytest.fixture(scope="session")
def toured_template(tmp_path_factory):
    """The small world after every act there is, with an account of every role, made once to be copied."""
    from tests.support import pages

    folder = tmp_path_factory.mktemp("toured-template") / "store"
    world = pages.toured(Store.create(f"sqlite:///{folder}/attendance.db", folder))
    world.store.close()
    return world


@pytest.fixture(scope="module")
def toured(toured_template, tmp_path_factory):
    """The small world after every act there is, in a store of this module's own."""
    from tests.support import pages

    world = pages.copied(toured_template, tmp_path_factory.mktemp("toured") / "store")
    yield world
    world.store.close()
