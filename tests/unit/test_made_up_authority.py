"""The synthetic authority: the same every time, near the published figures, readable as files."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import fontpkg_amiri
import fontpkg_arimo
import numpy as np
import polars as pl
import pytest
import yaml
from fontTools.ttLib import TTFont

from attendance.demo.authority import Size, make_authority
from attendance.demo.authority.files import REGISTER_HEADER
from attendance.demo.authority.school_years import published_years, school_year, weekdays
from attendance.demo.authority.symbols import SYMBOLS, tallies
from attendance.domain.people import AdultKind, Flag, ParentBasis, StaffRole
from attendance.settings import read_authority
from rules.codes import register_codes
from rules.law import rule_book
from tests.support.made_up import ABSENT, COUNTED, small

HEADERS = {
    "calendars": "school_urn,kind,from,to,name",
    "closures": "school_urn,kind,from,to,name",
    "pupils": "upn,surname,forename,date_of_birth,address_line_1,address_line_2,address_line_3,town,postcode,"
    "home_la_code,language",
    "adults": "adult_ref,kind,title,forename,surname,address_line_1,address_line_2,address_line_3,town,"
    "postcode,language,email,email_agreed",
    "parental_links": "upn,adult_ref,basis,since,until,lives_with,day_to_day",
    "enrolments": "school_urn,upn,since,until,year_group,status",
    "flags": "upn,flag,since,until",
    "staff": "school_urn,name,role,since,until,email,authorised_by",
    "corrections": "school_urn,upn,date,session,code,comment,recorded_at,recorded_by",
    "register": "school_urn,upn,date,session,code",
}
TABLES = [name for name in HEADERS if name != "register"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small().write(tmp_path_factory.mktemp("authority")).folder


@pytest.fixture(scope="module")
def register(folder):
    """The register as the csv module reads it: a code for each school, pupil, day and session."""
    with (folder / "register.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert header == HEADERS["register"].split(",")
    marks = {(urn, upn, day, session): code for urn, upn, day, session, code in rows}
    assert len(marks) == len(rows)
    return marks


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_letter(upn):
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    total = 0
    for place, character in enumerate(upn[1:], start=2):
        total += place * (int(character) if character.isdigit() else letters.index(character))
    return letters[total % 23]


def figures(rows):
    """Attendance, persistent and severe absence of (pupil at school, code) pairs, counted one by one."""
    possible, absent = Counter(), Counter()
    for key, code in rows:
        possible[key] += code in COUNTED
        absent[key] += code in ABSENT
    counted = [key for key in possible if possible[key]]
    return (
        100 - 100 * absent.total() / possible.total(),
        100 * sum(absent[key] * 10 >= possible[key] for key in counted) / len(counted),
        100 * sum(absent[key] * 2 >= possible[key] for key in counted) / len(counted),
    )


def assert_near_the_published(attendance, persistent, severe):
    assert attendance == pytest.approx(93.0, abs=0.3)
    assert persistent == pytest.approx(20.2, abs=1.5)
    assert severe == pytest.approx(2.0, abs=0.5)


def test_two_runs_give_the_same_bytes(folder, tmp_path):
    again = make_authority(Size.SMALL).write(tmp_path)
    for path in (*again.tables, again.register, again.settings):
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_another_seed_gives_another_authority_with_the_same_figures():
    other = make_authority(Size.SMALL, seed=7)
    assert other.people.pupils["upn"].to_list() != small().people.pupils["upn"].to_list()
    rows = other.marks_as_corrected().select("school_urn", "upn", "code").iter_rows()
    assert_near_the_published(*figures(((urn, upn), code) for urn, upn, code in rows))


def test_the_figures_come_out_near_the_published_ones():
    rows = small().marks_as_corrected().select("school_urn", "upn", "code").iter_rows()
    assert_near_the_published(*figures(((urn, upn), code) for urn, upn, code in rows))


def test_the_register_as_first_taken_has_the_same_figures(register):
    assert_near_the_published(*figures((key[:2], code) for key, code in register.items()))


def test_the_following_school_year_can_be_made_too():
    later = make_authority(Size.SMALL, academic_year=2025)
    assert later.days[0] == date(2025, 9, 1)
    rows = later.marks_as_corrected().select("school_urn", "upn", "code").iter_rows()
    assert_near_the_published(*figures(((urn, upn), code) for urn, upn, code in rows))


def test_a_school_year_without_term_dates_is_refused():
    with pytest.raises(ValueError, match="choose one of 2024, 2025, 2026"):
        make_authority(Size.SMALL, academic_year=1999)


@pytest.mark.parametrize("name", TABLES)
def test_files_read_back_with_the_csv_module(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert header == HEADERS[name].split(",")
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert all(field == field.strip() for row in rows for field in row)


def test_schools_are_written_as_the_register_of_schools_is(folder):
    raw = (folder / "schools.csv").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") == 8
    rows = list(csv.DictReader(raw.decode("cp1252").splitlines()))
    assert [row["URN"] for row in rows] == small().schools["URN"].to_list()
    assert sum(int(row["NumberOfPupils"]) for row in rows) == small().people.enrolments.height
    assert {row["EstablishmentTypeGroup (name)"] for row in rows} >= {
        "Independent schools",
        "Special schools",
    }
    assert all(date.fromisoformat("-".join(reversed(row["OpenDate"].split("-")))) for row in rows)


def test_each_number_of_a_pupil_has_its_check_letter_and_is_given_once(folder):
    upns = [row["upn"] for row in read(folder, "pupils")]
    assert len(upns) == len(set(upns)) == 1500
    assert all(len(upn) == 13 and upn[0] == check_letter(upn) for upn in upns)
    assert any(upn[-1].isalpha() for upn in upns)


def test_rows_refer_to_rows_that_are_there(folder):
    pupils = {row["upn"] for row in read(folder, "pupils")}
    adults = {row["adult_ref"] for row in read(folder, "adults")}
    schools = set(small().schools["URN"])
    links, enrolments = read(folder, "parental_links"), read(folder, "enrolments")
    assert {row["upn"] for row in links} == pupils == {row["upn"] for row in enrolments}
    assert {row["adult_ref"] for row in links} == adults
    assert {row["school_urn"] for row in enrolments} == schools
    assert {row["upn"] for row in read(folder, "flags")} <= pupils
    assert {row["school_urn"] for row in read(folder, "staff")} == schools | {""}


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("pupils", ("upn",)),
        ("adults", ("adult_ref",)),
        ("parental_links", ("upn", "adult_ref", "basis", "since")),
        ("enrolments", ("school_urn", "upn", "since")),
        ("flags", ("upn", "flag", "since")),
        ("staff", ("school_urn", "name", "role", "since")),
        ("calendars", ("school_urn", "kind", "from")),
        ("corrections", ("school_urn", "upn", "date", "session")),
    ],
)
def test_keys_are_unique(folder, name, columns):
    keys = [tuple(row[column] for column in columns) for row in read(folder, name)]
    assert len(keys) == len(set(keys))


def test_words_with_a_closed_list_come_from_it(folder):
    assert {row["basis"] for row in read(folder, "parental_links")} == {basis.value for basis in ParentBasis}
    assert {row["kind"] for row in read(folder, "adults")} == {kind.value for kind in AdultKind}
    assert {row["flag"] for row in read(folder, "flags")} <= {flag.value for flag in Flag}
    assert {row["role"] for row in read(folder, "staff")} == {role.value for role in StaffRole}
    assert {row["status"] for row in read(folder, "enrolments")} == {"main", "subsidiary"}


def test_every_school_plans_190_days_in_every_year(folder):
    days = defaultdict(Counter)
    years = {year.begins: year.half_terms for year in published_years()}
    for row in read(folder, "calendars"):
        first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
        begins = first.year if first.month >= 9 else first.year - 1
        assert last < first + timedelta(days=60)
        days[row["school_urn"], begins][row["kind"]] += len(weekdays(first, last))
    assert set(days) == {(urn, begins) for urn in small().schools["URN"] for begins in years}
    assert {(count["term"], count["inset"], count["closed"]) for count in days.values()} == {(196, 5, 1)}


def test_the_year_has_380_sessions_for_a_pupil_who_is_there_all_year():
    possible, _ = tallies(small().final_marks)
    assert Counter(possible.tolist()).most_common(1)[0][0] == 380


def test_marks_stand_only_on_days_of_the_calendar_and_the_roll(folder, register):
    opened = {
        (urn, day.isoformat())
        for urn, is_open in zip(small().schools["URN"], small().grid.open, strict=True)
        for day, there in zip(small().days, is_open, strict=True)
        if there
    }
    rolls = {
        (row["school_urn"], row["upn"]): (row["since"], row["until"] or "9999")
        for row in read(folder, "enrolments")
    }
    for (urn, upn, day, _), code in register.items():
        since, until = rolls[urn, upn]
        assert since <= day <= until
        assert code == "#" or (urn, day) in opened


def test_every_code_is_in_force_in_the_year(register):
    (era,) = register_codes(rule_book("coventry")).between(small().days[0], small().days[-1])
    assert set(register.values()) <= set(era.codes)
    assert set(SYMBOLS) - {""} <= set(era.codes)


def test_codes_that_make_registers_hard_all_occur():
    codes = set(small().marks_as_corrected()["code"].cast(pl.String))
    assert codes >= {*"/\\LVPBDCMSTRIEGOUNX#", "J1", "Y1", "Y2", "Y4"}


def test_corrections_follow_the_mark_and_change_it(folder, register):
    rows = read(folder, "corrections")
    for row in rows:
        assert register[row["school_urn"], row["upn"], row["date"], row["session"]] != row["code"]
        assert row["recorded_at"] > row["date"]
        assert row["comment"]
        assert row["recorded_by"]
    assert [row["recorded_at"] for row in rows] == sorted(row["recorded_at"] for row in rows)
    assert {row["comment"] for row in rows} >= {"Reason given by parent", "Medical evidence received"}


def test_corrections_lead_from_the_first_register_to_the_final_one(folder, register):
    later = {
        (row["school_urn"], row["upn"], row["date"], row["session"]): row["code"]
        for row in read(folder, "corrections")
    }
    final = small().marks_as_corrected().with_columns(pl.col("date").cast(pl.String))
    assert register | later == {row[:4]: row[4] for row in final.iter_rows()}


def test_the_days_add_up_to_the_year(tmp_path):
    authority = small()
    days = authority.school_days()
    assert sum(authority.marks_on(day).height for day in days[:40]) == (
        authority.marks_between(days[0], days[39]).height
    )
    assert authority.marks_on(date(2024, 12, 25)).is_empty()
    assert authority.marks_on(days[10]).height == sum(
        part.filter(pl.col("date") == days[10]).height for part in authority.marks_by_school()
    )


def test_the_days_can_be_written_one_by_one(tmp_path):
    written = small().write(tmp_path, daily=True, yearly=False)
    assert written.register is None
    assert [path.stem for path in written.days] == [day.isoformat() for day in small().school_days()]
    text = written.days[3].read_bytes()
    assert text.startswith(REGISTER_HEADER)
    assert len(text.splitlines()) == small().marks_on(small().school_days()[3]).height + 1


def test_corrections_come_day_by_day_too():
    authority = small()
    together = [authority.corrections_known_on(day).height for day in authority.days]
    assert sum(together) == authority.corrections.height


def test_every_name_can_be_printed():
    glyphs = set()
    for package in (fontpkg_arimo, fontpkg_amiri):
        for font in (Path(package.__file__).parent / "files").glob("*.ttf"):
            with TTFont(font) as opened:
                glyphs |= set(opened.getBestCmap())
    people = small().people
    text = "".join(people.pupils["surname"] + people.pupils["forename"])
    text += "".join(people.adults["surname"] + people.adults["forename"] + people.adults["address_line_1"])
    text += "".join(small().schools["EstablishmentName"]) + "".join(small().staff["name"])
    words = Path("attendance/demo/authority/words.yaml").read_text(encoding="utf-8")
    assert {character for character in text + words if character.isprintable()} <= {
        chr(point) for point in glyphs
    }
    assert all(character.isprintable() for character in text)
    assert any(character > "\u0600" for character in text)


def test_the_people_have_the_variety_of_a_city():
    people = small().people
    adults_of = people.links.group_by("upn").len()["len"]
    assert set(adults_of) >= {1, 2, 3}
    assert people.pupils.filter(pl.col("home_la_code") == "398").height > 10
    homes = people.links.join(people.adults, on="adult_ref").group_by("upn")
    assert homes.agg(pl.col("postcode").n_unique().alias("homes"))["homes"].max() > 1
    surnames = "".join(people.pupils["surname"]) + "".join(people.adults["surname"])
    assert all(letter in surnames for letter in "łễ'-")
    assert people.flags["flag"].value_counts().filter(pl.col("flag") == "looked_after")["count"][0] > 5


def test_each_child_lives_with_somebody_who_answers_for_the_day():
    links = small().people.links
    lives = links.filter(pl.col("lives_with") & pl.col("day_to_day"))
    assert set(lives["upn"]) == set(small().people.pupils["upn"])


def test_the_authoritys_settings_can_be_read(folder):
    settings = read_authority(folder / "authority.yaml")
    assert settings.team == "Attendance and Children Missing Education Team"
    assert settings.telephone.startswith("01632 960")


def test_the_year_groups_fit_the_days_of_birth():
    people = small().people
    joined = people.enrolments.join(people.pupils, on="upn")
    for year_group, born in joined.select("year_group", "date_of_birth").iter_rows():
        back = 0 if year_group == "R" else int(year_group)
        assert date(2019 - back, 9, 1) <= born <= date(2020 - back, 8, 31)


def test_school_years_are_looked_up_by_their_september():
    assert school_year(2024).half_terms[0] == (date(2024, 9, 2), date(2024, 10, 25))


def test_the_settings_template_says_nothing_real():
    raw = yaml.safe_load(Path("attendance/demo/authority/authority.yaml").read_text(encoding="utf-8"))
    assert raw["email"].endswith("example.org")
    assert raw["la_code"] == "399"


def test_symbols_fit_into_a_byte():
    assert len(SYMBOLS) < np.iinfo(np.uint8).max


def test_a_register_part_is_written_without_a_header_of_its_own():
    part = small().marks_on(small().school_days()[0])
    buffer = BytesIO()
    part.write_csv(buffer, include_header=False)
    assert buffer.getvalue().count(b"\n") == part.height
