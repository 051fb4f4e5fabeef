"""The same marks as a frame of each engine, and a table read back in order."""

import duckdb
import narwhals as nw
import polars as pl

ENGINES = ("polars", "polars lazy", "duckdb")
SCHEMA = {"school_urn": pl.String, "upn": pl.String, "date": pl.Date, "session": pl.String, "code": pl.String}


class Stream:
    """Shows only the Arrow stream, which DuckDB reads without a further library."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__()


def marks_table(rows, pupil="upn", key=pl.String):
    """Make a Polars table of rows (`tests.support.oracle.Row`)."""
    schema = {(pupil if name == "upn" else name): kind for name, kind in SCHEMA.items()} | {pupil: key}
    tuples = [(row.school, row.pupil, row.day, row.session, row.code) for row in rows]
    return pl.DataFrame(tuples, schema=schema, orient="row")


def frame(table, engine, connection=None):
    """Hand a Polars table to an engine; frames that are joined share a connection."""
    if engine == "polars":
        return nw.from_native(table)
    if engine == "polars lazy":
        return nw.from_native(table.lazy())
    connection = connection or duckdb.connect()
    connection.register("given", Stream(table))
    name = f"table_{len(connection.execute('show tables').fetchall())}"
    connection.execute(f"create table {name} as select * from given")
    return nw.from_native(connection.table(name))


def rows_of(result, columns):
    """Collect a Narwhals frame into a sorted list of tuples."""
    native = result.select(columns).to_native()
    if isinstance(native, pl.LazyFrame):
        native = native.collect()
    found = native.rows() if isinstance(native, pl.DataFrame) else native.fetchall()
    return sorted(found)
