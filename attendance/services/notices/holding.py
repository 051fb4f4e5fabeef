"""Holding a prepared notice: by hand, or because the register is no longer as it was decided on."""

from attendance.domain.steps.machine import StepTable
from attendance.services.notices.finishing import finish
from attendance.services.notices.given import SayWhy
from attendance.services.work import Done, Work
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow

CHANGED = "The register has changed since the decision; the notice is held and did not go."


def hold(work: Work, table: StepTable, row: NoticeToImproveRow | PenaltyNoticeRow, given: SayWhy) -> Done:
    """Hold a prepared notice, with the reason why it does not go out."""
    work.advance(table, row, "hold", reasons=given.reasons)
    work.because("held", given.why)
    return finish(work, row, "held", {})


def hold_changed(
    work: Work, table: StepTable, row: NoticeToImproveRow | PenaltyNoticeRow, changed: tuple[str, ...]
) -> Done:
    """Hold a notice instead of letting it go; `changed` says what the register now says otherwise."""
    work.advance(table, row, "hold")
    work.because("marks_changed", " ".join(changed))
    return finish(work, row, "held", {}, sentences=(CHANGED, *changed))
