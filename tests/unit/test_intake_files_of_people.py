"""Files of people and schools: each kind of field says what is wrong and what to do."""

from datetime import date

import pytest

from attendance.domain.people import Address, AdultKind, Flag, ParentBasis, StaffRole
from attendance.intake.people_files import (
    read_adults,
    read_enrolments,
    read_flags,
    read_links,
    read_pupils,
    read_staff,
)
from attendance.intake.problems import FilesRefused
from attendance.intake.received import ReceivedFile
from attendance.intake.school_files import read_calendars, read_schools
from attendance.intake.upn import check_letter, is_upn
from tests.support.people import upn
from tests.support.workbooks import workbook

PUPILS = (
    "upn,surname,forename,date_of_birth,address_line_1,address_line_2,address_line_3,town,postcode,"
    "home_la_code,language\n"
)
GIAS = (
    "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),"
    "EstablishmentStatus (name),OpenDate,CloseDate,Street,Town,Postcode,UKPRN\n"
)


def csv(header, *rows):
    return (header + "\n".join(rows) + "\n").encode()


def problems_of(read, data):
    try:
        reading = read("f", data)
    except FilesRefused as refused:
        return [str(problem) for problem in refused.problems]
    return [str(problem) for problem in reading.problems]


def test_a_pupil_is_read_with_an_address_or_without():
    reading = read_pupils(
        "f",
        csv(
            PUPILS,
            f"{upn(1)},Łoś,Ana,2012-02-29,1 Mill Lane,,,Aldermere,AM1 1AA,399,Polish",
            f"{upn(2)},O'Neil,Sam,2013-01-01,,,,,,,",
        ),
    )
    ana, sam = (located.value for located in reading.values)
    assert (ana.surname, ana.address) == ("Łoś", Address(("1 Mill Lane", "Aldermere"), "AM1 1AA"))
    assert (sam.address, sam.home_la_code, sam.language) == (None, None, "")
    assert [located.line for located in reading.values] == [2, 3]
    assert not reading.problems
    assert not reading.warnings


def test_every_problem_of_a_file_is_listed_at_its_line_and_column():
    good = upn(1)
    wrong = "A" + good[1:] if good[0] != "A" else "B" + good[1:]
    assert problems_of(
        read_pupils,
        csv(
            PUPILS,
            f"{wrong},=Marsh, Ana,2012-02-30,1 Mill Lane,,,,,39,",
            f"{good},,A\x07,12/02/2012,,,,,am1 1aa,399,@x",
            f"{good},Marsh,Ana",
        ),
    ) == [
        "f:2: upn: Not a UPN, or its check letter does not fit. Correct it at the school.",
        "f:2: surname: A name does not begin with = + - or @. Correct it.",
        "f:2: forename: Remove the space at the beginning or end.",
        "f:2: date_of_birth: There is no such day. Write it as YYYY-MM-DD.",
        "f:2: home_la_code: An authority's code has three digits.",
        "f:3: postcode: Write the postcode in capitals with one space, like AM1 1AA.",
        "f:3: surname: This must not be empty.",
        "f:3: forename: Remove the line break or control character.",
        "f:3: date_of_birth: Write the day as YYYY-MM-DD.",
        "f:3: language: A name does not begin with = + - or @. Correct it.",
        "f:4: row: 3 fields, but the header has 11.",
    ]


def test_an_address_needs_a_line_and_a_postcode():
    (problem,) = problems_of(read_pupils, csv(PUPILS, f"{upn(1)},Marsh,Ana,2012-02-01,1 Mill Lane,,,,,,"))
    assert problem == "f:2: row: An address needs at least one line and a postcode, or neither."


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("upn,surname,forename\n", ["f:1: date_of_birth: This column is missing."]),
        ("upn,surname,forename,date_of_birth,upn\n", ["f:1: upn: This column is there twice."]),
        ("upn,surname,forename,date_of_birth,ethnicity\n", ["f:1: ethnicity: Unknown column."]),
    ],
)
def test_a_header_that_does_not_fit_is_refused(header, said):
    found = problems_of(read_pupils, csv(header, "x,x,x,x,x"))
    assert [problem[: len(expected)] for problem, expected in zip(found, said, strict=True)] == said


