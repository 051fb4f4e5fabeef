"""The people who work in the made-up schools and for the made-up authority, in their dated parts.

- Authority to issue a penalty notice belongs to named persons with dates (s.444B(4)): heads, deputies and
  assistants whom the head authorised in writing, and authorised officers of the authority. One deputy's
  authorisation ends during the year, and one school changes its head.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import Final

import numpy as np
import polars as pl

from attendance.demo.authority.files import SETTINGS
from attendance.demo.authority.people import STAFF_SCHEMA
from attendance.demo.authority.places import MAIL_DOMAIN
from attendance.demo.authority.schools import School
from attendance.demo.authority.streams import stream
from attendance.demo.authority.words import words
from attendance.domain.people import StaffRole
from attendance.settings import read_authority

StaffRow = tuple[str, str, str, date, date | None, str, str]
PLACE_OF_NEW_HEAD = 2
PLACE_OF_ENDED_DEPUTY = 1
HAS_ASSISTANT = 0.3
OFFICE_SINCE = date(2021, 9, 1)
SENIOR_OFFICER_EMAIL: Final = f"senior.officer@{MAIL_DOMAIN}"


def make_staff(seed: int, schools: Sequence[School], officers: int, academic_year: int) -> pl.DataFrame:
    """Make up the staff, in the columns of `staff.csv`.

    Args:
        seed: The seed of the authority.
        schools: The schools.
        officers: How many attendance officers the authority has; half of them may issue notices, and the
            senior officer, who signs the authority's letters.
        academic_year: The calendar year in which the school year begins.
    """
    chance = stream(seed, "staff")
    office = [_name(chance) for _ in range(officers)]
    helpers = [_name(chance) for _ in range(max(1, officers // 2))]
    rows = [
        row
        for place, school in enumerate(schools)
        for row in _of_school(
            chance, place, school, _officer(office, place), helpers[place % len(helpers)], academic_year
        )
    ]
    rows += _of_office(office)
    return pl.DataFrame(rows, schema=STAFF_SCHEMA, orient="row")


def _name(chance: np.random.Generator) -> str:
    communities = words().communities
    community = communities[int(chance.choice([0, 0, 0, 0, 1, 2, 3, 5, 7]))]
    forenames = community.women if chance.random() < 0.65 else community.men
    forename = forenames[int(chance.integers(len(forenames)))]
    return f"{forename} {community.surnames[int(chance.integers(len(community.surnames)))]}"


def _of_school(
    chance: np.random.Generator,
    place: int,
    school: School,
    officer: tuple[str, str],
    helper: str,
    academic_year: int,
) -> Iterator[StaffRow]:
    urn, mail = school.urn, f"@school-{school.urn}.{MAIL_DOMAIN}"
    in_post = date(academic_year - int(chance.integers(1, 9)), 9, 1)
    authorised = date(academic_year, 9, 2)
    references = (f"AUTH-{urn}-{number}" for number in count(1))
    yield from _heads(chance, place, school, in_post, academic_year)
    deputy, lead = _name(chance), _name(chance)
    ended = date(academic_year + 1, 2, 14) if place == PLACE_OF_ENDED_DEPUTY else None
    yield urn, deputy, StaffRole.AUTHORISED_DEPUTY.value, authorised, ended, f"deputy{mail}", next(references)
    if chance.random() < HAS_ASSISTANT:
        role = StaffRole.AUTHORISED_ASSISTANT.value
        yield urn, _name(chance), role, authorised, None, f"assistant{mail}", next(references)
    champion = StaffRole.SENIOR_ATTENDANCE_CHAMPION.value
    yield urn, deputy, champion, in_post, None, f"attendance.champion{mail}", ""
    yield urn, lead, StaffRole.ATTENDANCE_LEAD.value, in_post, None, f"attendance{mail}", ""
    yield urn, officer[0], StaffRole.LAAO.value, OFFICE_SINCE, None, officer[1], ""
    yield urn, helper, StaffRole.EHAC.value, OFFICE_SINCE, None, f"early.help@{MAIL_DOMAIN}", ""


def _heads(
    chance: np.random.Generator, place: int, school: School, in_post: date, academic_year: int
) -> Iterator[StaffRow]:
    urn, email, head = school.urn, f"head@school-{school.urn}.{MAIL_DOMAIN}", StaffRole.HEAD.value
    _, forename, surname = school.head
    begins = in_post
    if place == PLACE_OF_NEW_HEAD:
        yield urn, _name(chance), head, in_post, date(academic_year, 12, 31), email, ""
        begins = date(academic_year + 1, 1, 1)
    yield urn, f"{forename} {surname}", head, begins, None, email, ""


def _officer(office: Sequence[str], place: int) -> tuple[str, str]:
    """Give the name and the mail of the officer whose turn it is."""
    turn = place % len(office)
    return office[turn], f"officer{turn + 1}@{MAIL_DOMAIN}"


def _of_office(office: Sequence[str]) -> Iterator[StaffRow]:
    for place in range(len(office)):
        name, email = _officer(office, place)
        yield "", name, StaffRole.LAAO.value, OFFICE_SINCE, None, email, ""
        if place < (len(office) + 1) // 2:
            yield "", name, StaffRole.AUTHORISED_OFFICER.value, OFFICE_SINCE, None, email, ""
    senior = read_authority(SETTINGS).signatory.name
    authorised = StaffRole.AUTHORISED_OFFICER.value
    yield "", senior, authorised, OFFICE_SINCE, None, SENIOR_OFFICER_EMAIL, ""
