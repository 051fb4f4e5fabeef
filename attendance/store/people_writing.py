"""Schools, staff, pupils and adults written to the store, in bulk.

- What is there under the same key is changed where it differs, and left alone where it does not.
- `merge_…` says what would be added and changed, and does it only where `write` is asked for.
- An adult's address is never overwritten: a different one is added from its day on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from attendance.domain.arrivals import (
    AdultArrival,
    EnrolmentArrival,
    FlagArrival,
    LinkArrival,
    PupilArrival,
    StaffArrival,
)
from attendance.domain.people import Address, School
from attendance.store.tables.base import Base
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

Field = str | int | bool | date | None
Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Merged:
    """How many were new, how many differed, and how many were there already."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def changes(self) -> bool:
        """Whether anything is new or differs."""
        return bool(self.added or self.changed)


class PeopleWriting:
    """Writes people in one database session; with `write` false only says what would change."""

    def __init__(self, session: Session, *, write: bool) -> None:
        self._session = session
        self._write = write

    def merge_schools(self, schools: Iterable[School]) -> Merged:
        """Add or change schools."""
        return self._merge(SchoolRow, ("urn",), [_school(school) for school in schools])

    def merge_pupils(self, pupils: Iterable[PupilArrival]) -> Merged:
        """Add or change pupils."""
        return self._merge(PupilRow, ("upn",), [_pupil(pupil) for pupil in pupils])

    def merge_adults(self, adults: Sequence[AdultArrival], on: date) -> Merged:
        """Add or change adults; an address without a day of its own holds from `on`."""
        difference = self._difference(AdultRow, ("ref",), [_adult(adult) for adult in adults])
        self._apply(AdultRow, difference)
        ids, addresses = self.adult_ids(), self._addresses()
        moves: list[Fields] = []
        changed = {row["ref"] for row in difference.differing}
        new = {row["ref"] for row in difference.new}
        for adult in adults:
            since = adult.address_since or on
            if adult.address is None or _lives_at(addresses.get(adult.ref, ()), since) == adult.address:
                continue
            if adult.ref not in new:
                changed.add(adult.ref)
            if adult.ref in ids:
                moves.append({"adult_id": ids[adult.ref], "since": since, **_address(adult.address)})
        if self._write and moves:
            self._session.execute(insert(AdultAddressRow), moves)
        return Merged(len(new), len(changed), len(adults) - len(new) - len(changed))

    def merge_links(self, links: Iterable[LinkArrival]) -> Merged:
        """Add or change parental links of pupils and adults that are known."""
        pupils, adults = self.pupil_ids(), self.adult_ids()
        rows = [
            {
                "pupil_id": pupils[link.upn],
                "adult_id": adults[link.adult_ref],
                "basis": link.basis,
                "since": link.since,
                "until": link.until,
                "lives_with": link.lives_with,
                "day_to_day": link.day_to_day,
            }
            for link in links
        ]
        return self._merge(ParentLinkRow, ("pupil_id", "adult_id", "basis", "since"), rows)

    def merge_enrolments(self, enrolments: Iterable[EnrolmentArrival]) -> Merged:
        """Add or change enrolments of pupils and schools that are known."""
        pupils = self.pupil_ids()
        rows = [
            {
                "pupil_id": pupils[enrolment.upn],
                "school_urn": enrolment.school_urn,
                "since": enrolment.since,
                "until": enrolment.until,
                "year_group": enrolment.year_group,
                "main": enrolment.main,
            }
            for enrolment in enrolments
        ]
        return self._merge(EnrolmentRow, ("pupil_id", "school_urn", "since"), rows)

    def merge_flags(self, flags: Iterable[FlagArrival]) -> Merged:
        """Add or change flags of pupils who are known."""
        pupils = self.pupil_ids()
        rows = [
            {"pupil_id": pupils[flag.upn], "flag": flag.flag, "since": flag.since, "until": flag.until}
            for flag in flags
        ]
        return self._merge(PupilFlagRow, ("pupil_id", "flag", "since"), rows)

    def merge_staff(self, members: Iterable[StaffArrival]) -> Merged:
        """Add or change the staff of schools that are known, and of the authority."""
        rows = [
            {
                "school_urn": member.school_urn,
                "name": member.name,
                "role": member.role,
                "since": member.since,
                "until": member.until,
                "email": member.email,
                "authorised_by_document": member.authorised_by,
            }
            for member in members
        ]
        return self._merge(StaffMemberRow, ("school_urn", "name", "role", "since"), rows)

    def pupil_ids(self) -> dict[str, int]:
        """Return the number of every pupil by UPN."""
        return {row.upn: row.id for row in self._session.execute(select(PupilRow.upn, PupilRow.id))}

    def adult_ids(self) -> dict[str, int]:
        """Return the number of every adult by reference."""
        return {row.ref: row.id for row in self._session.execute(select(AdultRow.ref, AdultRow.id))}

    def school_urns(self) -> frozenset[str]:
        """Return the URN of every school."""
        return frozenset(self._session.scalars(select(SchoolRow.urn)))

    def enrolments(self) -> tuple[EnrolmentArrival, ...]:
        """Return every enrolment as a file would bring it."""
        table = EnrolmentRow
        query = select(
            PupilRow.upn, table.school_urn, table.since, table.until, table.year_group, table.main
        ).join(PupilRow, PupilRow.id == table.pupil_id)
        return tuple(EnrolmentArrival(*row) for row in self._session.execute(query))

    def _addresses(self) -> dict[str, list[tuple[date, Address]]]:
        query = (
            select(
                AdultRow.ref, AdultAddressRow.since, AdultAddressRow.address_lines, AdultAddressRow.postcode
            )
            .join(AdultRow, AdultRow.id == AdultAddressRow.adult_id)
            .order_by(AdultAddressRow.since, AdultAddressRow.id)
        )
        found: dict[str, list[tuple[date, Address]]] = {}
        for ref, since, lines, postcode in self._session.execute(query):
            found.setdefault(ref, []).append((since, Address(tuple(lines.split("\n")), postcode)))
        return found

    def _merge(self, table: type[Base], key: tuple[str, ...], rows: Sequence[Fields]) -> Merged:
        difference = self._difference(table, key, rows)
        self._apply(table, difference)
        new, differing = len(difference.new), len(difference.differing)
        return Merged(new, differing, len(rows) - new - differing)

    def _difference(self, table: type[Base], key: tuple[str, ...], rows: Sequence[Fields]) -> "_Difference":
        difference = _Difference([], [])
        there = self._there(table, key, tuple(rows[0])) if rows else {}
        for row in rows:
            before = there.get(tuple(row[name] for name in key))
            if before is None:
                difference.new.append(row)
            elif before.fields != tuple(row.values()):
                difference.differing.append(row if before.id is None else {"id": before.id, **row})
        return difference

    def _apply(self, table: type[Base], difference: "_Difference") -> None:
        if self._write and difference.new:
            self._session.execute(insert(table), difference.new)
        if self._write and difference.differing:
            self._session.execute(update(table), difference.differing)

    def _there(
        self, table: type[Base], key: tuple[str, ...], names: tuple[str, ...]
    ) -> dict[tuple[Field, ...], "_There"]:
        columns = table.__table__.columns
        has_id = "id" in columns
        wanted = [columns[name] for name in names]
        query = select(columns["id"], *wanted) if has_id else select(*wanted)
        places = [names.index(name) for name in key]
        found = {}
        for row in self._session.execute(query):
            fields = tuple(row)[1:] if has_id else tuple(row)
            found[tuple(fields[place] for place in places)] = _There(row[0] if has_id else None, fields)
        return found


