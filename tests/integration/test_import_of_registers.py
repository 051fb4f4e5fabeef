"""Registers are imported whole or refused whole, corrected with a reason, and never twice."""

from datetime import date, timedelta

import pytest

from attendance.domain.errors import NotAllowed
from attendance.domain.moment import Actor
from attendance.domain.record.entry import Subject
from attendance.domain.registers import Session
from attendance.intake.problems import UnreadableFile
from attendance.intake.register_layout import RegisterFile
from attendance.services.imports.register import ClockWentBack, import_registers
from attendance.store.people_writing import PeopleWriting
from attendance.store.register_codec import Detail, unpack_details
from attendance.store.registers import Registers
from attendance.store.tables.registers import RegisterBatchRow
from rules.roles import Role
from tests.support.people import OFFICER, OTHER_URN, URN, at, enrolment, pupil, seed, upn
from tests.support.registers import codes, register_file, row

DAY = date(2025, 1, 13)
MOMENT = at(date(2025, 1, 31))


def take(store, folder, rows, actor=OFFICER, moment=MOMENT, name="r.csv", noted=None, **options):
    file = register_file(folder, rows, name, **(noted or {}))
    return import_registers(store, actor, moment, [file], codes(), **options)


def said(outcome):
    return [str(problem) for problem in outcome.problems]


def test_unknown_pupils_and_schools_refuse_the_file_at_their_first_line(store, tmp_path):
    seed(store)
    rows = [row(1, DAY, "/"), row(9, DAY, "/"), row(9, DAY, "/", Session.PM), row(1, DAY, "/", urn="999999")]
    outcome = take(store, tmp_path, rows)
    assert said(outcome) == [
        "r.csv:3: upn: No pupil with this UPN is known. Import the pupil first, or correct the UPN.",
        "r.csv:5: school_urn: No school with this URN is known. Import the school first, or correct the URN.",
    ]
    assert outcome.entry is None
    with store.read() as session:
        assert Registers(session).days_given(URN) == ()


def test_what_the_form_refuses_is_refused_and_so_is_a_mark_after_today(store, tmp_path):
    seed(store)
    assert said(take(store, tmp_path, [row(1, DAY, "Q9")]))[0].startswith("r.csv:2: code: ")
    tomorrow = MOMENT.on + timedelta(days=1)
    assert said(take(store, tmp_path, [row(1, tomorrow, "/")]))[0].startswith(
        "r.csv:2: date: After 2025-01-31"
    )
    assert not take(store, tmp_path, [row(1, MOMENT.on, "/")]).refused
    missing = RegisterFile("none.csv", tmp_path / "none.csv")
    with pytest.raises(UnreadableFile):
        import_registers(store, OFFICER, MOMENT, [missing], codes())


def test_a_mark_outside_the_enrolment_is_imported_and_pointed_out_once_a_pupil(store, tmp_path):
    seed(store, pupils=(1, 2))
    last = DAY - timedelta(days=1)
    with store.act(OFFICER, MOMENT) as act:
        writing = PeopleWriting(act.session, write=True)
        writing.merge_enrolments([enrolment(1, until=last), enrolment(1, since=DAY + timedelta(days=3))])
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    days = [DAY + timedelta(days=number) for number in range(-1, 5)]
    rows = [row(1, day, "/", half) for day in days for half in Session] + [row(2, day, "/") for day in days]
    outcome = take(store, tmp_path, rows)
    assert not outcome.refused
    (warning,) = outcome.warnings
    assert (warning.line, warning.column) == (4, "date")
    assert warning.message.startswith("6 mark(s) of this pupil lie outside the enrolment at this school")
    not_expected = take(store, tmp_path, [row(1, DAY + timedelta(days=1), "Z")], reason="Left", name="z.csv")
    assert not not_expected.warnings


def test_a_school_gives_no_marks_of_a_child_who_was_not_on_its_roll(store, tmp_path):
    """An officer's file of the same marks is taken with a warning."""
    seed(store, pupils=(1,), urns=(URN, OTHER_URN))
    elsewhere = seed_elsewhere(store, 2)
    school = Actor("school.one", Role.SCHOOL, frozenset({URN}))
    rows = [row(1, DAY, "/"), row(elsewhere, DAY, "O"), row(elsewhere, DAY, "O", Session.PM)]
    refused = take(store, tmp_path, rows, actor=school)
    assert refused.entry is None
    (problem,) = said(refused)
    assert problem.startswith(
        "r.csv:3: date: 2 mark(s) of this pupil lie outside the enrolment at this school"
    )
    assert problem.endswith("Leave them out, or ask the attendance office to correct the enrolment.")
    assert not refused.warnings
    not_expected = [row(1, DAY, "/"), row(elsewhere, DAY, "Z")]
    assert take(store, tmp_path, not_expected, actor=school, name="z.csv").entry
    taken = take(store, tmp_path, rows, name="office.csv", reason="As the school says")
    assert taken.entry
    assert [warning.line for warning in taken.warnings] == [3]


def seed_elsewhere(store, number):
    """A pupil who is on the roll of the other school alone."""
    with store.act(OFFICER, at(date(2024, 9, 1))) as act:
        writing = PeopleWriting(act.session, write=True)
        writing.merge_pupils([pupil(number)])
        writing.merge_enrolments([enrolment(number, OTHER_URN)])
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    return number


