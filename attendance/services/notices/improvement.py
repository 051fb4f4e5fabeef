"""The end of a Notice to Improve: reviewed by the register, or ended early after the parent was told.

- Improvement is found by the register at the end of the period; the parent is written to either way. One that
  improved grounds no further step, and its reviews end.
- A period ends early only on a listed ground, and only after the parent was told.
"""

from datetime import date, timedelta

from attendance.domain.errors import BadInput
from attendance.domain.people import holds_on
from attendance.domain.registers import SESSIONS_A_DAY
from attendance.domain.steps.notice_to_improve import TABLE
from attendance.services import register_facts
from attendance.services.acts import act
from attendance.services.inputs import Code, OfMatter, Words
from attendance.services.letters import about_improvement, common, preparing
from attendance.services.notices.finishing import finish
from attendance.services.reviews import end_reviews
from attendance.services.work import Done, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow
from letters.contexts import LetterContext
from rules.clocks import ServedBy
from rules.steps.facts import SessionMark
from rules.steps.improvement import (
    EarlyEndFacts,
    Improvement,
    ReviewFacts,
    may_end_early,
    may_find_improved,
    may_find_not_improved,
)
from rules.wording import said_day

TELLING = "notice_to_improve_ended_early"


class ReviewNotice(OfMatter):
    """What the officer finds; the register's own answer where nothing is said."""

    finds: Improvement | None = None


class TellOfEarlyEnd(OfMatter):
    """The listed ground, what happened in the officer's words, and the day on which the notice is to end."""

    ground: Code
    why: Words
    ends_on: date


def review(work: Work, given: ReviewNotice) -> Done:
    """Read the register of the period, find improvement or none, and write to the parent."""
    row = work.matter(NoticeToImproveRow, given.reference)
    TABLE.row("find_improved", TABLE.states(row.state))
    asked = review_facts(work, row)
    finds = given.finds or asked.shows
    better = finds is Improvement.IMPROVED
    judge = may_find_improved if better else may_find_not_improved
    step = "find_improved" if better else "find_not_improved"
    work.advance(TABLE, row, step, finding=judge(asked, work.book, work.on), reasons=given.reasons)
    row.sessions_in_period, row.ended_on = asked.unauthorised, work.on
    parties = common.parties(work, row.adult_id, row.pupil_id, row.school_urn)
    if better:
        end_reviews(work, row)
        letter = _prepare(
            work, row, "notice_to_improve_improved", about_improvement.improved(work, row, parties)
        )
    else:
        context = about_improvement.not_improved(work, row, parties, reply_by(work, work.on))
        letter = _prepare(work, row, "notice_to_improve_not_improved", context)
    said = {"sessions": asked.unauthorised, "target": asked.target_sessions}
    event = "found_improved" if better else "found_not_improved"
    return finish(work, row, event, said, letters=(letter,))


def review_facts(work: Work, row: NoticeToImproveRow) -> ReviewFacts:
    """Return what the register shows of the period of a notice that was received."""
    _period_must_run(row)
    assert row.period_from
    assert row.period_until
    marks = register_facts.marks_between(
        work, row.pupil_id, row.school_urn, row.period_from, row.period_until
    )
    unresolved = work.book.law("register.unresolved_codes", work.on)
    counts = register_facts.tally(work, row.pupil_id, row.school_urn, row.period_from, row.period_until)
    return ReviewFacts(
        ends_on=row.period_until,
        target_sessions=row.target_sessions,
        possible=counts.possible,
        attended=counts.attended,
        unauthorised=counts.unauthorised,
        unresolved=sum(1 for mark in marks if mark.code in unresolved.items),
        without_mark=_without_mark(work, row, marks),
    )


def _period_must_run(row: NoticeToImproveRow) -> None:
    if row.period_from is None:
        raise BadInput(
            "The notice went by hand and its delivery is not recorded: its period does not run yet. "
            "Record the delivery first."
        )


