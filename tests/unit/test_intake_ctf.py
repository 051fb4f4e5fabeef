"""Transfer files give yearly totals, or are refused."""

import pytest

from attendance.intake.ctf import CtfTotal, read_totals
from attendance.intake.limits import Limits
from attendance.intake.problems import FilesRefused
from tests.support.people import upn


def year(possible=380, attended=350, authorised=20, unauthorised=10, estab="2001", name="2024"):
    return (
        f"<YearData><Year>{name}</Year><LEA>399</LEA><Estab>{estab}</Estab><SchoolName>x</SchoolName>"
        f"<SessionsPossible>{possible}</SessionsPossible><SessionsAttended>{attended}</SessionsAttended>"
        f"<SessionsAuthorised>{authorised}</SessionsAuthorised>"
        f"<SessionsUnauthorised>{unauthorised}</SessionsUnauthorised></YearData>"
    )


def ctf(*pupils):
    inside = "".join(
        f"<Pupil><UPN>{number}</UPN><Surname>Marsh</Surname><Attendance>{data}</Attendance></Pupil>"
        for number, data in pupils
    )
    return f"<CTfile><Header/><CTFpupilData>{inside}</CTFpupilData></CTfile>".encode()


def refusal(data, **options):
    with pytest.raises(FilesRefused) as refused:
        read_totals("f", data, **options)
    return str(refused.value)


def test_totals_are_read_for_each_year_and_school():
    reading = read_totals(
        "f", ctf((upn(1), year() + year(name="2023", estab="2002")), (upn(2), "<YearData/>"))
    )
    first, second = (located.value for located in reading.values)
    assert first == CtfTotal(upn(1), "399", "2001", 2024, 380, 350, 20, 10)
    assert (second.year, second.establishment_number) == (2023, "2002")
    assert not reading.problems
    assert not reading.warnings


def test_totals_that_do_not_add_up_are_kept_and_pointed_out():
    reading = read_totals("f", ctf((upn(1), year(possible=381))))
    assert reading.values[0].value.possible == 381
    assert len(reading.warnings) == 1


def test_wrong_totals_are_all_listed_with_the_pupils_place():
    reading = read_totals(
        "f", ctf(("X", year(attended="-1", estab="1", name="24")), (upn(2), year(possible=10**9)))
    )
    assert [(one.column, one.message.split(" ")[0]) for one in reading.problems] == [
        ("pupil 1", "Not"),
        ("pupil 1", "Year"),
        ("pupil 1", "Estab"),
        ("pupil 1", "SessionsAttended"),
        ("pupil 2", "SessionsPossible"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not XML"),
        (b"upn,code", "not XML"),
        (ctf((upn(1), year()))[:60], "not XML"),
        (b'<?xml version="1.0" encoding="no-such"?><CTfile/>', "not XML"),
        (b"<Census/>", "does not begin with CTfile"),
        (ctf(), "no totals"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><CTfile>&a;</CTfile>', "declares a document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><CTfile/>', "declares a document type"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><CTfile/>'.encode("utf-16"), "document type"),
    ],
)
def test_what_is_no_safe_transfer_file_is_refused(data, said):
    assert said in refusal(data)


def test_a_file_too_large_is_refused_unread():
    assert "at most 10 are read" in refusal(ctf(), limits=Limits(xml_bytes=10))


def test_a_pupil_within_another_is_refused_at_once():
    nested = b"<CTfile>" + b"<Pupil>" * 20_000 + b"</Pupil>" * 20_000 + b"</CTfile>"
    with pytest.raises(FilesRefused, match="within another"):
        read_totals("t.xml", nested)
