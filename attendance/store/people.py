"""Schools, staff, pupils and adults read from the store.

- A question about a day is answered for that day; nothing is guessed for a day before the first entry.
- What does not exist raises `NotFound`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from attendance.domain.errors import NotFound
from attendance.domain.people import (
    Address,
    Adult,
    Enrolment,
    Flag,
    ParentBasis,
    ParentLink,
    Pupil,
    School,
    StaffMember,
    StaffRole,
    holds_on,
)
from attendance.store.asked_once import asked_once, keep_answer
from attendance.store.people_rows import (
    address_in,
    adult_in,
    enrolment_in,
    link_in,
    pupil_in,
    school_in,
    staff_member_in,
)
from attendance.store.tables.people import (
    AdultAddressRow,
    AdultRow,
    EnrolmentRow,
    ParentLinkRow,
    PupilFlagRow,
    PupilRow,
    SchoolRow,
    StaffMemberRow,
)

_FEW = 500  # names that one question to the database may hold


@dataclass(frozen=True, slots=True)
class Parent:
    """An adult with everything that makes the adult a parent of a pupil on a day, strongest first."""

    adult: Adult
    links: tuple[ParentLink, ...]

    @property
    def link(self) -> ParentLink:
        """The strongest link: a natural parent before parental responsibility, care, and no basis."""
        return self.links[0]


@dataclass(frozen=True, slots=True)
class PupilFlag:
    """A flag of a pupil and the days it holds; `until` is the last, None while it lasts."""

    flag: Flag
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class _Kin:
    """A link of a pupil with its adult, and where the adult has lived since when, oldest first."""

    link: ParentLink
    adult: AdultRow
    addresses: list[tuple[date, Address]] = field(default_factory=list)

    def address(self, on: date) -> Address | None:
        """Where the adult lived on that day, None where it is not known."""
        return next((address for since, address in reversed(self.addresses) if since <= on), None)


class Spell(NamedTuple):
    """A pupil's first and last day on a school's roll; None while it lasts. Made by the ten thousand."""

    pupil_id: int
    since: date
    until: date | None


class People:
    """Reads people in one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @asked_once()
    def pupil(self, pupil_id: int) -> Pupil:
        """Return a pupil, or raise `NotFound`."""
        row = self._session.get(PupilRow, pupil_id)
        if row is None:
            raise NotFound("pupil", str(pupil_id))
        return pupil_in(row)

    def pupil_by_upn(self, upn: str) -> Pupil:
        """Return the pupil with this UPN, or raise `NotFound`."""
        row = self._session.scalar(select(PupilRow).where(PupilRow.upn == upn))
        if row is None:
            raise NotFound("pupil", upn)
        return pupil_in(row)

    def search(self, text: str, limit: int = 50) -> tuple[Pupil, ...]:
        """Return pupils whose UPN or surname begins with the text, or "forename surname" does, by name."""
        start = text.strip()
        if not start:
            return ()
        whole = PupilRow.forename + " " + PupilRow.surname
        rows = self._session.scalars(
            select(PupilRow)
            .where(
                or_(
                    PupilRow.upn.startswith(start.upper(), autoescape=True),
                    PupilRow.surname.istartswith(start, autoescape=True),
                    whole.istartswith(start, autoescape=True),
                )
            )
            .order_by(PupilRow.surname, PupilRow.forename, PupilRow.upn)
            .limit(limit)
        )
        return tuple(pupil_in(row) for row in rows)

    def flags_of(self, pupil_id: int, on: date) -> frozenset[Flag]:
        """Return the flags that hold for a pupil on that day."""
        return frozenset(one.flag for one in self.flag_history(pupil_id) if holds_on(one, on))

    @asked_once()
    def flag_history(self, pupil_id: int) -> tuple[PupilFlag, ...]:
        """Return every flag a pupil has or had, oldest first."""
        rows = self._session.scalars(
            select(PupilFlagRow)
            .where(PupilFlagRow.pupil_id == pupil_id)
            .order_by(PupilFlagRow.since, PupilFlagRow.flag)
        )
        return tuple(PupilFlag(row.flag, row.since, row.until) for row in rows)

    @asked_once()
    def adult(self, adult_id: int, on: date | None = None) -> Adult:
        """Return an adult with the address of that day (the latest known without a day), or raise."""
        row = self._session.get(AdultRow, adult_id)
        if row is None:
            raise NotFound("adult", str(adult_id))
        return adult_in(row, self.address(adult_id, on))

    def adult_by_ref(self, ref: str, on: date | None = None) -> Adult:
        """Return the adult with this reference, with the address of that day, or raise `NotFound`."""
        row = self._session.scalar(select(AdultRow).where(AdultRow.ref == ref))
        if row is None:
            raise NotFound("adult", ref)
        return adult_in(row, self.address(row.id, on))

    @asked_once()
    def address(self, adult_id: int, on: date | None = None) -> Address | None:
        """Return where an adult lived on that day, the latest entry without a day, None if not known."""
        query = select(AdultAddressRow).where(AdultAddressRow.adult_id == adult_id)
        if on is not None:
            query = query.where(AdultAddressRow.since <= on)
        row = self._session.scalar(query.order_by(AdultAddressRow.since.desc()).limit(1))
        return None if row is None else address_in(row.address_lines, row.postcode)

    def parents_of(self, pupil_id: int, on: date) -> tuple[Parent, ...]:
        """Return the parents of a pupil on that day, each once, with that day's address, by reference."""
        links: dict[int, list[ParentLink]] = {}
        adults: dict[int, Adult] = {}
        for kin in self._kin_of(pupil_id):
            if holds_on(kin.link, on):
                adults[kin.link.adult_id] = adult_in(kin.adult, kin.address(on))
                links.setdefault(kin.link.adult_id, []).append(kin.link)
        return tuple(
            Parent(adult, tuple(sorted(links[adult_id], key=_strength))) for adult_id, adult in adults.items()
        )

    @asked_once()
    def _kin_of(self, pupil_id: int) -> tuple["_Kin", ...]:
        """Return every link of a pupil of any day with the adult and all addresses, by reference and day."""
        rows = self._session.execute(
            select(ParentLinkRow, AdultRow, AdultAddressRow)
            .join(AdultRow, AdultRow.id == ParentLinkRow.adult_id)
            .outerjoin(AdultAddressRow, AdultAddressRow.adult_id == AdultRow.id)
            .where(ParentLinkRow.pupil_id == pupil_id)
            .order_by(AdultRow.ref, ParentLinkRow.since, ParentLinkRow.id, AdultAddressRow.since)
        )
        found: dict[int, _Kin] = {}
        for link, adult, living in rows:
            kin = found.setdefault(link.id, _Kin(link_in(link), adult))
            address: AdultAddressRow | None = living
            if address is not None:
                kin.addresses.append((address.since, address_in(address.address_lines, address.postcode)))
        return tuple(found.values())

    def links_between(self, pupil_id: int, adult_id: int) -> tuple[ParentLink, ...]:
        """Return every link between a pupil and an adult, oldest first."""
        return tuple(kin.link for kin in self._kin_of(pupil_id) if kin.link.adult_id == adult_id)

    def children_of(self, adult_id: int, on: date) -> tuple[ParentLink, ...]:
        """Return the links of an adult to pupils on that day."""
        rows = self._session.scalars(
            select(ParentLinkRow)
            .where(ParentLinkRow.adult_id == adult_id, _on(ParentLinkRow.since, ParentLinkRow.until, on))
            .order_by(ParentLinkRow.pupil_id)
        )
        return tuple(link_in(row) for row in rows)

    @asked_once()
    def enrolments_of(self, pupil_id: int) -> tuple[Enrolment, ...]:
        """Return a pupil's enrolments at every school, oldest first."""
        rows = self._session.scalars(
            select(EnrolmentRow)
            .where(EnrolmentRow.pupil_id == pupil_id)
            .order_by(EnrolmentRow.since, EnrolmentRow.school_urn)
        )
        return tuple(enrolment_in(row) for row in rows)

    def spells(self, school_urns: Iterable[str]) -> dict[str, tuple[Spell, ...]]:
        """Return every spell on the rolls of these schools, of any day, by school and in order of pupil."""
        table = EnrolmentRow
        wanted = set(school_urns)
        query = select(table.school_urn, table.pupil_id, table.since, table.until).order_by(
            table.school_urn, table.pupil_id, table.since
        )
        if len(wanted) <= _FEW:
            query = query.where(table.school_urn.in_(wanted))
        rows = groupby(self._session.execute(query), key=itemgetter(0))
        found = {urn: tuple(Spell(*row[1:]) for row in spells) for urn, spells in rows}
        return {urn: found.get(urn, ()) for urn in wanted}

    def pupil_ids(self, upns: Iterable[str]) -> dict[str, int]:
        """Return the ids of the pupils with these UPNs; those that are not known are left out."""
        wanted = set(upns)
        query = select(PupilRow.upn, PupilRow.id)
        if len(wanted) <= _FEW:
            query = query.where(PupilRow.upn.in_(wanted))
        return {row[0]: row[1] for row in self._session.execute(query) if row[0] in wanted}

    @asked_once()
    def school(self, urn: str) -> School:
        """Return a school, or raise `NotFound`."""
        row = self._session.get(SchoolRow, urn)
        if row is None:
            raise NotFound("school", urn)
        return school_in(row)

    def read_ahead(self, urns: Iterable[str]) -> None:
        """Put one question for several schools, where a reading will ask for each."""
        rows = self._session.scalars(select(SchoolRow).where(SchoolRow.urn.in_(sorted(set(urns)))))
        for row in rows:
            keep_answer(self._session, People.school, row.urn, answer=school_in(row))

    def schools(self) -> tuple[School, ...]:
        """Return all schools in order of URN."""
        return tuple(
            school_in(row) for row in self._session.scalars(select(SchoolRow).order_by(SchoolRow.urn))
        )

    def staff_member(self, staff_id: int) -> StaffMember:
        """Return a named person in a part, or raise `NotFound`."""
        row = self._session.get(StaffMemberRow, staff_id)
        if row is None:
            raise NotFound("staff member", str(staff_id))
        return staff_member_in(row)

    def staff(
        self, school_urn: str | None, role: StaffRole | None = None, on: date | None = None
    ) -> tuple[StaffMember, ...]:
        """Return the staff of a school, or of the authority where no school is given.

        Only those in the role, and on the day, where these are given; in order of role, first day and name.
        """
        query = select(StaffMemberRow).where(
            StaffMemberRow.school_urn.is_(None)
            if school_urn is None
            else StaffMemberRow.school_urn == school_urn
        )
        if role is not None:
            query = query.where(StaffMemberRow.role == role)
        if on is not None:
            query = query.where(_on(StaffMemberRow.since, StaffMemberRow.until, on))
        ordered = query.order_by(StaffMemberRow.role, StaffMemberRow.since, StaffMemberRow.name)
        return tuple(staff_member_in(row) for row in self._session.scalars(ordered))


def _on(
    since: InstrumentedAttribute[date], until: InstrumentedAttribute[date | None], day: date
) -> ColumnElement[bool]:
    return and_(since <= day, or_(until.is_(None), until >= day))


_BASES = tuple(ParentBasis)


def _strength(link: ParentLink) -> tuple[int, date]:
    return _BASES.index(link.basis), link.since
