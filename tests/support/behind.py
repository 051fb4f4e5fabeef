"""Changes made behind the program's back."""

from contextlib import contextmanager

from sqlalchemy import create_engine, text

from attendance.store import triggers


@contextmanager
def behind(store):
    """A raw connection to the store's database with none of our settings that commits every statement."""
    engine = create_engine(store.url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def without_triggers(connection):
    """Take every trigger away, as somebody with all rights could."""
    if connection.dialect.name == "sqlite":
        for name in triggers.expected_names("sqlite"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    else:
        connection.execute(
            text("DROP FUNCTION IF EXISTS refuse_change, refuse_unchained, refuse_other_end CASCADE")
        )