@dataclass(frozen=True, slots=True)
class _There:
    id: int | None
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class _Difference:
    new: list[Fields]
    differing: list[Fields]


def _lives_at(addresses: Iterable[tuple[date, Address]], on: date) -> Address | None:
    latest = None
    for since, address in addresses:
        if since <= on:
            latest = address
    return latest


def _address(address: Address | None) -> dict[str, Field]:
    if address is None:
        return {"address_lines": "", "postcode": ""}
    return {"address_lines": "\n".join(address.lines), "postcode": address.postcode}


def _school(school: School) -> Fields:
    return {
        "urn": school.urn,
        "name": school.name,
        "establishment_type": school.establishment_type,
        "la_code": school.la_code,
        **_address(school.address),
        "opened_on": school.opened_on,
        "closed_on": school.closed_on,
        "establishment_number": school.establishment_number,
        "telephone": school.telephone,
    }


def _pupil(pupil: PupilArrival) -> Fields:
    return {
        "upn": pupil.upn,
        "forename": pupil.forename,
        "surname": pupil.surname,
        "date_of_birth": pupil.date_of_birth,
        **_address(pupil.address),
        "home_la_code": pupil.home_la_code,
        "language": pupil.language,
    }


def _adult(adult: AdultArrival) -> Fields:
    return {
        "ref": adult.ref,
        "kind": adult.kind,
        "title": adult.title,
        "forename": adult.forename,
        "surname": adult.surname,
        "language": adult.language,
        "email": adult.email,
        "email_agreed": adult.email_agreed,
    }
