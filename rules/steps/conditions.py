"""Conditions that several legal steps share: the school, each session, the recipient, and support first.

- Age, enrolment and the basis as a parent are tested on each session's own day, never on the day of the step.
- A local authority with care of a child is never a recipient.
- Support first is asked of every step except leave of absence.

Sources: EA 1996 ss.8, 444, 444A, 444B and 576; the national framework; the authority's code of conduct.
"""

from collections.abc import Iterator
from typing import Protocol

from rules.findings import Aspect
from rules.school_age import school_age
from rules.steps.facts import (
    AbsenceKind,
    Basis,
    ChildFacts,
    ParentFacts,
    SchoolFacts,
    SessionMark,
    Threshold,
)
from rules.steps.guard import SENIOR, Check, Condition, InForce, ask, bar, met, row_of
from rules.wording import said_count, said_day, said_days, said_list


class Offence(Protocol):
    """What a notice rests on, whichever notice it is."""

    @property
    def kind(self) -> AbsenceKind:
        """What the notice is about."""

    @property
    def school(self) -> SchoolFacts:
        """The school."""

    @property
    def child(self) -> ChildFacts:
        """The child."""

    @property
    def parent(self) -> ParentFacts:
        """The recipient."""

    @property
    def threshold(self) -> Threshold:
        """The threshold with marks not used before."""

    @property
    def marks(self) -> tuple[SessionMark, ...]:
        """The sessions that the notice rests on."""

    @property
    def support_recorded(self) -> int:
        """How many acts of support stand on record."""

    @property
    def consulted(self) -> frozenset[str]:
        """Who was consulted about the child."""


def school_under_the_law(facts: Offence, rules: InForce) -> Iterator[Check]:
    """The law applies to a school of this type."""
    name = facts.school.establishment_type
    types = rules.law("penalty_notice.schools_where_the_law_applies")
    row = row_of(types, name)
    if not row:
        yield bar(
            "school_type_not_judged",
            Aspect.PERMITTED,
            f"Whether a notice may be issued at a school of the type “{name}” is not settled.",
            "Ask Legal Services; nothing may be issued until the type is listed.",
            types,
        )
    elif row["applies"] is not True:
        yield bar(
            "school_outside_the_law",
            Aspect.PERMITTED,
            f"No penalty notice may be issued at a school of the type “{name}”.",
            "Support the family with the school in other ways.",
            types,
        )
    else:
        yield met(f"The law applies to a school of the type “{name}”.", types)


def school_in_the_area(facts: Offence, rules: InForce) -> Iterator[Check]:
    """The school lies in the authority's area."""
    codes = rules.law("penalty_notice.issuers")
    if facts.school.la_code == facts.school.authority_la_code:
        yield met("The school lies in the authority's area.", codes)
    else:
        yield bar(
            "school_in_another_area",
            Aspect.PERMITTED,
            f"The school lies in the area of authority {facts.school.la_code}, not in this authority's.",
            "The authority in whose area the school lies acts; tell it.",
            codes,
        )


def sessions_unauthorised(facts: Offence, rules: InForce) -> Iterator[Check]:
    """The register shows each session as an unauthorised absence."""
    codes = rules.law("penalty_notice.threshold_codes")
    authorised = tuple(mark.day for mark in facts.marks if mark.code not in codes.items)
    if not facts.marks:
        yield bar(
            "no_offence_sessions",
            Aspect.EVIDENCED,
            "The register shows no unauthorised session in the offence period.",
            "Choose the offence period by the register.",
            codes,
        )
    elif authorised:
        yield bar(
            "mark_not_unauthorised",
            Aspect.EVIDENCED,
            f"The register does not show an unauthorised absence on {said_days(authorised)}.",
            "Choose the sessions anew by the register.",
            codes,
        )
    else:
        yield met(f"The register shows {said_count(len(facts.marks), 'unauthorised session')}.", codes)


def sessions_in_school_age(facts: Offence, rules: InForce) -> Iterator[Check]:
    """The child was of compulsory school age on each session's day."""
    age = school_age(facts.child.date_of_birth, rules.book, rules.on)
    outside = tuple(mark.day for mark in facts.marks if not age.holds_on(mark.day))
    lasts = f"Compulsory school age lasts from {said_day(age.first)} to {said_day(age.last)}"
    if outside:
        yield bar(
            "session_outside_school_age",
            Aspect.PERMITTED,
            f"{lasts}, and so not on {said_days(outside)}.",
            "Leave these sessions out, or do not take this step.",
            *age.parameters,
        )
    else:
        yield met(f"{lasts}, and covers each session.", *age.parameters)


