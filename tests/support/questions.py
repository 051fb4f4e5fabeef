"""Counting the questions that are put to a database."""

from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def counted():
    """Count what is asked and written meanwhile; how a transaction begins is no question."""
    asked = []

    def keep(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    yield asked
    event.remove(Engine, "before_cursor_execute", keep)
