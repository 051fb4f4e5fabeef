"""The statutory record of notices in one export: tables, and a copy of every notice as it was served.

Source: Education (Penalty Notices) (England) Regulations 2007 (SI 2007/1867), reg. 20.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.reports.notice_record import NoticeEntry, PaymentEntry, write_record
from attendance.services.record_export import FolderInTheWay
from attendance.store.documents import Documents
from attendance.store.keys import make_folder
from attendance.store.matters import Matters
from attendance.store.people import People
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow, RefundRow
from attendance.store.tables.notices import EarlierNoticeRow, PenaltyNoticeRow
from attendance.store.unit_of_work import Store

PROSECUTED = {PenaltyNoticeState.HANDED_OVER: "handed over to Legal Services"}


@dataclass(frozen=True, slots=True)
class Exported:
    """How many notices, payments and copies the export holds."""

    notices: int
    payments: int
    copies: int


def export_notice_record(
    store: Store, folder: Path, *, since: date | None = None, until: date | None = None
) -> Exported:
    """Write the record of every notice issued between two days (all without them) into a new folder.

    Raises `FolderInTheWay`.
    """
    if folder.exists():
        raise FolderInTheWay(folder)
    copies = folder / "copies"
    make_folder(folder)
    make_folder(copies)
    with store.read() as session:
        matters, people, documents = Matters(session), People(session), Documents(session)
        rows = [row for row in matters.find(PenaltyNoticeRow) if _in_record(row, since, until)]
        entries, held = [], 0
        for row in rows:
            served = _served(row, matters)
            entries.append(_own(row, served[-1], matters, people))
            for number, letter in enumerate(served, start=1):
                name = row.reference if number == len(served) else f"{row.reference}-served-before-{number}"
                (copies / f"{name}.pdf").write_bytes(documents.get(letter.pdf_sha256).content)
                held += 1
        payments = tuple(entry for row in rows for entry in _payments(row, matters))
        others = [row for row in matters.find(EarlierNoticeRow) if _between(row.issued_on, since, until)]
        notices = (*entries, *(_other(row, people) for row in others))
        write_record(folder, notices, payments)
    return Exported(len(notices), len(payments), held)


def _between(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _in_record(row: PenaltyNoticeRow, since: date | None, until: date | None) -> bool:
    return row.issued_on is not None and _between(row.issued_on, since, until)


def _served(row: PenaltyNoticeRow, matters: Matters) -> tuple[LetterRow, ...]:
    letters = matters.find(
        LetterRow, subject_kind=row.__tablename__, subject_id=row.id, name="penalty_notice"
    )
    return tuple(letter for letter in letters if letter.served_on is not None)


def _own(row: PenaltyNoticeRow, letter: LetterRow, matters: Matters, people: People) -> NoticeEntry:
    assert row.issued_on is not None
    payments = matters.find(PaymentRow, penalty_notice_id=row.id)
    state = PenaltyNoticeState(row.state)
    withdrawn = state is PenaltyNoticeState.WITHDRAWN
    return NoticeEntry(
        reference=row.reference,
        issued_on=row.issued_on,
        issued_by=people.staff_member(row.issuer_staff_id).name,
        authority_to_issue=row.issuer_capacity,
        code_of_conduct=row.code_of_conduct,
        recipient=letter.addressee,
        address_as_posted=letter.address_as_posted.replace("\n", ", "),
        child=people.pupil(row.pupil_id).name,
        school_urn=row.school_urn,
        absence=row.absence_kind,
        offence_from=row.offence_from,
        offence_until=row.offence_until,
        rung=row.rung,
        full_pence=row.full_pence,
        reduced_pence=row.reduced_pence,
        received_on=row.received_on,
        reduced_until=row.reduced_until,
        payable_until=row.payable_until,
        paid_pence=sum(payment.pence for payment in payments),
        discharged_on=row.paid_on,
        withdrawn_on=row.ended_on if withdrawn else None,
        withdrawal_ground=row.withdrawal_ground,
        prosecuted=PROSECUTED.get(state, "no"),
        copy_sha256=letter.pdf_sha256,
    )


def _other(row: EarlierNoticeRow, people: People) -> NoticeEntry:
    return NoticeEntry(
        reference=row.reference,
        issued_on=row.issued_on,
        issued_by=row.issued_by,
        authority_to_issue="recorded, not issued here",
        code_of_conduct="",
        recipient=people.adult(row.adult_id).name,
        address_as_posted="",
        child=people.pupil(row.pupil_id).name,
        school_urn="",
        absence=row.kind,
        offence_from=row.offence_from,
        offence_until=row.offence_until,
        rung="",
        full_pence=None,
        reduced_pence=None,
        received_on=None,
        reduced_until=None,
        payable_until=None,
        paid_pence=0,
        discharged_on=None,
        withdrawn_on=row.withdrawn_on,
        withdrawal_ground="",
        prosecuted="not known",
        copy_sha256="",
    )


def _payments(row: PenaltyNoticeRow, matters: Matters) -> list[PaymentEntry]:
    return [
        PaymentEntry(
            notice=row.reference,
            received_on=payment.received_on,
            pence=payment.pence,
            judged=payment.judged,
            refunded_pence=sum(refund.pence for refund in matters.find(RefundRow, payment_id=payment.id)),
        )
        for payment in matters.find(PaymentRow, penalty_notice_id=row.id)
    ]