def sessions_on_roll(facts: Offence, _rules: InForce) -> Iterator[Check]:
    """The child was on the school's roll on each session's day."""
    outside = tuple(mark.day for mark in facts.marks if not facts.child.on_roll(mark.day))
    if outside:
        yield bar(
            "session_outside_enrolment",
            Aspect.PERMITTED,
            f"The child was not on this school's roll on {said_days(outside)}.",
            "Leave these sessions out, or correct the enrolment.",
        )
    else:
        yield met("The child was on this school's roll on the day of each session.")


def recipient_is_a_parent(facts: Offence, rules: InForce) -> Iterator[Check]:
    """The recipient is a person with a recorded basis as a parent on the day of each session."""
    bases = rules.law("parent.bases")
    if facts.parent.is_local_authority:
        yield bar(
            "recipient_is_an_authority",
            Aspect.PERMITTED,
            "A local authority that has care of a child is not one to be fined.",
            "Choose a person who is a parent, or do not take this step.",
            bases,
        )
        return
    held = [h for h in facts.parent.bases if row_of(bases, h.basis).get("may_be_fined") is True]
    if not held:
        yield bar(
            "recipient_without_basis",
            Aspect.PERMITTED,
            "No basis is recorded on which this adult is a parent of the child.",
            "Record the basis with its evidence, or choose another recipient.",
            bases,
        )
        return
    yield _basis_covers(held, facts.marks, rules)


def _basis_covers(held: list[Basis], marks: tuple[SessionMark, ...], rules: InForce) -> Check:
    bases = rules.law("parent.bases")
    uncovered = tuple(mark.day for mark in marks if not any(basis.days.holds_on(mark.day) for basis in held))
    if uncovered:
        return bar(
            "recipient_not_parent_on_session",
            Aspect.PERMITTED,
            f"The recorded basis as a parent does not cover {said_days(uncovered)}.",
            "Leave these sessions out, or correct the days of the basis.",
            bases,
        )
    names = said_list(tuple(str(row_of(bases, basis.basis)["text"]) for basis in held))
    return met(f"The recipient is a parent of the child: {names}.", bases)


def recipient_address_known(facts: Offence, _rules: InForce) -> Iterator[Check]:
    """A usual or last known address is recorded, to which the notice can go."""
    if not facts.parent.address_known:
        yield bar(
            "recipient_address_unknown",
            Aspect.EVIDENCED,
            "No usual or last known address of the recipient is recorded.",
            "Ask the school for the address.",
        )


def threshold_met(facts: Offence, rules: InForce) -> Iterator[Check]:
    """The threshold was met; below it an officer may act at discretion, with a reason."""
    need = rules.law("penalty_notice.threshold_sessions")
    weeks = rules.law("penalty_notice.threshold_window_school_weeks")
    if facts.threshold.met_on is not None:
        yield met(
            f"The threshold of {need.whole} sessions in {weeks.whole} school weeks was met on "
            f"{said_day(facts.threshold.met_on)}.",
            need,
            weeks,
        )
        return
    found = said_count(len(facts.threshold.marks), "session")
    yield ask(
        "below_threshold",
        Aspect.PERMITTED,
        f"{found} in any window of {weeks.whole} school weeks: the threshold of {need.whole} is not met.",
        "Record why the step is right below the threshold.",
        need,
        weeks,
    )


def support_first(facts: Offence, rules: InForce) -> Iterator[Check]:
    """Support was given or offered and is recorded; not asked of leave of absence."""
    if facts.kind is AbsenceKind.LEAVE_OF_ABSENCE:
        return
    kinds = rules.policy("support.kinds")
    if facts.support_recorded:
        yield met(f"Support on record: {said_count(facts.support_recorded, 'act')}.", kinds)
        return
    yield ask(
        "support_not_recorded",
        Aspect.AGREED,
        "No support for this pupil is recorded.",
        "Record what was offered, or why support first does not fit.",
        kinds,
        of=SENIOR,
    )


def home_is_elsewhere(facts: Offence) -> bool:
    """Say whether the child's home is known to lie in another authority."""
    home = facts.child.home_la_code
    return home is not None and home != facts.school.authority_la_code


THE_LAW: tuple[Condition[Offence], ...] = (
    school_under_the_law,
    school_in_the_area,
    sessions_unauthorised,
    sessions_in_school_age,
    sessions_on_roll,
    recipient_is_a_parent,
    recipient_address_known,
)
