"""What an act is about, and what its fields may be filled with: read, so that nobody has to type a key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from attendance.domain.errors import NotFound
from attendance.domain.people import ParentBasis, StaffMember, StaffRole
from attendance.services.issuers import AUTHORISED
from attendance.services.reading.asking import enrolments_seen
from attendance.services.requests import criteria
from attendance.services.reviews import notice_of_review, told_of_review
from attendance.services.work import Work
from attendance.store.queries import accounts
from attendance.store.tables.base import Base
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import (
    EarlierNoticeRow,
    NoticeCheckRow,
    NoticeToImproveRow,
    PenaltyNoticeRow,
)
from attendance.store.tables.requests import RequestRow
from attendance.store.tables.reviews import RepresentationRow, ReviewRow
from rules.law import Plain
from rules.roles import Role
from rules.steps.consulting import consultees
from rules.steps.guard import InForce
from rules.wording import said_day

_OF_PUPIL = {
    "C": CaseRow,
    "RQ": RequestRow,
    "NTI": NoticeToImproveRow,
    "PN": PenaltyNoticeRow,
    "EN": EarlierNoticeRow,
    "NC": NoticeCheckRow,
}
_OF_CASE = {"LT": LetterRow, "RP": RepresentationRow, "RV": ReviewRow}
_ISSUERS = frozenset(
    {
        StaffRole.HEAD,
        StaffRole.AUTHORISED_DEPUTY,
        StaffRole.AUTHORISED_ASSISTANT,
        StaffRole.AUTHORISED_OFFICER,
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a field may be filled with."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What an act is about, as far as it is known: the matter, the pupil and the school.

    `notice` is the notice that a review or representations are about, `told` what is known of it.
    """

    reference: str = ""
    case: str = ""
    pupil_id: int | None = None
    pupil: str = ""
    school_urn: str = ""
    school: str = ""
    adult_id: int | None = None
    request: str = ""
    notice: str = ""
    told: tuple[str, ...] = ()


def about_matter(work: Work, reference: str) -> About:
    """Return what an act on a matter is about; raises `NotFound` where the actor may not see it."""
    prefix = reference.partition("-")[0]
    if prefix in _OF_CASE:
        row = _row(work, _OF_CASE[prefix], reference)
        case_id = int(getattr(row, "case_id"))  # noqa: B009
        found = about_pupil_of(work, work.matters.get(CaseRow, case_id), reference)
        notice, told = _told(work, row)
        return replace(found, reference=reference, notice=notice, told=told)
    if prefix not in _OF_PUPIL:
        return About(reference=reference)
    return about_pupil_of(work, _row(work, _OF_PUPIL[prefix], reference), reference)


def _told(work: Work, row: Base) -> tuple[str, tuple[str, ...]]:
    """Return the reference of the notice that a matter is about, and what is known of it; else nothing."""
    if isinstance(row, RepresentationRow):
        notice = work.matters.get(PenaltyNoticeRow, row.penalty_notice_id)
        return notice.reference, (f"Received on {said_day(row.received_on)}:", row.said)
    if isinstance(row, ReviewRow):
        told = told_of_review(row.sessions_before, row.sessions_after, threshold_stands=row.threshold_stands)
        return notice_of_review(work, row).reference, told
    return "", ()


def about_pupil(work: Work, pupil_id: int, school_urn: str = "") -> About:
    """Return what an act on a pupil is about; raises `NotFound` for one the actor may not see."""
    pupil = work.people.pupil(pupil_id)
    urns = [one.school_urn for one in enrolments_seen(work, pupil_id)]
    urn = school_urn if school_urn in urns else (urns[-1] if urns else "")
    school = work.people.school(urn).name if urn else ""
    return About(pupil_id=pupil_id, pupil=pupil.name, school_urn=urn, school=school)


def about_school(work: Work, school_urn: str) -> About:
    """Return what an act on a school is about; raises `NotFound` for one the actor may not see."""
    if not work.actor.may_see(school_urn):
        raise NotFound("school", school_urn)
    return About(school_urn=school_urn, school=work.people.school(school_urn).name)


def about_pupil_of(work: Work, row: Base, reference: str) -> About:
    """Return what an act on a row that names a pupil is about."""
    pupil_id = int(getattr(row, "pupil_id"))  # noqa: B009 - whichever table it is
    urn = str(getattr(row, "school_urn", ""))
    found = about_pupil(work, pupil_id, urn)
    if urn and not work.actor.may_see(urn):
        raise NotFound("matter", reference)
    case_id = getattr(row, "case_id", None)
    case = work.matters.get(CaseRow, case_id).reference if case_id else ""
    if isinstance(row, CaseRow):
        case = row.reference
    adult = getattr(row, "adult_id", None)
    request = row.reference if isinstance(row, RequestRow) else ""
    return About(reference, case, found.pupil_id, found.pupil, found.school_urn, found.school, adult, request)


def choices(work: Work, act: str, field: str, about: About) -> tuple[Choice, ...]:
    """Return what a field of an act may be filled with; nothing where that is for the person to say."""
    find = _CHOICES.get(f"{act} {field}") or _CHOICES.get(field)
    return find(work, about) if find else ()


