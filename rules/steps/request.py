"""A school's request for a notice: what it must show, for leave of absence and for irregular absence.

- Leave of absence: every item of evidence, and the sessions under the code of leave. What is not met closes
  the request; it is not chased and not overridden, and the school may make a new one.
- Mixed codes go the way of irregular absence, or on the officer's recorded reason.
- Irregular absence: the threshold, support, and early help; the officer may return the request. Early help is
  the family's: what a former school offered is carried over, what another school of today offered is not.

Sources: the authority's code of conduct; the national framework.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.findings import Aspect, Finding
from rules.law import RuleBook
from rules.steps.facts import AbsenceKind, Threshold
from rules.steps.guard import SENIOR, Check, Condition, InForce, Permission, ask, bar, judge, met, row_of
from rules.wording import said_count, said_day

PRINTOUT = "registration_printout"
PARENTS = "parents"
WHEN_APPLIED = "leave_applied_for"
WHEN_NOT_APPLIED = "leave_not_applied_for"


@dataclass(frozen=True, slots=True)
class NamedParent:
    """A parent whom the school names, as it wrote the name and the address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document given for one required item, and the day on which it was made, where known."""

    item: str
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class LeaveRequestFacts:
    """What a request about leave of absence shows.

    `threshold` holds the unauthorised sessions of the best window with all their codes. `child_returned_on`
    is the day of the child's return, None while the child is away. `used` counts the unauthorised sessions of
    these days that a standing notice to the parent rests on already.
    """

    parents: tuple[NamedParent, ...]
    leave_applied_for: bool
    exceptional_considered: bool
    child_returned_on: date | None
    evidence: tuple[Evidence, ...]
    threshold: Threshold
    used: int = 0


@dataclass(frozen=True, slots=True)
class IrregularRequestFacts:
    """What a request about irregular absence shows.

    `early_help_offered_on` is the day on which the school that asks offered an Early Help Assessment, and
    `early_help_carried_over_on` that on which a school that the child has left did; None where none did.
    """

    parents: tuple[NamedParent, ...]
    threshold: Threshold
    support_recorded: int
    early_help_offered_on: date | None
    early_help_carried_over_on: date | None = None


RequestFacts = LeaveRequestFacts | IrregularRequestFacts


def criteria(facts: RequestFacts, book: RuleBook, on: date) -> Finding:
    """Return whether a request meets the criteria of its kind; this is also the guard of accepting it."""
    if isinstance(facts, LeaveRequestFacts):
        return judge(facts, InForce(book, on), LEAVE, {"kind": AbsenceKind.LEAVE_OF_ABSENCE.value})
    return judge(facts, InForce(book, on), IRREGULAR, {"kind": AbsenceKind.IRREGULAR.value})


def may_close_as_not_met(facts: RequestFacts, book: RuleBook, on: date) -> Finding:
    """Return whether a request may be closed as not met: only where a criterion is not met."""
    found = criteria(facts, book, on)
    if found.outcome != Permission.PERMITTED:
        return Finding(Permission.PERMITTED.value, found.sentences, found.facts, found.parameters)
    check = bar(
        "criteria_are_met",
        Aspect.AVAILABLE,
        "Every criterion is met.",
        "Accept the request, or refuse it with reasons.",
        *found.parameters,
    )
    return judge(facts, InForce(book, on), (lambda _facts, _rules: iter((check,)),), found.facts)


def may_return(kind: AbsenceKind, book: RuleBook, on: date) -> Finding:
    """Return whether a request may be returned for more information; one about leave of absence may not."""
    return judge(kind, InForce(book, on), (not_about_leave,), {"kind": kind.value})


def not_about_leave(kind: AbsenceKind, rules: InForce) -> Iterator[Check]:
    """A request about leave of absence is decided as it stands."""
    asked = rules.policy("leave_of_absence.more_information_asked")
    if kind is AbsenceKind.LEAVE_OF_ABSENCE and not asked.flag:
        yield bar(
            "leave_request_not_chased",
            Aspect.AGREED,
            "The school is not asked again about a leave of absence.",
            "Decide the request as it stands; the school may make a new one.",
            asked,
        )


def parents_named(facts: RequestFacts, rules: InForce) -> Iterator[Check]:
    """At least one parent is named, each with full name and address."""
    items = rules.policy("leave_of_absence.required_evidence")
    complete = all(parent.name.strip() and parent.address.strip() for parent in facts.parents)
    if facts.parents and complete:
        yield met(f"Named with name and address: {said_count(len(facts.parents), 'parent')}.", items)
    else:
        yield bar(
            "parents_missing",
            Aspect.EVIDENCED,
            "The full name and address of each parent for whom a notice is asked are not all given.",
            "Name each parent with the full address.",
            items,
        )


def evidence_complete(facts: LeaveRequestFacts, rules: InForce) -> Iterator[Check]:
    """Each document that the local code requires is there."""
    items = rules.policy("leave_of_absence.required_evidence")
    given = {document.item for document in facts.evidence}
    not_asked = WHEN_NOT_APPLIED if facts.leave_applied_for else WHEN_APPLIED
    for item in items.table:
        row = row_of(items, item)
        if item == PARENTS or row["when"] == not_asked:
            continue
        if item in given:
            yield met(f"Given: {row['text']}.", items)
        else:
            yield bar(
                f"{item}_missing",
                Aspect.EVIDENCED,
                f"Missing: {row['text']}.",
                "The school gives it with the request. One that was sent without it is closed as not met.",
                items,
            )


def printout_after_return(facts: LeaveRequestFacts, rules: InForce) -> Iterator[Check]:
    """The printout was made after the child's return."""
    items = rules.policy("leave_of_absence.required_evidence")
    made = [document.made_on for document in facts.evidence if document.item == PRINTOUT]
    if facts.child_returned_on is None:
        yield bar(
            "child_not_returned",
            Aspect.EVIDENCED,
            "No day of the child's return is given.",
            "Ask for the notice after the child has returned.",
            items,
        )
    elif made and not any(day is not None and day >= facts.child_returned_on for day in made):
        yield bar(
            "printout_before_return",
            Aspect.EVIDENCED,
            f"The printout was not made after the child's return on {said_day(facts.child_returned_on)}.",
            "Print the register anew.",
            items,
        )


