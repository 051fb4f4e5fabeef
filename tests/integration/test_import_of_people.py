"""Files of people, schools and calendars are imported whole, or refused whole."""

from datetime import date

import pytest

from attendance.domain.errors import NotAllowed
from attendance.domain.moment import Actor
from attendance.intake.received import ReceivedFile
from attendance.services.imports.calendars import import_calendars
from attendance.services.imports.people import ADULTS, ENROLMENTS, FLAGS, LINKS, PUPILS, STAFF
from attendance.services.imports.schools import SCHOOLS
from attendance.services.imports.tables import import_table
from attendance.store.calendars import Calendars
from attendance.store.people import People
from rules.roles import Role
from tests.support.people import OFFICER, URN, at, seed, upn

DAY = date(2025, 1, 15)
MOMENT = at(DAY)
GIAS = "URN,LA (code),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),Postcode\n"
FILES = (
    (SCHOOLS, GIAS + f"{URN},399,Mill Lane School,Community school,Open,AM1 1AA\n"),
    (PUPILS, f"upn,surname,forename,date_of_birth\n{upn(1)},Marsh,Ada,2012-05-06\n"),
    (ADULTS, "adult_ref,kind,title,forename,surname\nA-1,person,Ms,Jo,Marsh\n"),
    (
        LINKS,
        f"upn,adult_ref,basis,since,until,lives_with,day_to_day\n{upn(1)},A-1,natural_parent,2012-05-06,,true,true\n",
    ),
    (ENROLMENTS, f"school_urn,upn,since,until,year_group,status\n{URN},{upn(1)},2023-09-01,,7,main\n"),
    (FLAGS, f"upn,flag,since,until\n{upn(1)},send,2023-09-01,\n"),
    (STAFF, f"school_urn,name,role,since,until\n{URN},Pat Field,head,2020-09-01,\n"),
)


def take(store, table, text, **options):
    return import_table(store, OFFICER, MOMENT, table, ReceivedFile("f.csv", text.encode()), **options)


def calendar(store, *rows, **options):
    text = "school_urn,kind,from,to,name\n" + "\n".join(rows) + "\n"
    return import_calendars(store, OFFICER, MOMENT, ReceivedFile("f.csv", text.encode()), **options)


def end_of(store):
    return store.examine(None)


def test_each_file_adds_once_is_recorded_once_and_changes_nothing_the_second_time(store):
    for number, (table, text) in enumerate(FILES, 1):
        dry = take(store, table, text, dry_run=True)
        assert (dry.added, dry.changes, dry.entry) == (1, True, None)
        done = take(store, table, text)
        assert (done.added, done.changed, done.entry) == (1, 0, number)
        again = take(store, table, text)
        assert (again.added, again.changed, again.unchanged, again.entry) == (0, 0, 1, None)
    with store.read() as session:
        ada = People(session).pupil_by_upn(upn(1))
        (parent,) = People(session).parents_of(ada.id, DAY)
        assert parent.adult.name == "Ms Jo Marsh"
    assert end_of(store).intact


def test_a_changed_row_is_changed_in_place(store):
    for table, text in FILES:
        take(store, table, text)
    for table, old, new in (
        (SCHOOLS, "Mill Lane School", "Mill Lane Academy"),
        (PUPILS, "Marsh", "Marsh-Hall"),
        (ADULTS, "Jo", "Joan"),
        (LINKS, "true,true", "false,true"),
        (ENROLMENTS, "2023-09-01,,", "2023-09-01,2024-12-20,"),
        (FLAGS, "2023-09-01,", "2023-09-01,2024-12-20"),
        (STAFF, "2020-09-01,", "2020-09-01,2024-12-20"),
    ):
        text = {one.kind: text for one, text in FILES}[table.kind].replace(old, new)
        assert take(store, table, text, dry_run=True).changed == 1
        assert take(store, table, text).changed == 1
    with store.read() as session:
        assert People(session).enrolments_of(1)[0].until == date(2024, 12, 20)