@pytest.mark.parametrize("data", [b"upn,surname\n", b"\n"])
def test_a_file_without_rows_is_refused(data):
    assert problems_of(read_pupils, data) == [
        "f:1: file: There is no row below the header. Export the file again."
    ]


def test_the_same_row_twice_is_a_warning_and_a_contradiction_a_problem():
    row = f"{upn(1)},Marsh,Ana,2012-02-01,,,,,,,"
    reading = read_pupils("f", csv(PUPILS, row, row, row.replace("Ana", "Eve")))
    assert len(reading.values) == 1
    assert [str(one) for one in reading.warnings] == ["f:3: row: The same as line 2; counted once."]
    assert [str(one) for one in reading.problems] == [
        "f:4: row: This contradicts line 2. Keep one of the two."
    ]


def test_adults_and_authorities_are_read():
    header = (
        "adult_ref,kind,title,forename,surname,address_line_1,town,postcode,"
        "address_since,email,email_agreed\n"
    )
    reading = read_adults(
        "f",
        csv(
            header,
            "A-1,person,Ms,Jo,Marsh,1 Mill Lane,Aldermere,AM1 1AA,2024-01-02,jo@example.org,true",
            "LA-399,local_authority,,,Aldermere City Council,,,,,,false",
        ),
    )
    jo, council = (located.value for located in reading.values)
    assert (jo.kind, jo.address_since, jo.email_agreed) == (AdultKind.PERSON, date(2024, 1, 2), True)
    assert (council.kind, council.address, council.email) == (AdultKind.LOCAL_AUTHORITY, None, "")
    found = problems_of(read_adults, csv(header, "-1,alien,Ms,Jo,Marsh,,,,,a@b,yes"))
    assert [one.split(": ")[1] for one in found] == ["adult_ref", "kind", "email", "email_agreed"]


def test_links_enrolments_flags_and_staff_are_read():
    (link,) = read_links(
        "f",
        csv(
            "upn,adult_ref,basis,since,until,lives_with,day_to_day\n",
            f"{upn(1)},A-1,care_of_child,2020-01-01,,true,false",
        ),
    ).values
    assert (link.value.basis, link.value.until, link.value.lives_with) == (
        ParentBasis.CARE_OF_CHILD,
        None,
        True,
    )
    header = "school_urn,upn,since,until,year_group,status\n"
    (one,) = read_enrolments("f", csv(header, f"900001,{upn(1)},2020-09-01,,R,subsidiary")).values
    assert (one.value.main, one.value.year_group) == (False, "R")
    found = problems_of(read_enrolments, csv(header, f"90001,{upn(1)},2020-09-01,2020-08-31,15,guest"))
    assert [problem.split(": ")[1] for problem in found] == ["school_urn", "year_group"]
    found = problems_of(read_enrolments, csv(header, f"900001,{upn(1)},2020-09-01,2020-08-31,7,main"))
    assert found == ["f:2: row: The last day (until) lies before the first (since)."]
    found = problems_of(read_enrolments, csv(header, f"900001,{upn(1)},2020-09-01,,7,guest"))
    assert found == ["f:2: row: The status is main or subsidiary."]
    (flag,) = read_flags("f", csv("upn,flag,since,until\n", f"{upn(1)},send,2020-09-01,2021-01-01")).values
    assert (flag.value.flag, flag.value.until) == (Flag.SEND, date(2021, 1, 1))
    header = "school_urn,name,role,since,until,email,authorised_by\n"
    reading = read_staff(
        "f",
        csv(
            header,
            "900001,Pat Field,authorised_deputy,2020-09-01,,pat@example.org,AUTH-900001-1",
            ",Kit Brook,authorised_officer,2020-09-01,,,",
        ),
    )
    assert [located.value.role for located in reading.values] == [
        StaffRole.AUTHORISED_DEPUTY,
        StaffRole.AUTHORISED_OFFICER,
    ]
    assert len(problems_of(read_staff, csv(header, "900001,Pat Field,authorised_deputy,2020-09-01,,,"))) == 1
    assert len(problems_of(read_staff, csv(header, "900001,Pat Field,head,2020-09-01,,,AUTH-1"))) == 1
    assert len(problems_of(read_staff, csv(header, "900001,Kit Brook,authorised_officer,2020-09-01,,,"))) == 1


