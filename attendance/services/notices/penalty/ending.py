"""The end of an unpaid or mistaken Penalty Notice: withdrawn, or handed over for prosecution.

- A notice is withdrawn on a listed ground only, in writing, by an authorised officer; what was paid goes
  back, and no letter about it that was prepared before still goes.
- An officer may go on without the school, with the reason on record.
- The papers are handed over complete, before the six months of the last session are over.
"""

import json
from datetime import date

from attendance.domain.errors import BadInput
from attendance.domain.people import StaffRole
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.penalty_notice import TABLE, PenaltyNoticeState
from attendance.services.acts import SCHOOLS_AND_OFFICERS, act
from attendance.services.duties import refresh_payment
from attendance.services.inputs import Code, Key, OfMatter, Sha256, Words
from attendance.services.letters import about_penalty, common
from attendance.services.letters.overtaken import stop_for_withdrawal
from attendance.services.notices import facts
from attendance.services.notices.finishing import finish
from attendance.services.notices.penalty.clocks import (
    limit_of,
    payment_facts,
    representations_open,
    review_open,
    running_clock,
)
from attendance.services.payments import given_back
from attendance.services.reviews import end_reviews
from attendance.services.work import Done, Work
from attendance.store.tables.cases import DecisionRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import ExhibitRow, PenaltyNoticeRow
from rules.steps.facts import IssuingPerson
from rules.steps.hand_over import HandOverFacts, ProceedFacts, may_hand_over, may_proceed_all_the_same
from rules.steps.unpaid import Answer
from rules.steps.withdrawal import WithdrawalFacts, may_withdraw

PREPARING = frozenset({PenaltyNoticeState.PROSECUTION_SUPPORTED, PenaltyNoticeState.FOR_PROSECUTION})


class WithdrawNotice(OfMatter):
    """The listed ground, and why, in words for the parent."""

    ground: Code
    why: Words


class SignPaper(OfMatter):
    """The signed paper, and the day on which it was signed."""

    document: Sha256
    signed_on: date


class SignCertificate(SignPaper):
    """The signed certificate, by whom of the school's staff it was signed, and when."""

    signed_by_staff_id: Key


def withdraw(work: Work, given: WithdrawNotice) -> Done:
    """Withdraw a notice in writing on a listed ground; money paid is then due back."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    TABLE.row("withdraw", TABLE.states(row.state))
    if row.issued_on is None:
        raise BadInput(f"{row.reference} was never issued. Cancel it instead.")
    paid = still_held(work, row)
    asked = WithdrawalFacts(
        ground=given.ground,
        explanation=given.why,
        officer=acting_officer(work),
        paid_pence=sum(paid.values()),
        payment=payment_facts(work, row),
    )
    finding = may_withdraw(asked, work.book, work.on)
    work.advance(TABLE, row, "withdraw", finding=finding, reasons=given.reasons)
    work.because("withdrawn", given.why)
    row.withdrawal_ground, row.ended_on = given.ground, work.on
    for payment_id, pence in paid.items():
        payment = work.matters.get(PaymentRow, payment_id)
        payment.refund_due_pence, payment.state, payment.state_since = pence, "settled", work.on
        refresh_payment(work, payment)
    end_reviews(work, row)
    stopped = stop_for_withdrawal(work, row)
    parties = common.parties(work, row.adult_id, row.pupil_id, row.school_urn)
    context = about_penalty.withdrawal(work, row, parties, (given.why,), asked.paid_pence)
    letter = about_penalty.prepare(work, row, "withdrawal", context)
    said: dict[str, PayloadValue] = {"ground": given.ground, "refund": asked.paid_pence, **stopped.said}
    sentences = (*finding.sentences, *stopped.sentences)
    return finish(work, row, "withdrawn", said, letters=(letter,), sentences=sentences)


def still_held(work: Work, row: PenaltyNoticeRow) -> dict[int, int]:
    """Return the pence that were paid for a notice and have not gone back, by the key of the payment."""
    held = {}
    for payment in work.matters.find(PaymentRow, penalty_notice_id=row.id):
        back = given_back(work, payment)
        if payment.pence > back:
            held[payment.id] = payment.pence - back
    return held


def why_withdrawn(work: Work, row: PenaltyNoticeRow) -> str:
    """Return why a notice was withdrawn, in the officer's words; raises `NotFound` once they are erased."""
    decided = work.matters.find(DecisionRow, act="penalty_notice.withdraw", subject_id=row.id)
    given = json.loads(decided[-1].finding)["reasons"]
    return " ".join(work.opened.reasons.text(one["hash"]) for one in given if one["code"] == "withdrawn")


def acting_officer(work: Work) -> IssuingPerson:
    """Return the person whom the acting account belongs to, with every part held; nobody if it has none."""
    if work.actor.person is None:
        return IssuingPerson(work.actor.account, ())
    return facts.issuing_person(work, work.actor.person)


