"""Tables of notices: notices to improve, penalty notices, and those that others issued.

- Each is for one parent, one child, one school.
- The sessions that a notice rests on are kept as they were read when it was decided.
- A date is null until it has happened; amounts are pence.
"""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class _Notice:
    """What a notice to improve and a penalty notice have in common.

    Who was consulted, the child's flags known then, and the reasons that lifted something at the decision
    stand as codes with spaces between them.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    state: Mapped[str] = mapped_column(String(30))
    state_since: Mapped[date]
    offence_from: Mapped[date]
    offence_until: Mapped[date]
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(80))
    code_of_conduct: Mapped[str] = mapped_column(String(120))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    consulted: Mapped[str] = mapped_column(Text, default="")
    flags_known: Mapped[str] = mapped_column(Text, default="")
    reasons_given: Mapped[str] = mapped_column(Text, default="")
    issued_on: Mapped[date | None]
    received_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(Text, default="")


class NoticeToImproveRow(_Notice, Base):
    """A final chance before a penalty notice, for one parent, child and school."""

    __tablename__ = "notice_to_improve"
    __table_args__ = (
        Index("ix_notice_to_improve_pupil_id_adult_id", "pupil_id", "adult_id"),
        Index("ix_notice_to_improve_state", "state"),
    )

    target_sessions: Mapped[int]
    further_support: Mapped[str] = mapped_column(Text)
    period_days: Mapped[int]
    period_from: Mapped[date | None]
    period_until: Mapped[date | None]
    review_on: Mapped[date | None]
    early_end_ground: Mapped[str] = mapped_column(String(60), default="")
    early_end_on: Mapped[date | None]
    sessions_in_period: Mapped[int | None]


class PenaltyNoticeRow(_Notice, Base):
    """A penalty notice for one parent, child and school."""

    __tablename__ = "penalty_notice"
    __table_args__ = (
        Index("ix_penalty_notice_pupil_id_adult_id", "pupil_id", "adult_id"),
        Index("ix_penalty_notice_state", "state"),
    )

    absence_kind: Mapped[str] = mapped_column(String(30))
    rung: Mapped[str] = mapped_column(String(10))
    notice_to_improve_id: Mapped[int | None] = mapped_column(ForeignKey("notice_to_improve.id"))
    skip_ground: Mapped[str] = mapped_column(String(60), default="")
    issuer_staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    issuer_capacity: Mapped[str] = mapped_column(String(40))
    issuer_decided: Mapped[str] = mapped_column(String(20))
    issuer_decision_sha256: Mapped[str] = mapped_column(String(64), default="")
    reduced_pence: Mapped[int | None]
    full_pence: Mapped[int]
    reduced_until: Mapped[date | None]
    payable_until: Mapped[date | None]
    first_limit_on: Mapped[date]
    last_limit_on: Mapped[date]
    paid_on: Mapped[date | None]
    withdrawal_ground: Mapped[str] = mapped_column(String(60), default="")
    school_messaged_on: Mapped[date | None]
    school_answer_due_on: Mapped[date | None]
    parent_messaged_on: Mapped[date | None]
    parent_reply_due_on: Mapped[date | None]
    school_answer: Mapped[str] = mapped_column(String(20), default="")
    school_answered_on: Mapped[date | None]
    statement_signed_on: Mapped[date | None]
    statement_sha256: Mapped[str] = mapped_column(String(64), default="")
    certificate_signed_on: Mapped[date | None]
    certificate_sha256: Mapped[str] = mapped_column(String(64), default="")
    exhibits_complete_on: Mapped[date | None]


class OffenceSessionRow(Base):
    """A mark that a notice rests on, as it was read when the notice was decided."""

    __tablename__ = "offence_session"
    __table_args__ = (
        UniqueConstraint("notice_kind", "notice_id", "day", "session"),
        Index("ix_offence_session_pupil_id_school_urn_day", "pupil_id", "school_urn", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_kind: Mapped[str] = mapped_column(String(30))
    notice_id: Mapped[int]
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    day: Mapped[date]
    session: Mapped[str] = mapped_column(String(2))
    code: Mapped[str] = mapped_column(String(2))


class ConsiderationRow(Base):
    """One question that must be asked before a penalty notice, and its answer."""

    __tablename__ = "consideration"
    __table_args__ = (UniqueConstraint("penalty_notice_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    penalty_notice_id: Mapped[int] = mapped_column(ForeignKey("penalty_notice.id"))
    question: Mapped[str] = mapped_column(String(60))
    answer: Mapped[bool]
    why: Mapped[str] = mapped_column(Text)
    answered_on: Mapped[date]
    answered_by: Mapped[str] = mapped_column(String(80))


class ExhibitRow(Base):
    """A document that goes with the witness statement."""

    __tablename__ = "exhibit"
    __table_args__ = (UniqueConstraint("penalty_notice_id", "what", "document_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    penalty_notice_id: Mapped[int] = mapped_column(ForeignKey("penalty_notice.id"))
    what: Mapped[str] = mapped_column(String(60))
    document_sha256: Mapped[str] = mapped_column(String(64))
    added_on: Mapped[date]
    added_by: Mapped[str] = mapped_column(String(80))


class EarlierNoticeRow(Base):
    """A penalty notice that someone else issued: police, a head, another authority."""

    __tablename__ = "earlier_notice"
    __table_args__ = (Index("ix_earlier_notice_pupil_id_adult_id", "pupil_id", "adult_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    issued_by: Mapped[str] = mapped_column(Text)
    issued_on: Mapped[date]
    offence_from: Mapped[date]
    offence_until: Mapped[date]
    withdrawn_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(30))
    recorded_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(80))


class NoticeCheckRow(Base):
    """A question put to another authority, or to the parent, about earlier notices; and its answer."""

    __tablename__ = "notice_check"
    __table_args__ = (Index("ix_notice_check_pupil_id_adult_id", "pupil_id", "adult_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    asked_of: Mapped[str] = mapped_column(Text)
    of_authority: Mapped[bool]
    asked_on: Mapped[date]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(String(80))
