"""The legal steps: one table of rows each."""

from attendance.domain.steps import (
    case,
    letter,
    notice_to_improve,
    penalty_notice,
    representation,
    request,
    review,
)
from attendance.domain.steps.machine import StepTable

TABLES: tuple[StepTable, ...] = (
    case.TABLE,
    request.TABLE,
    notice_to_improve.TABLE,
    penalty_notice.TABLE,
    representation.TABLE,
    review.TABLE,
    letter.TABLE,
)
