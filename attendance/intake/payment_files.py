"""The file of payments: one row a transaction, as it is exported from the bank or the payment system.

- Columns: received_on, reference, transaction, and one of `amount` (pounds, as 80 or 80.00) and `pence`.
- The reference is what the payer gave, and may be empty. The transaction's number is used once.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, StringConstraints, model_validator

from attendance.intake.cells import Day, OrNone, Text
from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.rows import FileRow, Reading, read_rows
from attendance.intake.sheets import read_sheet

_POUNDS = re.compile(r"£?([0-9]{1,7})(?:\.([0-9]{2}))?")
_PENCE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class PaymentArrival:
    """Money as the file tells of it: pence, the day, what the payer gave, the transaction's own number."""

    received_on: date
    pence: int
    reference: str
    transaction: str


def _pounds(text: str) -> int:
    found = _POUNDS.fullmatch(text)
    if not found:
        raise ValueError("Write pounds in digits, like 80 or 80.00.")
    return int(found[1]) * 100 + int(found[2] or 0)


def _pence(text: str) -> int:
    if not _PENCE.fullmatch(text):
        raise ValueError("Write whole pence in digits alone, like 8000.")
    return int(text)


def _some(pence: int) -> int:
    if not pence:
        raise ValueError("Nothing was paid here. Leave the row out.")
    return pence


def _named(text: str) -> str:
    if not text:
        raise ValueError("Give the transaction's own number, so that money is not taken twice.")
    return text


_Line = Annotated[Text, StringConstraints(max_length=200)]
_OptionalPounds = Annotated[Annotated[int, AfterValidator(_some), BeforeValidator(_pounds)] | None, OrNone]
_OptionalPence = Annotated[Annotated[int, AfterValidator(_some), BeforeValidator(_pence)] | None, OrNone]


class _PaymentRow(FileRow):
    received_on: Day
    reference: _Line
    transaction: Annotated[_Line, AfterValidator(_named)]
    amount: _OptionalPounds = None
    pence: _OptionalPence = None

    @model_validator(mode="after")
    def _one_amount(self) -> Self:
        if (self.amount is None) == (self.pence is None):
            raise ValueError("Give the amount in pounds or in pence, one of the two.")
        return self


def read_payments(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[PaymentArrival]:
    """Read a file of payments; raises `FilesRefused`."""
    sheet = read_sheet(file, data, limits=limits)
    return read_rows(sheet, _PaymentRow, _arrival, lambda one: one.transaction)


def _arrival(row: _PaymentRow) -> PaymentArrival:
    pence = row.amount if row.amount is not None else row.pence
    assert pence is not None  # held by the row
    return PaymentArrival(row.received_on, pence, row.reference, row.transaction)
