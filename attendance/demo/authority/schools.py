"""The made-up schools, in the columns of the published register of schools (GIAS).

- Kinds, types and groups are GIAS's own words; numbers of establishments lie in the ranges that kinds of
  school have: primary from 2000, secondary from 4000, special from 7000, pupil referral units from 1100,
  independent from 6000.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

import numpy as np
import polars as pl

from attendance.demo.authority.places import CITY, FIRST_URN, LA_CODE, MAIL_DOMAIN
from attendance.demo.authority.school_years import INSET_PATTERNS, CalendarChoice
from attendance.demo.authority.size import Phase, Shape, schools_of_a_cast
from attendance.demo.authority.streams import stream
from attendance.demo.authority.words import words

# Code and name of a type of establishment, code and name of its group, and how often it occurs.
TypeRow = tuple[str, str, str, str, int]
COMMUNITY: TypeRow = ("01", "Community school", "4", "Local authority maintained schools", 4)
AIDED: TypeRow = ("02", "Voluntary aided school", "4", "Local authority maintained schools", 3)
CONVERTER: TypeRow = ("34", "Academy converter", "10", "Academies", 5)
SPONSORED: TypeRow = ("28", "Academy sponsor led", "10", "Academies", 2)
FREE: TypeRow = ("35", "Free schools", "11", "Free Schools", 1)
TYPES: dict[Phase, tuple[TypeRow, ...]] = {
    Phase.PRIMARY: (COMMUNITY, AIDED, CONVERTER, SPONSORED),
    Phase.SECONDARY: (CONVERTER, SPONSORED, AIDED, FREE),
    Phase.SPECIAL: (
        ("07", "Community special school", "5", "Special schools", 3),
        ("44", "Academy special converter", "10", "Academies", 1),
    ),
    Phase.REFERRAL_UNIT: (("14", "Pupil referral unit", "4", "Local authority maintained schools", 1),),
    Phase.INDEPENDENT: (("11", "Other independent school", "3", "Independent schools", 1),),
}
PHASE_NAMES = {
    Phase.PRIMARY: ("2", "Primary", 4, 11, 2000),
    Phase.SECONDARY: ("4", "Secondary", 11, 16, 4000),
    Phase.SPECIAL: ("0", "Not applicable", 4, 16, 7000),
    Phase.REFERRAL_UNIT: ("0", "Not applicable", 11, 16, 1100),
    Phase.INDEPENDENT: ("0", "Not applicable", 4, 16, 6000),
}
FORMS_OF_ENTRY = (1.0, 1.0, 1.5, 2.0, 2.0, 2.0, 3.0)
ONE_IN = 8


@dataclass(frozen=True, slots=True)
class School:
    """One made-up school. `weight` is its share of the pupils of its phase, `strain` what life is like there.

    A positive `strain` means more absence than elsewhere. A school that `exports_inset` sends `#` for its
    INSET days.
    """

    calendar: CalendarChoice
    establishment: int
    name: str
    phase: Phase
    kind: TypeRow
    weight: float
    strain: float
    exports_inset: bool
    head: tuple[str, str, str]
    address: tuple[str, str, str]
    opened_on: date

    @property
    def urn(self) -> str:
        """The school's number in the register of schools."""
        return self.calendar.urn


def make_schools(seed: int, shape: Shape) -> tuple[School, ...]:
    """Make the schools up.

    Args:
        seed: The seed of the authority.
        shape: How many of each kind.
    """
    chance = stream(seed, "schools")
    names = _names(chance)
    numbers = count(FIRST_URN)
    return tuple(
        _school(
            chance,
            phase,
            place,
            next(numbers),
            next(names),
            settled=place < shape.casts * schools_of_a_cast(phase),
        )
        for phase, many in shape.schools.items()
        for place in range(many)
    )


def _names(chance: np.random.Generator) -> Iterator[str]:
    first = list(words().street_names)
    second = ("", " Hill", " Green", " Park", " Bank")
    for ending in second:
        for place in chance.permutation(len(first)):
            yield first[place] + ending


