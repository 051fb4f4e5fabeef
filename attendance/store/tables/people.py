"""Tables of schools, staff, pupils, adults and what ties them together.

- Whatever changes is dated: `since` is the first day, `until` the last, null while it lasts.
- An adult's addresses are kept by date, so that the address on the day of a letter can be shown again.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from attendance.domain.people import AdultKind, Flag, ParentBasis, StaffRole
from attendance.store.tables.base import Base


class SchoolRow(Base):
    """A school as the published register of schools names it."""

    __tablename__ = "school"
    __table_args__ = (Index(None, "la_code", "establishment_number"),)

    urn: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    establishment_type: Mapped[str]
    la_code: Mapped[str]
    establishment_number: Mapped[str] = mapped_column(default="")
    address_lines: Mapped[str]
    postcode: Mapped[str]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    telephone: Mapped[str] = mapped_column(default="")


class StaffMemberRow(Base):
    """A named person in a dated part, for one school or for the authority (no school)."""

    __tablename__ = "staff_member"
    __table_args__ = (
        UniqueConstraint("school_urn", "name", "role", "since"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[StaffRole]
    school_urn: Mapped[str | None] = mapped_column(ForeignKey("school.urn"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    email: Mapped[str] = mapped_column(default="")
    authorised_by_document: Mapped[str] = mapped_column(default="")


class PupilRow(Base):
    """A pupil, known in files and on pages by the UPN."""

    __tablename__ = "pupil"
    __table_args__ = (Index(None, "surname", "forename"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    upn: Mapped[str] = mapped_column(unique=True)
    forename: Mapped[str]
    surname: Mapped[str]
    date_of_birth: Mapped[date]
    address_lines: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    home_la_code: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="")


class PupilFlagRow(Base):
    """What changes the right way to deal with a pupil, between two days."""

    __tablename__ = "pupil_flag"
    __table_args__ = (
        UniqueConstraint("pupil_id", "flag", "since"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    flag: Mapped[Flag]
    since: Mapped[date]
    until: Mapped[date | None]


class AdultRow(Base):
    """An adult, or an authority, who may be a parent of a pupil."""

    __tablename__ = "adult"
    __table_args__ = (Index(None, "surname", "forename"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[AdultKind]
    title: Mapped[str] = mapped_column(default="")
    forename: Mapped[str] = mapped_column(default="")
    surname: Mapped[str]
    language: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    email_agreed: Mapped[bool] = mapped_column(default=False)


class AdultAddressRow(Base):
    """Where an adult lived from a day on, until the next entry of the same adult."""

    __tablename__ = "adult_address"
    __table_args__ = (Index(None, "adult_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    since: Mapped[date]
    address_lines: Mapped[str]
    postcode: Mapped[str]


class ParentLinkRow(Base):
    """What makes an adult a parent of a pupil, between which days."""

    __tablename__ = "parent_link"
    __table_args__ = (
        UniqueConstraint("pupil_id", "adult_id", "basis", "since"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"), index=True)
    basis: Mapped[ParentBasis]
    since: Mapped[date]
    until: Mapped[date | None]
    lives_with: Mapped[bool]
    day_to_day: Mapped[bool]


class EnrolmentRow(Base):
    """A pupil's days on the roll of a school."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("pupil_id", "school_urn", "since"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    year_group: Mapped[str] = mapped_column(default="")
    main: Mapped[bool] = mapped_column(default=True)
