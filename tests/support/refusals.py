"""What a refusal leaves behind: nothing. Every row of every table and the signed head are compared."""

from contextlib import contextmanager

import pytest
from sqlalchemy import LargeBinary, select

from attendance.domain.errors import StepRefused
from attendance.store.tables import calendars, people, registers
from attendance.store.tables.base import Base

GIVEN = {
    mapper.local_table.name
    for mapper in Base.registry.mappers
    if mapper.class_.__module__ in {module.__name__ for module in (calendars, people, registers)}
}
"""Tables of people, calendars and registers, which only imports fill."""


def contents(store, *, but=frozenset()):
    """Return every row of every table but some, by the table's name, and the signed head."""
    with store.read() as session:
        found = {
            table.name: session.execute(
                select(
                    *(column for column in table.columns if not isinstance(column.type, LargeBinary))
                ).order_by(*table.primary_key.columns)
            ).all()
            for table in Base.metadata.sorted_tables
            if table.name not in but
        }
    return found | {"signed head": store.head.read_bytes() if store.head.exists() else b""}


def differing(before, after):
    """Return the names of the tables whose rows differ."""
    return {name for name in before if before[name] != after[name]}


@contextmanager
def nothing_written(store):
    """Show that what is done inside leaves the store as it was."""
    before = contents(store)
    yield
    assert differing(before, contents(store)) == set()


@contextmanager
def refused(world, *codes):
    """Show that an act is refused with exactly these conditions unmet, all at once, and nothing written."""
    with nothing_written(world.store), pytest.raises(StepRefused) as caught:
        yield caught
    assert sorted(unmet.code for unmet in caught.value.unmet) == sorted(codes)


@contextmanager
def turned_away(world, error, match=None):
    """Show that an act ends with an error of that kind and nothing written."""
    with nothing_written(world.store), pytest.raises(error, match=match) as caught:
        yield caught
