"""The statutory record of penalty notices, as tables.

- Of every notice: a copy, every payment and its date, whether it was withdrawn and on which ground,
  whether the
  recipient was prosecuted (SI 2007/1867 reg. 20); beside them the code of conduct and the authority of the
  person who issued it.
"""

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from attendance.reports.tables import write_csv


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEntry:
    """One notice. Sums are pence; `copy_sha256` is empty where another issuer holds the copy."""

    reference: str
    issued_on: date
    issued_by: str
    authority_to_issue: str
    code_of_conduct: str
    recipient: str
    address_as_posted: str
    child: str
    school_urn: str
    absence: str
    offence_from: date
    offence_until: date
    rung: str
    full_pence: int | None
    reduced_pence: int | None
    received_on: date | None
    reduced_until: date | None
    payable_until: date | None
    paid_pence: int
    discharged_on: date | None
    withdrawn_on: date | None
    withdrawal_ground: str
    prosecuted: str
    copy_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentEntry:
    """One payment towards a notice, in pence."""

    notice: str
    received_on: date
    pence: int
    judged: str
    refunded_pence: int


def write_record(folder: Path, notices: tuple[NoticeEntry, ...], payments: tuple[PaymentEntry, ...]) -> None:
    """Write `notices.csv` and `payments.csv` into a folder."""
    write_csv(folder / "notices.csv", _columns(NoticeEntry), (_cells(entry) for entry in notices))
    write_csv(folder / "payments.csv", _columns(PaymentEntry), (_cells(entry) for entry in payments))


def _columns(kind: type[NoticeEntry] | type[PaymentEntry]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _cells(entry: NoticeEntry | PaymentEntry) -> tuple[str, ...]:
    return tuple(_cell(getattr(entry, field.name)) for field in fields(entry))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
