"""What every table shares.

- Names of constraints follow one convention, so that a migration can name them.
- Instants are kept in UTC to the microsecond, in columns named `..._at_utc`; days are days.
- Relationships load nothing by themselves (`lazy="raise"`): a repository says what it reads.
- `append_only(table)` marks a table whose rows are never changed or deleted; triggers hold it to that.
"""

from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

from attendance.domain.moment import from_utc_text, utc_text

_APPEND_ONLY = "append_only"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC: a time-zoned timestamp on PostgreSQL, sortable ISO text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        """Choose the column's type for the database."""
        return Text() if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Refuse an instant without a time zone, and write the rest in UTC."""
        if value is None:
            return None
        text = utc_text(value)
        return text if dialect.name == "sqlite" else from_utc_text(text)

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant in UTC."""
        if value is None:
            return None
        return from_utc_text(value) if isinstance(value, str) else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own form
        str: Text(),
        int: BigInteger().with_variant(Integer(), "sqlite"),
        bool: Boolean(),
        bytes: LargeBinary(),
        date: Date(),
        datetime: UtcDateTime(),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=60,
            values_callable=lambda members: [member.value for member in members],
        ),
    }


def table_of(model: type[DeclarativeBase]) -> Table:
    """Return a model's table, for statements without objects; raises TypeError for anything but a table."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not a plain table")
    return table


def append_only(model: type[DeclarativeBase]) -> None:
    """Mark a model's table as one whose rows are never changed, replaced or deleted.

    Call it in the module of the table, after the class; the triggers follow by themselves.
    """
    table_of(model).info[_APPEND_ONLY] = True


def append_only_tables() -> tuple[Table, ...]:
    """Return the marked tables in order of name."""
    return tuple(table for table in Base.metadata.sorted_tables if table.info.get(_APPEND_ONLY))