def test_one_problem_refuses_the_whole_file_and_leaves_nothing(store):
    for table, text in FILES:
        before = end_of(store)
        doubled = (
            text + text.splitlines()[1].replace(upn(1), "X").replace(URN, "X").replace("A-1", "-") + "\n"
        )
        refused = take(store, table, doubled)
        assert refused.refused
        assert not refused.changes
        assert end_of(store) == before
        take(store, table, text)


def test_what_a_row_names_must_be_known(store):
    seed(store)
    unknown = upn(9)
    for table, text, column in (
        (LINKS, FILES[3][1].replace(upn(1), unknown), "upn"),
        (LINKS, FILES[3][1].replace("A-1", "A-9"), "adult_ref"),
        (ENROLMENTS, FILES[4][1].replace(upn(1), unknown), "upn"),
        (ENROLMENTS, FILES[4][1].replace(URN, "999999"), "school_urn"),
        (FLAGS, FILES[5][1].replace(upn(1), unknown), "upn"),
        (STAFF, FILES[6][1].replace(URN, "999999"), "school_urn"),
    ):
        (problem,) = take(store, table, text).problems
        assert (problem.line, problem.column) == (2, column)
        assert unknown not in problem.message
    (problem,) = calendar(store, "999999,term,2025-09-01,2025-10-24,Autumn").problems
    assert problem.column == "school_urn"


def test_enrolments_at_one_school_do_not_overlap(store):
    seed(store)
    header = "school_urn,upn,since,until,year_group\n"
    (problem,) = take(store, ENROLMENTS, header + f"{URN},{upn(1)},2024-01-01,,7\n").problems
    assert "has not ended by then" in problem.message
    ended = header + f"{URN},{upn(1)},2020-09-01,2023-12-31,7\n{URN},{upn(1)},2024-01-01,,8\n"
    assert take(store, ENROLMENTS, ended).added == 1


def test_a_file_that_cannot_be_read_is_refused_with_its_problems(store):
    for outcome in (
        take(store, PUPILS, "upn\n"),
        import_calendars(store, OFFICER, MOMENT, ReceivedFile("f", b"\xff\xfe")),
    ):
        assert outcome.refused
        assert outcome.entry is None


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.LEGAL, Role.AUDITOR])
def test_only_the_office_imports_people_and_calendars(sqlite_store, role):
    other = Actor("other", role, frozenset({URN}))
    with pytest.raises(NotAllowed):
        import_table(sqlite_store, other, MOMENT, PUPILS, ReceivedFile("f", b""))
    with pytest.raises(NotAllowed):
        import_calendars(sqlite_store, other, MOMENT, ReceivedFile("f", b""))


def test_a_calendar_grows_changes_and_keeps_what_was_known(store):
    seed(store)
    term = f"{URN},term,2025-09-01,2025-10-24,Autumn 1"
    snow = f"{URN},closed,2025-01-20,2025-01-21,Snow"
    assert calendar(store, term, snow, dry_run=True).added == 2
    done = calendar(store, term, snow)
    assert (done.added, done.entry is not None) == (2, True)
    assert calendar(store, term, snow).entry is None
    later = calendar(store, snow.replace("01-21", "01-22"))
    assert (later.changed, later.withdrawn) == (1, 0)
    with store.read() as session:
        now = Calendars(session).calendar(URN)
        assert not now.is_school_day(date(2025, 1, 22))
        assert now.is_school_day(date(2025, 9, 1))
        assert Calendars(session).calendar(URN, at(DAY, 11).at_utc).is_school_day(date(2025, 1, 20))
    whole = calendar(store, term, f"{URN},term,2024-09-02,2025-07-18,Year", whole=True)
    assert (whole.withdrawn, whole.changed, whole.unchanged) == (1, 1, 1)
    with store.read() as session:
        assert Calendars(session).calendar(URN).is_school_day(date(2025, 1, 22))
    (problem,) = calendar(store, f"{URN},term,2025-10-24,2025-12-19,Autumn 2").problems
    assert "do not fit together" in problem.message