def _without_mark(work: Work, row: NoticeToImproveRow, marks: tuple[SessionMark, ...]) -> int:
    assert row.period_from
    assert row.period_until
    days = work.calendar(row.school_urn).school_days(row.period_from, row.period_until)
    on_roll = [
        day
        for day in days
        if any(
            enrolment.school_urn == row.school_urn and holds_on(enrolment, day)
            for enrolment in work.people.enrolments_of(row.pupil_id)
        )
    ]
    held = {(mark.day, mark.session) for mark in marks if mark.day in set(on_roll)}
    return len(on_roll) * SESSIONS_A_DAY - len(held)


def tell_of_early_end(work: Work, given: TellOfEarlyEnd) -> Done:
    """Tell the parent that the notice ends early, on which ground and when."""
    row = work.matter(NoticeToImproveRow, given.reference)
    work.advance(TABLE, row, "tell_of_early_end", reasons=given.reasons)
    _period_must_run(row)
    asked = EarlyEndFacts(given.ground, parent_told_on=work.on)
    work.must_be_met("Notice to Improve: tell of early end", may_end_early(asked, work.book, work.on))
    received = preparing.receipt(work, row.adult_id, ServedBy.FIRST_CLASS_POST, work.on).on
    if given.ends_on < received:
        raise BadInput(
            f"The letter counts as received on {said_day(received)}. The notice ends no earlier.",
            field="ends_on",
        )
    row.early_end_ground, row.early_end_on = given.ground, given.ends_on
    parties = common.parties(work, row.adult_id, row.pupil_id, row.school_urn)
    context = about_improvement.ended_early(work, row, parties, (given.why,), given.ends_on)
    letter = _prepare(work, row, TELLING, context)
    return finish(work, row, "early_end_told", {"ground": given.ground}, letters=(letter,))


def _told_on(work: Work, row: NoticeToImproveRow) -> date | None:
    letters = work.matters.find(
        LetterRow, subject_kind=row.__tablename__, subject_id=row.id, name=TELLING, state="released"
    )
    received = (letter.deemed_received_on for letter in letters if letter.deemed_received_on)
    return max(received, default=None)


def end_early(work: Work, given: OfMatter) -> Done:
    """End the notice early, on the ground that the parent was told of by a letter that has gone."""
    row = work.matter(NoticeToImproveRow, given.reference)
    asked = EarlyEndFacts(row.early_end_ground, parent_told_on=_told_on(work, row), ends_on=row.early_end_on)
    finding = may_end_early(asked, work.book, work.on)
    work.advance(TABLE, row, "end_early", finding=finding, reasons=given.reasons)
    row.ended_on = work.on
    return finish(work, row, "ended_early", {"ground": row.early_end_ground})


def _prepare(work: Work, row: NoticeToImproveRow, name: str, context: LetterContext) -> LetterRow:
    wanted = preparing.Wanted(
        name=name,
        context=context,
        case_id=row.case_id,
        subject_kind=row.__tablename__,
        subject_id=row.id,
        school_urn=row.school_urn,
        adult_id=row.adult_id,
        posting_on=work.on,
        method=ServedBy.FIRST_CLASS_POST,
    )
    return preparing.prepare(work, wanted)


def reply_by(work: Work, posting_on: date) -> date:
    """Return until when the parent may answer a letter posted on that day: a working day."""
    days = work.book.policy("office.target_days", work.on).table["decide_next_step"]
    assert isinstance(days, int)
    return work.office.working_days.on_or_after(posting_on + timedelta(days=days))


ACTS = (
    act(
        "notice_to_improve.review",
        "Review a notice by the register when its period is over",
        TABLE.by("find_improved"),
        ReviewNotice,
        review,
    ),
    act(
        "notice_to_improve.tell_of_early_end",
        "Tell the parent that the notice ends early",
        TABLE.by("tell_of_early_end"),
        TellOfEarlyEnd,
        tell_of_early_end,
    ),
    act("notice_to_improve.end_early", "End a notice early", TABLE.by("end_early"), OfMatter, end_early),
)
