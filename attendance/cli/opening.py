"""Opening the office, or its store alone, that the settings describe."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from attendance.services.office import Office, office_of
from attendance.settings import read_settings
from attendance.store.unit_of_work import Store


@contextmanager
def open_office() -> Iterator[Office]:
    """Open the store and the authority that the environment names, and close them afterwards."""
    office = office_of(read_settings(os.environ))
    try:
        yield office
    finally:
        office.store.close()


@contextmanager
def open_store() -> Iterator[Store]:
    """Open the store that the environment names, and close it afterwards."""
    settings = read_settings(os.environ)
    store = Store.open(settings.url, settings.folder, head=settings.head)
    try:
        yield store
    finally:
        store.close()
