"""The files of pupils, adults, parental links, enrolments, flags and staff, for `import_table`.

- Rows are added, and those there under the same key are changed where they differ; nothing is taken away.
- A new address of an adult holds from its own day, or from the day of the import.
- The enrolments of a pupil at one school do not overlap.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from attendance.domain.arrivals import (
    AdultArrival,
    EnrolmentArrival,
    FlagArrival,
    LinkArrival,
    PupilArrival,
    StaffArrival,
)
from attendance.intake import people_files
from attendance.intake.problems import Problem
from attendance.intake.rows import Located, Reading
from attendance.services.imports.known import UNKNOWN_ADULT, unknown, unknown_pupils, unknown_schools
from attendance.services.imports.tables import Findings, Table
from attendance.store.people_writing import PeopleWriting


def _check_links(writing: PeopleWriting, reading: Reading[LinkArrival]) -> Findings:
    adults = writing.adult_ids()
    return Findings(
        (
            *unknown_pupils(reading, lambda link: link.upn, writing.pupil_ids()),
            *unknown(reading, "adult_ref", lambda link: link.adult_ref, adults, UNKNOWN_ADULT),
        )
    )


def _check_enrolments(writing: PeopleWriting, reading: Reading[EnrolmentArrival]) -> Findings:
    return Findings(
        (
            *unknown_pupils(reading, lambda one: one.upn, writing.pupil_ids()),
            *unknown_schools(reading, lambda one: one.school_urn, writing.school_urns()),
            *_overlaps(reading, writing.enrolments()),
        )
    )


def _overlaps(reading: Reading[EnrolmentArrival], there: tuple[EnrolmentArrival, ...]) -> Iterator[Problem]:
    by_key = {_key(one): Located(0, one) for one in there}
    by_key.update((_key(located.value), located) for located in reading.values)
    at_school: dict[tuple[str, str], list[Located[EnrolmentArrival]]] = {}
    for located in by_key.values():
        at_school.setdefault((located.value.upn, located.value.school_urn), []).append(located)
    for spells in at_school.values():
        for earlier, later in pairwise(sorted(spells, key=lambda one: one.value.since)):
            if earlier.value.until is None or earlier.value.until >= later.value.since:
                line = max(earlier.line, later.line)
                if line:
                    yield Problem(
                        reading.file,
                        line,
                        "since",
                        f"On the roll since {later.value.since} although the enrolment since "
                        f"{earlier.value.since} at this school has not ended by then. End that one first.",
                    )


def _key(one: EnrolmentArrival) -> tuple[str, str, date]:
    return one.upn, one.school_urn, one.since


def _check_flags(writing: PeopleWriting, reading: Reading[FlagArrival]) -> Findings:
    return Findings(tuple(unknown_pupils(reading, lambda flag: flag.upn, writing.pupil_ids())))


def _check_staff(writing: PeopleWriting, reading: Reading[StaffArrival]) -> Findings:
    return Findings(tuple(unknown_schools(reading, lambda one: one.school_urn, writing.school_urns())))


PUPILS: Table[PupilArrival] = Table(
    "pupils",
    "pupils.imported",
    people_files.read_pupils,
    lambda _writing, _reading: Findings(),
    lambda writing, pupils, _moment: writing.merge_pupils(pupils),
)
ADULTS: Table[AdultArrival] = Table(
    "adults",
    "adults.imported",
    people_files.read_adults,
    lambda _writing, _reading: Findings(),
    lambda writing, adults, moment: writing.merge_adults(adults, moment.on),
)
LINKS: Table[LinkArrival] = Table(
    "parental_links",
    "parental_links.imported",
    people_files.read_links,
    _check_links,
    lambda writing, links, _moment: writing.merge_links(links),
)
ENROLMENTS: Table[EnrolmentArrival] = Table(
    "enrolments",
    "enrolments.imported",
    people_files.read_enrolments,
    _check_enrolments,
    lambda writing, enrolments, _moment: writing.merge_enrolments(enrolments),
)
FLAGS: Table[FlagArrival] = Table(
    "flags",
    "flags.imported",
    people_files.read_flags,
    _check_flags,
    lambda writing, flags, _moment: writing.merge_flags(flags),
)
STAFF: Table[StaffArrival] = Table(
    "staff",
    "staff.imported",
    people_files.read_staff,
    _check_staff,
    lambda writing, members, _moment: writing.merge_staff(members),
)
