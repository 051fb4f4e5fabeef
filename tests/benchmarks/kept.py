"""Stores that stay in the folder from one run to the next."""

from pathlib import Path

from attendance.store.errors import StoreOfAnotherBuild
from attendance.store.unit_of_work import Store


def is_of_this_build(folder: Path) -> bool:
    """Say whether the folder holds a store that this build of the program made."""
    if not folder.exists():
        return False
    try:
        Store.open(f"sqlite:///{folder}/attendance.db", folder).close()
    except StoreOfAnotherBuild:
        return False
    return True
