"""The conditions of a penalty notice beyond those that every notice shares."""

from collections.abc import Iterator
from datetime import date

from rules.clocks import ServedBy, Service, payment_clock, receipt_of
from rules.errors import TermDatesNotKnown
from rules.findings import Aspect
from rules.ladder import NoticeOutcome, ladder
from rules.law import NATION
from rules.steps.authority import authority_held
from rules.steps.conditions import home_is_elsewhere, threshold_met
from rules.steps.facts import AbsenceKind
from rules.steps.guard import SENIOR, Check, InForce, ask, bar, met, row_of
from rules.steps.improvement_first import improvement_that_counts
from rules.steps.penalty_facts import ImprovementState, IssuerDecided, PenaltyNoticeFacts
from rules.time_limits import time_limit, time_to_prosecute
from rules.wording import said_day, said_days, said_list

SUPPORT_NOT_APPROPRIATE = "support_not_appropriate"


def not_for_an_excluded_pupil(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """The notice is not one for an excluded pupil found in a public place (EIA 2006 s.105)."""
    if facts.kind is AbsenceKind.EXCLUDED_IN_PUBLIC_PLACE:
        yield bar(
            "excluded_pupil_notice",
            Aspect.PERMITTED,
            "A notice for an excluded pupil in a public place is another notice, under another Act.",
            "Do not issue it here.",
            rules.law("penalty_notice.excluded_pupil_notices_count"),
        )


def within_the_framework(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """The offence period lies in the time of the framework."""
    sessions = rules.law("penalty_notice.threshold_sessions")
    since = rules.book.parameter(f"{NATION}.penalty_notice.threshold_sessions").values[0].since
    if facts.offence_from < since:
        yield bar(
            "offence_before_framework",
            Aspect.PERMITTED,
            f"The offence period begins before {said_day(since)}, when the earlier law and sums held.",
            "Leave the earlier days out, or ask Legal Services.",
            sessions,
        )


def threshold_or_discretion(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """The threshold was met; below it only irregular absence leaves discretion."""
    if facts.kind is not AbsenceKind.LEAVE_OF_ABSENCE or facts.threshold.met_on is not None:
        yield from threshold_met(facts, rules)
        return
    sessions = rules.policy("leave_of_absence.sessions")
    yield bar(
        "leave_below_threshold",
        Aspect.AGREED,
        f"{len(facts.threshold.marks)} sessions of leave of absence; the local code needs {sessions.whole}.",
        "No notice is issued; the school may ask again when there are enough.",
        sessions,
    )


def request_accepted(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """For leave of absence the school asked, and its request met the criteria."""
    if facts.kind is AbsenceKind.LEAVE_OF_ABSENCE and not facts.request_accepted:
        yield bar(
            "request_not_accepted",
            Aspect.AGREED,
            "No request of the school for this leave of absence has been accepted.",
            "The school makes a request with the evidence required.",
            rules.policy("leave_of_absence.required_evidence"),
        )


def marks_not_used(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """No mark lies inside the offence period of a notice to the same parent that stands."""
    limit = rules.law("penalty_notice.limit_count")
    for notice in facts.earlier:
        same_school = notice.school_urn in {"", facts.school.urn}
        used = tuple(mark.day for mark in (*facts.marks, *facts.threshold.marks) if notice.covers(mark.day))
        if notice.stands and same_school and used:
            yield bar(
                "marks_used",
                Aspect.PERMITTED,
                f"{notice.reference} already covers {said_days(used)}.",
                "Choose an offence period after that notice.",
                limit,
            )


def not_withdrawn_before(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """No notice for these sessions was withdrawn, but on a ground after which a corrected one may follow."""
    again = rules.law("penalty_notice.reissue_after_withdrawal_grounds")
    for notice in facts.earlier:
        same_school = notice.school_urn in {"", facts.school.urn}
        days = tuple(mark.day for mark in facts.marks if notice.covers(mark.day))
        ended = notice.outcome is NoticeOutcome.WITHDRAWN and notice.withdrawal_ground
        if ended and same_school and days and notice.withdrawal_ground not in again.items:
            yield ask(
                "withdrawn_for_these_sessions",
                Aspect.PERMITTED,
                f"{notice.reference}, which covered {said_days(days)}, was withdrawn on a ground after which "
                f"no corrected notice follows ({again.confidence.value}).",
                "Choose other sessions; the senior officer may record why a notice is issued all the same.",
                again,
                of=SENIOR,
            )


def ladder_free(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """Fewer notices than the limit count on the day of issue."""
    found = ladder(facts.earlier, facts.posting_on, rules.book)
    said = " ".join(found.sentences)
    if found.free_on is not None:
        yield bar(
            "limit_reached",
            Aspect.PERMITTED,
            said,
            f"Consider another step; a notice is possible again from {said_day(found.free_on)}.",
            *found.parameters,
        )
    else:
        yield met(said, *found.parameters)


def considerations_answered(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """Each consideration that applies was answered, and with yes."""
    questions = rules.law("penalty_notice.considerations")
    came_first = improvement_that_counts(facts, rules) is not ImprovementState.NONE
    left_out = not came_first and facts.skip_ground == SUPPORT_NOT_APPROPRIATE
    support_fits = facts.kind is AbsenceKind.IRREGULAR and not left_out
    answers = {answered.question: answered.yes for answered in facts.considerations}
    for code in questions.table:
        row = row_of(questions, code)
        if row["applies"] != "always" and not support_fits:
            continue
        answer = answers.get(code)
        if answer is None:
            yield bar(
                f"{code}_unanswered",
                Aspect.EVIDENCED,
                f"Not answered: {row['text']}",
                "Answer it; without an answer no notice is issued.",
                questions,
            )
        elif not answer:
            yield bar(
                f"{code}_answered_no",
                Aspect.PERMITTED,
                f"Answered with no: {row['text']}",
                "No notice is issued. Consider support or another step.",
                questions,
            )
        else:
            yield met(f"Answered with yes: {row['text']}", questions)


def reasons_established(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """No session of the offence period stands without a reason for longer than a school has to find it."""
    limit = rules.law("register.unresolved_n_school_days")
    codes = rules.law("register.unresolved_codes")
    stale = tuple(m.day for m in facts.marks if m.code in codes.items and _stale(m.day, facts, rules))
    if stale:
        yield ask(
            "stale_n_marks",
            Aspect.EVIDENCED,
            f"No reason was established within {limit.whole} school days on {said_days(stale)} (code "
            f"{said_list(tuple(str(code) for code in codes.items))}).",
            "Ask the school to establish the reason, or record why the sessions count as they stand.",
            limit,
            codes,
        )


def _stale(day: date, facts: PenaltyNoticeFacts, rules: InForce) -> bool:
    limit = rules.law("register.unresolved_n_school_days")
    try:
        since = facts.calendar.school_days(day, rules.on)
    except TermDatesNotKnown:
        return True
    return len(since) - 1 > limit.whole


def earlier_notices_checked(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """Earlier notices were asked after since the last absence: of the parent or school, and elsewhere."""
    limit = rules.law("penalty_notice.limit_count")
    last = facts.offence_until
    asked = facts.earlier_notices_asked_on
    if asked is None or asked < last:
        yield ask(
            "earlier_notices_not_asked",
            Aspect.EVIDENCED,
            "Nobody has asked the school or the parent about earlier notices." + _too_early(asked),
            "Ask and record the answer, or record why not.",
            limit,
        )
    elsewhere = home_is_elsewhere(facts) or facts.child.schooled_elsewhere
    checked = facts.cross_border_checked_on
    if elsewhere and (checked is None or checked < last):
        yield ask(
            "cross_border_check_missing",
            Aspect.EVIDENCED,
            "The child lives, or was at school, in another authority, which was not asked about notices."
            + _too_early(checked),
            "Ask that authority and record the answer, or record why not.",
            limit,
        )


def _too_early(asked: date | None) -> str:
    """Return the sentence about a question that was put before the last absence: it does not count."""
    return f" The last question, of {said_day(asked)}, came before the last absence." if asked else ""


def issuer_entitled(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """The person who issues holds authority on the day."""
    yield from authority_held(facts.issuer, facts.school.urn, rules)


def issuer_has_decided(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """The person who issues has decided: by an account of their own, or in a writing that is on file."""
    issuers = rules.law("penalty_notice.issuers")
    name = facts.issuer.name
    match facts.issuer_decided:
        case IssuerDecided.BY_OWN_ACCOUNT:
            yield met(f"{name} decides by an account of their own.", issuers)
        case IssuerDecided.IN_WRITING:
            yield met(f"The written decision of {name} is on file.", issuers)
        case IssuerDecided.NOT:
            yield bar(
                "issuer_has_not_decided",
                Aspect.EVIDENCED,
                f"{name} is to issue the notice and has not decided: this is another's account.",
                f"Let {name} decide by an account of their own, or file the signed decision with this step.",
                issuers,
            )


def posted_in_time(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """On the day of posting proceedings may still begin, at least for the latest day of the offence.

    Afterwards nobody may be taken to court, of which the notice warns (MCA 1980 s.127).
    """
    limit = time_limit(facts.offence_from, facts.offence_until, rules.book)
    if facts.posting_on > limit.latest_limit:
        yield bar(
            "time_limit_passed",
            Aspect.PERMITTED,
            f"On {said_day(facts.posting_on)} nobody may be taken to court for this absence: for its first "
            f"day, {said_day(limit.earliest_offence)}, proceedings had to begin by "
            f"{said_day(limit.earliest_limit)}, and for its last, {said_day(limit.latest_offence)}, by "
            f"{said_day(limit.latest_limit)}.",
            "Choose later sessions, or another step.",
            *limit.parameters,
        )


def prosecution_still_fits(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """Payment, the school's answer and preparation fit before the limit of the earliest offence day.

    After the limit of the latest day this is not asked: no reason makes up for that.
    """
    limit = time_limit(facts.offence_from, facts.offence_until, rules.book)
    rung = ladder(facts.earlier, facts.posting_on, rules.book)
    if rung.full is None or facts.posting_on > limit.latest_limit:
        return
    service = Service(ServedBy.FIRST_CLASS_POST, facts.posting_on)
    receipt = receipt_of(service, facts.working_days, rules.book)
    clock = payment_clock(
        receipt.on, full=rung.full, reduced=rung.reduced, book=rules.book, issued_on=facts.posting_on
    )
    time = time_to_prosecute(clock, limit, rules.book, facts.posting_on)
    said = " ".join(time.sentences)
    if time.fits:
        yield met(said, *time.parameters)
    else:
        yield ask(
            "time_limit_too_near",
            Aspect.PERMITTED,
            said,
            "Record why a notice is right although a prosecution would come late, or choose another step.",
            *time.parameters,
        )