def test_a_correction_keeps_the_old_mark_who_when_and_why(store, tmp_path):
    ids = seed(store)
    take(store, tmp_path, [row(1, DAY, "N"), row(1, DAY, "/", Session.PM)], moment=at(DAY, 10))
    unexplained = take(store, tmp_path, [row(1, DAY, "O")], name="o.csv")
    assert said(unexplained)[0].startswith("o.csv:2: code: This mark replaces another. Say why")
    outcome = take(store, tmp_path, [row(1, DAY, "O")], name="o.csv", reason="No reason came in time")
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 0)
    noted = {"comment": "A note came", "recorded_by": "Pat Field"}
    later = take(store, tmp_path, [row(1, DAY, "I")], moment=at(date(2025, 2, 1)), name="i.csv", noted=noted)
    (change,) = later.corrections
    assert (change.before, change.after, change.changed_by, change.reason) == (
        "O",
        "I",
        "Pat Field",
        "A note came",
    )
    with store.read() as session:
        registers = Registers(session)
        history = registers.history_of(ids[1], URN, DAY, Session.AM)
        assert [(one.before, one.after, one.changed_by) for one in history] == [
            ("", "N", "officer.one"),
            ("N", "O", "officer.one"),
            ("O", "I", "Pat Field"),
        ]
        assert history[1].reason == "No reason came in time"
        assert registers.changes_after(ids[1], URN, MOMENT.at_utc) == (history[2],)
        assert registers.changes_of(ids[1], URN) == history[1:]
        assert registers.history_of(ids[1], URN, DAY + timedelta(days=1), Session.AM) == ()
        codes_then = [mark.code for mark in registers.marks_of(ids[1], URN, DAY, DAY, MOMENT.at_utc)]
        assert codes_then == ["O", "/"]


def test_the_same_file_changes_nothing_even_after_it_was_corrected_unless_asked(store, tmp_path):
    seed(store)
    assert take(store, tmp_path, [row(1, DAY, "N")], name="n.csv").entry
    assert take(store, tmp_path, [row(1, DAY, "O")], name="o.csv", reason="x").entry
    again = take(store, tmp_path, [row(1, DAY, "N")], name="n.csv", reason="x")
    assert (again.entry, again.received_before_at_utc, again.changes) == (None, MOMENT.at_utc, False)
    anew = take(store, tmp_path, [row(1, DAY, "N")], name="n.csv", reason="x", again=True)
    assert (anew.changed, anew.entry is not None) == (1, True)
    nothing = take(store, tmp_path, [row(1, DAY, "N"), row(1, DAY, "N")], name="other.csv")
    assert (nothing.unchanged, nothing.entry, nothing.warnings.total) == (1, None, 1)


def test_several_files_are_one_act(store, tmp_path):
    seed(store)
    files = [
        register_file(tmp_path, [row(1, DAY + timedelta(days=number), "/")], f"{number}.csv")
        for number in range(2)
    ]
    outcome = import_registers(store, OFFICER, MOMENT, files, codes())
    assert (outcome.added, len(outcome.files), outcome.entry is not None) == (2, 2, True)
    backwards = import_registers(store, OFFICER, MOMENT, files[::-1], codes())
    assert backwards.received_before_at_utc == MOMENT.at_utc


def test_what_is_noted_beside_a_mark_is_kept_with_it_also_over_months(store, tmp_path):
    seed(store)
    rows = [row(1, date(2024, 12, 20), "L"), row(1, date(2025, 1, 6), "/")]
    take(store, tmp_path, rows, noted={"comment": "=1+1", "recorded_by": "Pat Field"})
    with store.act(OFFICER, MOMENT) as act:
        kept = [unpack_details(batch.details) for batch in act.session.query(RegisterBatchRow)]
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    assert kept == [{0: Detail(comment="=1+1", recorded_by="Pat Field")}] * 2


def test_a_school_returns_its_own_registers_only(store, tmp_path):
    seed(store, urns=(URN, OTHER_URN))
    school = Actor("school.one", Role.SCHOOL, frozenset({URN}))
    assert take(store, tmp_path, [row(1, DAY, "/")], actor=school).entry
    other = take(store, tmp_path, [row(1, DAY, "/", urn=OTHER_URN)], actor=school, name="other.csv")
    assert said(other) == [
        "other.csv:2: school_urn: No school with this URN is yours. Return your own school's register only."
    ]
    for role in (Role.LEGAL, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            take(store, tmp_path, [row(1, DAY, "/")], actor=Actor("x", role))


def test_an_import_before_the_latest_one_is_refused(store, tmp_path):
    seed(store)
    take(store, tmp_path, [row(1, DAY, "/")])
    with pytest.raises(ClockWentBack, match="Set the clock right"):
        take(store, tmp_path, [row(1, DAY, "/", Session.PM)], moment=at(date(2025, 1, 30)), name="b.csv")


def test_marks_of_two_schools_are_kept_apart_whatever_the_order_of_rows(store, tmp_path):
    ids = seed(store, pupils=(1, 2), urns=(URN, OTHER_URN))
    rows = [
        row(number, DAY, code, half, urn)
        for half in (Session.PM, Session.AM)
        for urn, code in ((OTHER_URN, "D"), (URN, "/"))
        for number in (2, 1)
    ]
    outcome = take(store, tmp_path, rows)
    assert outcome.schools == (URN, OTHER_URN)
    with store.read() as session:
        registers = Registers(session)
        for number in (1, 2):
            for urn, code in ((OTHER_URN, "D"), (URN, "/")):
                marks = registers.marks_of(ids[number], urn, DAY, DAY)
                assert [(mark.session, mark.code) for mark in marks] == [
                    (Session.AM, code),
                    (Session.PM, code),
                ]
    assert upn(1) not in str(outcome)
