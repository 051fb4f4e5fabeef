"""Tables of cases, the support recorded for a pupil, and the duties that are open.

- A case holds a pupil's legal steps at one school together; there is one open case for a pupil at a school.
- Support is recorded for the pupil at the school, so that what a school did before any case counts.
- A duty is a projection of the matter it belongs to: written anew by each act, so it clears only by real
  work.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class CaseRow(Base):
    """What holds a pupil's legal steps at one school together."""

    __tablename__ = "case"
    __table_args__ = (
        Index(
            "uq_case_open",
            "pupil_id",
            "school_urn",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_case_school_urn_state", "school_urn", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    state: Mapped[str] = mapped_column(String(30))
    state_since: Mapped[date]
    officer: Mapped[str] = mapped_column(String(80), index=True)
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    lead_practitioner: Mapped[str] = mapped_column(String(80), default="")


class SupportRow(Base):
    """One thing done to support a pupil: what, who, when, and how it was met."""

    __tablename__ = "support"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    kind: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    offered_by: Mapped[str] = mapped_column(Text)
    adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    detail: Mapped[str] = mapped_column(Text, default="")
    pupil_voice: Mapped[str] = mapped_column(Text, default="")
    parent_voice: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    document_sha256: Mapped[str] = mapped_column(String(64), default="")
    recorded_at_utc: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))

    __table_args__ = (Index("ix_support_pupil_id_school_urn", "pupil_id", "school_urn", "on"),)


class EarlyHelpRow(Base):
    """An Early Help Assessment from its offer on."""

    __tablename__ = "early_help"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    offered_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    answered_on: Mapped[date | None]
    completed_on: Mapped[date | None]
    right_help_level: Mapped[int | None]
    supporting_families_criteria: Mapped[int | None]
    lead_practitioner: Mapped[str] = mapped_column(String(80), default="")
    adviser: Mapped[str] = mapped_column(Text, default="")
    plan_review_on: Mapped[date | None]
    recorded_at_utc: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))

    __table_args__ = (Index("ix_early_help_pupil_id_school_urn", "pupil_id", "school_urn"),)


class DutyRow(Base):
    """Something somebody must do by a day, why, and the act that clears it."""

    __tablename__ = "duty"
    __table_args__ = (
        Index("ix_duty_open", "cleared_on", "due_on"),
        Index("ix_duty_subject", "subject_kind", "subject_id"),
        Index("ix_duty_case_id_cleared_on", "case_id", "cleared_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    subject_reference: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(60))
    owner_role: Mapped[str] = mapped_column(String(30))
    owner: Mapped[str] = mapped_column(String(80))
    school_urn: Mapped[str] = mapped_column(String(6))
    opened_on: Mapped[date]
    due_on: Mapped[date]
    why: Mapped[str] = mapped_column(Text)
    clears: Mapped[str] = mapped_column(String(200))
    cleared_on: Mapped[date | None]


class DecisionRow(Base):
    """What a guard or a review found when somebody decided.

    The facts, the values used and the reasons given. `lifted` has the codes of the conditions that a reason
    lifted, each between spaces; empty where none was.
    """

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_subject", "subject_kind", "subject_id"),
        Index("ix_decision_lifted", "lifted", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    act: Mapped[str] = mapped_column(String(60))
    on: Mapped[date]
    at_utc: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(30))
    finding: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    lifted: Mapped[str] = mapped_column(Text, default="")
