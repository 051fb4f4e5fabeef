"""Made-up letters of concern, about leave in term time, and about improvement."""

from datetime import date

from letters import contexts as c
from letters.quoting import quote, quote_entry, quote_texts
from letters.samples.people import (
    COUNCIL,
    HOLIDAY,
    ISSUED,
    RECEIVED,
    absences,
    amounts,
    attendance,
    common,
    scattered_absences,
)
from rules.law import RuleBook


def first_concern(book: RuleBook) -> c.FirstConcern:
    """Return a made-up first concern letter."""
    return c.FirstConcern(
        **common(book, "WB-2024-0107", date(2024, 10, 11), school=True),
        attendance=attendance(date(2024, 9, 4), date(2024, 10, 10), attended=44, unauthorised=4),
        talk_to=c.Contact(
            name="Priya Sandhu",
            job_title="Attendance Champion",
            telephone="01632 960 201",
            email="attendance@willowbank.example",
        ),
        help_offered=("a meeting with you and Adam's head of year", "breakfast club", "a mentor in school"),
    )


def declined(book: RuleBook, *, late: bool = False) -> c.LeaveOfAbsenceDeclined:
    """Return a made-up declined letter; `late` where the parent asked once the leave had begun."""
    on = HOLIDAY[1] if late else date(2024, 9, 27)
    return c.LeaveOfAbsenceDeclined(
        **common(book, "WB-2024-0093", on, school=True),
        council=COUNCIL,
        first_day=HOLIDAY[0],
        last_day=HOLIDAY[1],
        applied_on=HOLIDAY[0] if late else date(2024, 9, 20),
        considered=("You told us that the flights cost less in term time. That is not exceptional.",),
        amounts=amounts(book, on),
        threshold_sessions=quote(book.law("penalty_notice.threshold_sessions", on)),
        threshold_weeks=quote(book.law("penalty_notice.threshold_window_school_weeks", on)),
    )


def warning(book: RuleBook, *, asked: bool, short: bool = False) -> c.LeaveOfAbsenceWarning:
    """Return a made-up warning letter; `short` of an absence below the threshold."""
    on = date(2024, 10, 22)
    found = "You told us that the flights cost less in term time." if asked else "You gave us no reason."
    return c.LeaveOfAbsenceWarning(
        **common(book, "WB-2024-0118", on, school=True),
        council=COUNCIL,
        first_day=HOLIDAY[0],
        last_day=HOLIDAY[1],
        asked_for_leave=asked,
        sessions_missed=8 if short else 10,
        reaches_threshold=not short,
        considered=(found,),
        amounts=amounts(book, on),
        threshold_sessions=quote(book.law("penalty_notice.threshold_sessions", on)),
        threshold_weeks=quote(book.law("penalty_notice.threshold_window_school_weeks", on)),
    )


TARGET = ("Adam comes to school every day and on time.", "Adam has no absence without permission.")
PERIOD = c.Period(first_day=date(2024, 11, 7), last_day=date(2024, 12, 4), school_days=20)


def notice_to_improve(book: RuleBook) -> c.NoticeToImprove:
    """Return a made-up notice to improve letter."""
    return c.NoticeToImprove(
        **common(book, "NTI-2024-000031"),
        attendance=attendance(date(2024, 9, 4), date(2024, 10, 25), attended=54, unauthorised=14),
        sessions=10,
        absences=scattered_absences(),
        threshold_sessions=quote(book.law("penalty_notice.threshold_sessions", ISSUED)),
        threshold_weeks=quote(book.law("penalty_notice.threshold_window_school_weeks", ISSUED)),
        support_so_far=(
            c.SupportLine(
                on=date(2024, 9, 20), what="Phone call from the school", outcome="you talked to us"
            ),
            c.SupportLine(on=date(2024, 10, 2), what="Meeting in school", outcome="you came"),
            c.SupportLine(on=date(2024, 10, 9), what="Breakfast club", outcome="offered, not taken up"),
        ),
        further_support=("a mentor for Adam, two times a week", "a visit at home from our team"),
        refused_before=("breakfast club, free, from 8am",),
        period=PERIOD,
        review_on=date(2024, 12, 5),
        target=TARGET,
        early_end_grounds=quote_texts(book.law("notice_to_improve.early_end_grounds", ISSUED)),
        amounts=amounts(book, ISSUED),
        posted_on=ISSUED,
        received_on=RECEIVED,
    )


def improved(book: RuleBook) -> c.NoticeToImproveImproved:
    """Return a made-up improved letter."""
    return c.NoticeToImproveImproved(
        **common(book, "NTI-2024-000031", date(2024, 12, 6)),
        notice_date=ISSUED,
        period=PERIOD,
        attendance=attendance(PERIOD.first_day, PERIOD.last_day, attended=39, unauthorised=0, authorised=1),
    )


def not_improved(book: RuleBook) -> c.NoticeToImproveNotImproved:
    """Return a made-up not improved letter."""
    return c.NoticeToImproveNotImproved(
        **common(book, "NTI-2024-000031", date(2024, 12, 6)),
        notice_date=ISSUED,
        period=PERIOD,
        attendance=attendance(PERIOD.first_day, PERIOD.last_day, attended=32, unauthorised=8, authorised=0),
        target=TARGET,
        absences=absences("O", date(2024, 11, 25), date(2024, 11, 28)),
        reply_by=date(2024, 12, 13),
    )


def ended_early(book: RuleBook) -> c.NoticeToImproveEndedEarly:
    """Return a made-up ended early letter."""
    on = date(2024, 11, 15)
    return c.NoticeToImproveEndedEarly(
        **common(book, "NTI-2024-000031", on),
        notice_date=ISSUED,
        period=PERIOD,
        attendance=attendance(PERIOD.first_day, date(2024, 11, 14), attended=4, unauthorised=8, authorised=0),
        ground=quote_entry(
            book.law("notice_to_improve.early_end_grounds", on), "improvement_clearly_not_happening"
        ),
        why=("Adam has been in school on two days of the first six.",),
        absences=absences("O", date(2024, 11, 11), date(2024, 11, 14)),
        ends_on=date(2024, 11, 22),
    )