def proceed_all_the_same(work: Work, given: OfMatter) -> Done:
    """Record why the authority prosecutes although the school did not ask for it."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    TABLE.row("proceed_all_the_same", TABLE.states(row.state))
    declined = PenaltyNoticeState(row.state) is PenaltyNoticeState.SCHOOL_DECLINED
    asked = ProceedFacts(
        answer=Answer.NOT_SUPPORTED if declined else Answer.SILENT,
        officer=acting_officer(work),
        payment=running_clock(work, row),
        limit=limit_of(work, row),
        review_open=review_open(work, row),
        representations_open=representations_open(work, row),
    )
    finding = may_proceed_all_the_same(asked, work.book, work.on)
    work.advance(TABLE, row, "proceed_all_the_same", finding=finding, reasons=given.reasons)
    return finish(work, row, "proceeded", {})


def _exhibits_missing(work: Work, row: PenaltyNoticeRow) -> tuple[str, ...]:
    given = {exhibit.what for exhibit in work.matters.find(ExhibitRow, penalty_notice_id=row.id)}
    asked = row.parent_messaged_on is not None
    return ("the school's message to the parent",) if asked and "message_to_parent" not in given else ()


def sign_statement(work: Work, given: SignPaper) -> Done:
    """Record the school's signed witness statement."""
    row = _preparing(work, given)
    row.statement_signed_on, row.statement_sha256 = given.signed_on, given.document
    said: dict[str, PayloadValue] = {"signed_on": given.signed_on, "documents": (given.document,)}
    return finish(work, row, "statement_signed", said)


def sign_certificate(work: Work, given: SignCertificate) -> Done:
    """Record the certificate of attendance that the head has verified and signed."""
    row = _preparing(work, given)
    signer = work.people.staff_member(given.signed_by_staff_id)
    heads = work.people.staff(row.school_urn, StaffRole.HEAD, given.signed_on)
    if signer.id not in {head.id for head in heads}:
        raise BadInput(
            "Only the head of the school on that day signs the certificate (EA 1996 s.566).",
            field="signed_by_staff_id",
        )
    row.certificate_signed_on, row.certificate_sha256 = given.signed_on, given.document
    said: dict[str, PayloadValue] = {"signed_on": given.signed_on, "documents": (given.document,)}
    return finish(work, row, "certificate_signed", said)


def complete_exhibits(work: Work, given: OfMatter) -> Done:
    """Record that every exhibit that the statement names is there."""
    row = _preparing(work, given)
    row.exhibits_complete_on = work.on
    return finish(work, row, "exhibits_completed", {})


def _preparing(work: Work, given: OfMatter) -> PenaltyNoticeRow:
    row = work.matter(PenaltyNoticeRow, given.reference)
    if PenaltyNoticeState(row.state) not in PREPARING:
        raise TABLE.not_available(work.act.partition(".")[2], TABLE.states(row.state))
    if isinstance(given, SignPaper):
        work.must_hold(given.document)
        ended = row.payable_until or row.decided_on
        if not ended < given.signed_on <= work.on:
            raise BadInput(
                "The papers are signed after the days to pay, and not in the future. Check the day.",
                field="signed_on",
            )
        if given.document in {row.statement_sha256, row.certificate_sha256} - {""}:
            raise BadInput(
                "This document is filed as another paper already. Give the signed paper itself.",
                field="document",
            )
    return row


def hand_over(work: Work, given: OfMatter) -> Done:
    """Hand the complete papers over to Legal Services."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    TABLE.row("hand_over", TABLE.states(row.state))
    decided = facts.sessions_of(work, row)
    asked = HandOverFacts(
        statement_signed_on=row.statement_signed_on,
        certificate_signed_on=row.certificate_signed_on,
        certificate_signed_by_head=row.certificate_signed_on is not None,
        exhibits_complete_on=row.exhibits_complete_on,
        exhibits_missing=_exhibits_missing(work, row),
        payment=running_clock(work, row),
        limit=limit_of(work, row),
        marks_decided=decided,
        marks_now=facts.marks_now(work, row, decided),
        review_open=review_open(work, row),
        representations_open=representations_open(work, row),
    )
    finding = may_hand_over(asked, work.book, work.on)
    work.advance(TABLE, row, "hand_over", finding=finding, reasons=given.reasons)
    row.ended_on = work.on
    said: dict[str, PayloadValue] = {"first_limit_on": row.first_limit_on, "last_limit_on": row.last_limit_on}
    return finish(work, row, "handed_over", said, sentences=finding.sentences)


ACTS = (
    act(
        "penalty_notice.withdraw",
        "Withdraw a notice on a listed ground",
        TABLE.by("withdraw"),
        WithdrawNotice,
        withdraw,
    ),
    act(
        "penalty_notice.proceed_all_the_same",
        "Record why the authority prosecutes although the school did not ask",
        TABLE.by("proceed_all_the_same"),
        OfMatter,
        proceed_all_the_same,
    ),
    act(
        "penalty_notice.sign_statement",
        "Record the signed witness statement",
        SCHOOLS_AND_OFFICERS,
        SignPaper,
        sign_statement,
    ),
    act(
        "penalty_notice.sign_certificate",
        "Record the certificate that the head signed",
        SCHOOLS_AND_OFFICERS,
        SignCertificate,
        sign_certificate,
    ),
    act(
        "penalty_notice.complete_exhibits",
        "Record that every exhibit is there",
        SCHOOLS_AND_OFFICERS,
        OfMatter,
        complete_exhibits,
    ),
    act(
        "penalty_notice.hand_over",
        "Hand the papers over to Legal Services",
        TABLE.by("hand_over"),
        OfMatter,
        hand_over,
    ),
)