def test_the_extract_of_schools_is_read_as_it_is_published():
    data = (
        GIAS
        + "900001,399,2001,Café  Lane School ,Free school,Open,01-09-1970,,Café Row,Aldermere,AM1 1AA,1\r\n"
        "900002,399,2002,Old School,Academy converter,Closed,,31-08-2020,,,,2\r\n"
    ).encode("cp1252")
    first, second = (located.value for located in read_schools("f", data).values)
    assert (first.name, first.opened_on, first.establishment_number) == (
        "Café Lane School",
        date(1970, 9, 1),
        "2001",
    )
    assert first.address == Address(("Café Row", "Aldermere"), "AM1 1AA")
    assert (second.closed_on, second.address.lines) == (date(2020, 8, 31), ())
    wrong = csv(GIAS, "1,39,2001,,Community school,Open,31-02-1970,1/1/2020,,,,")
    assert [problem.split(": ")[1] for problem in problems_of(read_schools, wrong)] == [
        "URN",
        "LA (code)",
        "EstablishmentName",
        "OpenDate",
        "CloseDate",
    ]
    assert "f:1: LA (code): This column is missing." in problems_of(read_schools, b"URN,Postcode\n1,2\n")


def test_a_school_s_telephone_is_read_where_the_extract_has_it():
    header, row = GIAS.strip(), "900001,399,2001,Mill School,Free school,Open,,,,,AM1 1AA,1"
    (with_it,) = read_schools("f", csv(f"{header},TelephoneNum\r\n", f"{row},01632960123")).values
    (without,) = read_schools("f", csv(f"{header}\r\n", row)).values
    assert (with_it.value.telephone, without.value.telephone) == ("01632960123", "")


def test_a_calendar_is_read_from_a_workbook_with_real_dates():
    data = workbook(
        [
            ["school_urn", "kind", "from", "to", "name"],
            ["900001", "term", date(2024, 9, 2), date(2024, 10, 25), "Autumn 1"],
            [900001, "inset", date(2024, 9, 2), date(2024, 9, 2), None],
            ["900001", "term", date(2024, 9, 2), date(2024, 9, 1), "x"],
        ]
    )
    reading = read_calendars("f", data)
    assert [located.value.name for located in reading.values] == ["Autumn 1", ""]
    assert [str(problem) for problem in reading.problems] == [
        "f:4: row: The last day (to) lies before the first (from).",
    ]


def test_a_upn_is_checked_by_its_letter_alone():
    assert check_letter("201100018042") == "R"
    assert is_upn("R201100018042")
    assert is_upn("P207000016049")
    assert not is_upn("Q207000016049")
    temporary = "20110001804A"
    assert is_upn(check_letter(temporary) + temporary)
    for wrong in ("", "R20110001804", "r201100018042", "R20110001804O", "I201100018042", "R201100018042 "):
        assert not is_upn(wrong)


def test_a_received_file_is_known_by_its_bytes():
    assert ReceivedFile("a", b"x").sha256 == ReceivedFile("b", b"x").sha256
    assert "secret" not in repr(ReceivedFile("a", b"secret"))