def exceptional_circumstances_considered(facts: LeaveRequestFacts, rules: InForce) -> Iterator[Check]:
    """The school considered exceptional circumstances, and its letter says so."""
    if not facts.exceptional_considered:
        yield bar(
            "exceptional_circumstances_not_considered",
            Aspect.EVIDENCED,
            "The school does not say that it considered exceptional circumstances.",
            "Consider them and say so in the letter.",
            rules.policy("leave_of_absence.required_evidence"),
        )


def enough_sessions_of_leave(facts: LeaveRequestFacts, rules: InForce) -> Iterator[Check]:
    """Enough sessions carry the code of leave; mixed codes ask for the officer's reason."""
    need = rules.policy("leave_of_absence.sessions")
    code = rules.policy("leave_of_absence.code")
    leave = sum(mark.code == code.text for mark in facts.threshold.marks)
    every = len(facts.threshold.marks)
    said = f"{said_count(leave, 'session')} of leave among {every} unauthorised; {need.whole} are needed"
    if facts.used:
        said += f". {said_count(facts.used, 'more session')} stand in a notice to this parent already"
    if facts.threshold.met_on is None or every < need.whole:
        yield bar(
            "too_few_sessions",
            Aspect.AGREED,
            f"{said}.",
            "No notice is asked for; the school may ask again when there are enough.",
            need,
            code,
        )
    elif leave < need.whole:
        yield ask(
            "mixed_codes",
            Aspect.AGREED,
            f"{said}: the codes are mixed.",
            "Go the way of irregular absence, or record why this is a leave of absence.",
            need,
            code,
        )
    else:
        yield met(f"{said}.", need, code)


def threshold_or_reason(facts: IrregularRequestFacts, rules: InForce) -> Iterator[Check]:
    """The threshold was met; below it the officer records why."""
    need = rules.law("penalty_notice.threshold_sessions")
    if facts.threshold.met_on is None:
        yield ask(
            "below_threshold",
            Aspect.PERMITTED,
            f"{said_count(len(facts.threshold.marks), 'session')}; the threshold of {need.whole} is not met.",
            "Record why the request is taken below the threshold, or refuse it.",
            need,
        )
    else:
        yield met(f"The threshold was met on {said_day(facts.threshold.met_on)}.", need)


def support_on_record(facts: IrregularRequestFacts, rules: InForce) -> Iterator[Check]:
    """Support is recorded."""
    kinds = rules.policy("support.kinds")
    if facts.support_recorded:
        yield met(f"Support on record: {said_count(facts.support_recorded, 'act')}.", kinds)
    else:
        yield ask(
            "support_not_recorded",
            Aspect.AGREED,
            "No support for this pupil is recorded.",
            "Return the request to the school; the senior officer may record why support first does not fit.",
            kinds,
            of=SENIOR,
        )


def early_help_offered(facts: IrregularRequestFacts, rules: InForce) -> Iterator[Check]:
    """This school offered an Early Help Assessment, or one that the child has left since."""
    stage = rules.policy("support.early_help_assessment_from_stage")
    carries = rules.policy("support.early_help_carried_over")
    carried = facts.early_help_carried_over_on if carries.flag else None
    if facts.early_help_offered_on is not None:
        yield met(f"Early Help Assessment offered on {said_day(facts.early_help_offered_on)}.", stage)
    elif carried is not None:
        yield met(
            f"Early Help Assessment offered on {said_day(carried)} at a school that the child has left; "
            "it is the family's and carried over.",
            stage,
            carries,
        )
    else:
        yield ask(
            "early_help_not_offered",
            Aspect.AGREED,
            "No offer of an Early Help Assessment by this school, or one the child has left, is recorded.",
            "Return the request to the school, or record why none was offered.",
            stage,
            carries,
        )


LEAVE: tuple[Condition[LeaveRequestFacts], ...] = (
    parents_named,
    evidence_complete,
    printout_after_return,
    exceptional_circumstances_considered,
    enough_sessions_of_leave,
)
IRREGULAR: tuple[Condition[IrregularRequestFacts], ...] = (
    parents_named,
    threshold_or_reason,
    support_on_record,
    early_help_offered,
)
