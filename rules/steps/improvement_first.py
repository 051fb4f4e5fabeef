"""Whether a Notice to Improve came before a penalty notice, about the same absence.

- One that ended counts for the absence that it was about: the offence begins before its period ends, and its
  last session lies within so many school weeks of that end. An old one does not come first for ever.
- Where none counts, a listed ground is recorded, or the senior officer says why.

Sources: the national framework for penalty notices; the authority's code of conduct.
"""

from collections.abc import Iterator, Mapping

from rules.errors import TermDatesNotKnown
from rules.findings import Aspect
from rules.law_table import Plain
from rules.steps.facts import AbsenceKind, Span
from rules.steps.guard import SENIOR, Check, InForce, ask, bar, met
from rules.steps.penalty_facts import ImprovementState, PenaltyNoticeFacts
from rules.wording import said_day


def improvement_that_counts(facts: PenaltyNoticeFacts, rules: InForce) -> ImprovementState:
    """Return where the notice to improve stands that came before for the same absence; `NONE` without one."""
    running = facts.improvement is ImprovementState.RUNNING
    return facts.improvement if running or _same_absence(facts, rules) else ImprovementState.NONE


def _same_absence(facts: PenaltyNoticeFacts, rules: InForce) -> bool:
    about = facts.improvement_about
    if about is None or about.until is None:
        return False
    if facts.offence_from > about.until or facts.offence_until < about.since:
        return False
    if facts.offence_until <= about.until:
        return True
    most = rules.law("notice_to_improve.same_absence_school_weeks")
    try:
        weeks = facts.calendar.school_weeks(about.until, facts.offence_until)
    except TermDatesNotKnown:
        return False
    return len(weeks) <= most.whole


def _about_other_absence(about: Span, grounds: Mapping[str, Plain], rules: InForce) -> Check:
    ended = f" ended on {said_day(about.until)} and" if about.until else ""
    return ask(
        "notice_to_improve_about_other_absence",
        Aspect.PERMITTED,
        f"The last notice to improve{ended} was about other absence.",
        f"Send another one, record a ground ({_in_words(grounds)}), or record why not.",
        rules.law("notice_to_improve.same_absence_school_weeks"),
        rules.law("notice_to_improve.not_needed_grounds"),
        of=SENIOR,
    )


def _in_words(grounds: Mapping[str, Plain]) -> str:
    return "; ".join(str(text) for text in grounds.values())


def notice_to_improve_first(facts: PenaltyNoticeFacts, rules: InForce) -> Iterator[Check]:
    """A notice to improve ended without improvement, or a ground on which none is needed is recorded."""
    if facts.kind is not AbsenceKind.IRREGULAR:
        return
    local = rules.policy("notice_to_improve.not_needed_grounds")
    national = rules.law("notice_to_improve.not_needed_grounds")
    grounds = {**national.table, **local.table}
    grounds.pop(AbsenceKind.LEAVE_OF_ABSENCE, None)
    match improvement_that_counts(facts, rules):
        case ImprovementState.NOT_IMPROVED | ImprovementState.ENDED_EARLY:
            yield met("A notice to improve ended without improvement.", national)
        case ImprovementState.RUNNING:
            yield bar(
                "notice_to_improve_running",
                Aspect.AVAILABLE,
                "A notice to improve is still running.",
                "Wait for its review, or end it early on a stated ground.",
                national,
            )
        case ImprovementState.IMPROVED:
            yield ask(
                "attendance_had_improved",
                Aspect.PERMITTED,
                "The last notice to improve ended with improvement.",
                "Send another one, or record why a penalty notice is right now.",
                national,
                of=SENIOR,
            )
        case ImprovementState.NONE if facts.skip_ground in grounds:
            yield met(f"No notice to improve was needed: {grounds[facts.skip_ground]}.", national, local)
        case ImprovementState.NONE if facts.improvement_about is not None:
            yield _about_other_absence(facts.improvement_about, grounds, rules)
        case _:
            yield ask(
                "notice_to_improve_missing",
                Aspect.PERMITTED,
                "No notice to improve came first, and no listed ground for leaving it out is recorded.",
                f"Send one, record a ground ({_in_words(grounds)}), or record why not.",
                national,
                local,
                of=SENIOR,
            )