def _row(work: Work, kind: type[Base], reference: str) -> Base:
    row = work.matters.by_reference(kind, reference)
    if row is None:
        raise NotFound("matter", reference)
    return row


def _parents(work: Work, about: About) -> tuple[Choice, ...]:
    if about.pupil_id is None:
        return ()
    found = work.people.parents_of(about.pupil_id, work.on)
    return tuple(
        Choice(
            str(parent.adult.id),
            parent.adult.name,
            f"{_basis(parent.link.basis)}. "
            + ("Lives with the child" if parent.link.lives_with else "Does not live with the child"),
        )
        for parent in found
    )


def _basis(basis: ParentBasis) -> str:
    text = "no basis as a parent" if basis is ParentBasis.NONE else basis.value.replace("_", " ")
    return text[:1].upper() + text[1:]


def _issuers(work: Work, about: About) -> tuple[Choice, ...]:
    staff = (*work.people.staff(None, on=work.on), *_of_school(work, about))
    return tuple(_person(one) for one in staff if one.role in _ISSUERS)


def _heads(work: Work, about: About) -> tuple[Choice, ...]:
    return tuple(_person(one) for one in _of_school(work, about) if one.role is StaffRole.HEAD)


def _authorised(work: Work, about: About) -> tuple[Choice, ...]:
    return tuple(_person(one) for one in _of_school(work, about) if one.role in AUTHORISED)


def _of_school(work: Work, about: About) -> tuple[StaffMember, ...]:
    return work.people.staff(about.school_urn, on=work.on) if about.school_urn else ()


def _person(one: StaffMember) -> Choice:
    return Choice(str(one.id), one.name, one.role.value.replace("_", " "))


def _officers(work: Work, _about: About) -> tuple[Choice, ...]:
    wanted = {Role.OFFICER, Role.SENIOR_OFFICER}
    found = accounts.accounts(work.opened.session)
    return tuple(Choice(one.name, one.name) for one in found if one.active and one.role in wanted)


def _support_kinds(work: Work, _about: About) -> tuple[Choice, ...]:
    return _of_table(work.book.policy("support.kinds", work.on).table)


def _early_end(work: Work, _about: About) -> tuple[Choice, ...]:
    return _of_table(work.book.law("notice_to_improve.early_end_grounds", work.on).table)


def _withdrawal(work: Work, _about: About) -> tuple[Choice, ...]:
    return _of_table(work.book.law("penalty_notice.withdrawal_grounds", work.on).table)


def _skipping(work: Work, _about: About) -> tuple[Choice, ...]:
    law = work.book.law("notice_to_improve.not_needed_grounds", work.on).table
    local = work.book.policy("notice_to_improve.not_needed_grounds", work.on).table
    return (*_of_table(law), *_of_table(local))


def _evidence(work: Work, about: About) -> tuple[Choice, ...]:
    row = work.matters.by_reference(RequestRow, about.reference)
    if row is None:
        return ()
    table = criteria.required_evidence(work).table
    texts = {choice.value: choice.text for choice in _of_table(table)}
    other = "Something else that bears on the request"
    return tuple(Choice(item, texts.get(item, other)) for item in criteria.evidence_items(work, row))


def _questions(work: Work, _about: About) -> tuple[Choice, ...]:
    return _of_table(work.book.law("penalty_notice.considerations", work.on).table)


def _consulted(work: Work, _about: About) -> tuple[Choice, ...]:
    known = consultees(InForce(work.book, work.on))
    return tuple(Choice(one.code, one.text[:1].upper() + one.text[1:]) for one in known)


def _schools(work: Work, about: About) -> tuple[Choice, ...]:
    if about.pupil_id is None:
        return ()
    urns = dict.fromkeys(one.school_urn for one in work.people.enrolments_of(about.pupil_id))
    return tuple(Choice(urn, work.people.school(urn).name) for urn in urns if work.actor.may_see(urn))


def _own_school(_work: Work, about: About) -> tuple[Choice, ...]:
    return (Choice(about.school_urn, about.school),) if about.school_urn else ()


def _of_table(table: Mapping[str, Plain]) -> tuple[Choice, ...]:
    return tuple(Choice(code, _text(entry)) for code, entry in table.items())


def _text(entry: object) -> str:
    return str(entry["text"]) if isinstance(entry, Mapping) else str(entry)


_CHOICES: dict[str, Callable[[Work, About], tuple[Choice, ...]]] = {
    "adult_id": _parents,
    "parents": _parents,
    "issuer_staff_id": _issuers,
    "signed_by_staff_id": _heads,
    "head_staff_id": _heads,
    "issuer.end staff_id": _authorised,
    "issuer.authorise school_urn": _own_school,
    "issuer.end school_urn": _own_school,
    "officer": _officers,
    "support.record kind": _support_kinds,
    "notice_to_improve.tell_of_early_end ground": _early_end,
    "penalty_notice.withdraw ground": _withdrawal,
    "skip_ground": _skipping,
    "item": _evidence,
    "considerations": _questions,
    "consulted": _consulted,
    "school_urn": _schools,
}