def _school(
    chance: np.random.Generator, phase: Phase, place: int, urn: int, name: str, *, settled: bool
) -> School:
    """Make one school up; a `settled` one, where scripted families go, keeps the commonest calendar."""
    kinds = TYPES[phase]
    shares = np.array([kind[-1] for kind in kinds], dtype=np.float64)
    kind = kinds[int(chance.choice(len(kinds), p=shares / shares.sum()))]
    calendar = CalendarChoice(
        urn=str(urn),
        inset_pattern=0 if settled else int(chance.integers(len(INSET_PATTERNS))),
        shifted=not settled and bool(chance.random() < 0.15),
    )
    return School(
        calendar=calendar,
        establishment=PHASE_NAMES[phase][4] + place + 1,
        name=_full_name(chance, phase, kind, name),
        phase=phase,
        kind=kind,
        weight=float(chance.choice(FORMS_OF_ENTRY))
        if phase is Phase.PRIMARY
        else float(chance.uniform(0.7, 1.3)),
        strain=float(chance.normal()),
        exports_inset=place % ONE_IN == ONE_IN - 1 or phase is Phase.SPECIAL,
        head=_head(chance),
        address=_address(chance),
        opened_on=date(int(chance.integers(1955, 2016)), 9, 1),
    )


def _full_name(chance: np.random.Generator, phase: Phase, kind: TypeRow, name: str) -> str:
    if kind is AIDED:
        saints = words().saints
        name = f"{saints[int(chance.integers(len(saints)))]} {name}"
    match phase:
        case Phase.PRIMARY:
            return f"{name} Primary {'Academy' if kind in {CONVERTER, SPONSORED} else 'School'}"
        case Phase.SECONDARY:
            return f"{name} {'Academy' if kind in {CONVERTER, SPONSORED} else 'School'}"
        case Phase.SPECIAL:
            return f"{name} Special School"
        case Phase.REFERRAL_UNIT:
            return f"{name} Pupil Referral Unit"
        case Phase.INDEPENDENT:
            return f"{name} College"


def _head(chance: np.random.Generator) -> tuple[str, str, str]:
    community = words().communities[int(chance.choice([0, 0, 0, 0, 1, 2, 3, 7]))]
    woman = bool(chance.random() < 0.6)
    forenames = community.women if woman else community.men
    title = str(chance.choice(["Mrs", "Ms", "Dr"] if woman else ["Mr", "Mr", "Dr"]))
    forename = forenames[int(chance.integers(len(forenames)))]
    return title, forename, community.surnames[int(chance.integers(len(community.surnames)))]


def _address(chance: np.random.Generator) -> tuple[str, str, str]:
    lexicon = words()
    street = f"{chance.choice(lexicon.street_names)} {chance.choice(lexicon.street_types)}"
    locality = int(chance.integers(len(lexicon.localities)))
    inward = f"{chance.integers(1, 10)}{chance.choice(list('ABDEFGH'))}{chance.choice(list('JLNPQRS'))}"
    return street, lexicon.localities[locality], f"AM{locality + 1} {inward}"


def gias_frame(schools: tuple[School, ...], rolls: dict[str, int]) -> pl.DataFrame:
    """Write the schools in GIAS's columns, all as text, dates as DD-MM-YYYY.

    Args:
        schools: The schools.
        rolls: The number of pupils of each, by its number.
    """
    return pl.DataFrame([_gias_row(school, place, rolls[school.urn]) for place, school in enumerate(schools)])


def _gias_row(school: School, place: int, pupils: int) -> dict[str, str]:
    phase_code, phase_name, low, high, _ = PHASE_NAMES[school.phase]
    type_code, type_name, group_code, group_name, _ = school.kind
    title, forename, surname = school.head
    street, locality, postcode = school.address
    return {
        "URN": school.urn,
        "LA (code)": LA_CODE,
        "LA (name)": CITY,
        "EstablishmentNumber": f"{school.establishment:04}",
        "EstablishmentName": school.name,
        "TypeOfEstablishment (code)": type_code,
        "TypeOfEstablishment (name)": type_name,
        "EstablishmentTypeGroup (code)": group_code,
        "EstablishmentTypeGroup (name)": group_name,
        "EstablishmentStatus (code)": "1",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": school.opened_on.strftime("%d-%m-%Y"),
        "CloseDate": "",
        "PhaseOfEducation (code)": phase_code,
        "PhaseOfEducation (name)": phase_name,
        "StatutoryLowAge": str(low),
        "StatutoryHighAge": str(high),
        "NumberOfPupils": str(pupils),
        "UKPRN": f"{99_000_000 + place + 1}",
        "Street": street,
        "Locality": locality,
        "Address3": "",
        "Town": CITY,
        "County (name)": "",
        "Postcode": postcode,
        "SchoolWebsite": f"https://school-{school.urn}.{MAIL_DOMAIN}",
        "TelephoneNum": f"01632960{place:03}",
        "HeadTitle (name)": title,
        "HeadFirstName": forename,
        "HeadLastName": surname,
        "HeadPreferredJobTitle": "Headteacher",
    }
