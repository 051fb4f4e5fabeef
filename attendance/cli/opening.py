"""Opening the office that the settings describe."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from attendance.services.office import Office, office_of
from attendance.settings import read_settings


@contextmanager
def open_office() -> Iterator[Office]:
    """Open the store and the authority that the environment names, and close them afterwards."""
    office = office_of(read_settings(os.environ))
    try:
        yield office
    finally:
        office.store.close()
