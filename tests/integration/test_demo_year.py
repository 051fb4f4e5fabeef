"""The demo: a made-up authority's year of casework, run through the real services."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from attendance.cli.errors import run
from attendance.cli.main import app
from attendance.demo.authority.characters import scripted_families
from attendance.demo.year.folder import FolderNotOurs, fresh_folder
from attendance.demo.year.making import make_demo
from attendance.demo.year.plans import plans
from attendance.demo.year.wish import Wish
from attendance.domain.steps import TABLES
from attendance.store.documents import Documents
from attendance.store.matters import Matters
from attendance.store.tables.cases import CaseRow, DutyRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.people import AdultAddressRow, AdultRow
from attendance.store.tables.requests import RequestRow
from letters.catalogue import LETTERS
from tests.support.demo import silent

ROOT = Path(__file__).parents[2]
MUST_BE_REFUSED = {
    ("request.accept", "below_threshold"),
    ("request.accept", "mixed_codes"),
    ("request.accept", "too_few_sessions"),
    ("request.accept", "registration_printout_missing"),
    ("notice_to_improve.decide", "recipient_is_an_authority"),
    ("notice_to_improve.decide", "school_outside_the_law"),
    ("notice_to_improve.decide", "session_outside_school_age"),
    ("notice_to_improve.decide", "social_worker_not_consulted"),
    ("notice_to_improve.decide", "send_not_consulted"),
    ("penalty_notice.decide", "authority_not_held"),
    ("penalty_notice.decide", "best_tool_unanswered"),
    ("penalty_notice.decide", "cross_border_check_missing"),
    ("penalty_notice.decide", "limit_reached"),
    ("penalty_notice.decide", "recipient_without_basis"),
    ("penalty_notice.decide", "stale_n_marks"),
    ("penalty_notice.release", "posting_day_differs"),
    ("review.keep", "no_session_left"),
}


def run_demo(folder, *arguments):
    """Run the command as a user would, without anything of this environment's settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ATTENDANCE_")}
    return subprocess.run(
        [sys.executable, "-m", "attendance", "demo", "--no-serve", "--folder", str(folder), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_tiny_run_ends_with_its_summary(tmp_path):
    folder = tmp_path / "demo"
    ended = run_demo(folder, "--until", "2024-09-04", "--cases", "0")
    assert ended.returncode == 0, ended.stderr
    assert "on the rolls of 7 schools" in ended.stdout
    assert "verified, nothing altered" in ended.stdout
    assert "September 2024" in ended.stderr
    assert (folder / "accounts.txt").stat().st_mode & 0o077 == 0
    assert (folder / "letters" / "index.html").is_file()
    fresh_folder(folder)
    assert not (folder / "attendance.db").exists()


def test_a_folder_that_the_demo_did_not_make_is_left_alone(tmp_path, capsys):
    kept = tmp_path / "mine" / "attendance.db"
    kept.parent.mkdir()
    kept.write_text("my own")
    assert run(app, ["demo", "--no-serve", "--folder", str(kept.parent)]) == 65
    assert "did not make" in capsys.readouterr().err
    with pytest.raises(FolderNotOurs):
        fresh_folder(kept)
    assert kept.read_text() == "my own"


@pytest.mark.parametrize("wrong", [("--until", "11/07/2025"), ("--size", "village"), ("--cases", "-1")])
def test_what_is_no_demo_is_a_usage_error(tmp_path, wrong):
    assert run(app, ["demo", "--no-serve", "--folder", str(tmp_path), *wrong]) == 2


def test_every_scripted_child_has_a_plan():
    assert set(plans()) == {child.key for family in scripted_families() for child in family.children}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_every_state_of_every_matter_occurs(year, table):
    shown = year.states()[table.kind]
    assert {state.value for state in table.states} - shown == set()


def test_every_letter_of_the_catalogue_is_prepared(year):
    prepared = Counter(letter.name for letter in year.rows(LetterRow))
    assert set(LETTERS) - set(prepared) == set()


def test_what_the_law_and_the_local_code_refuse_was_tried_and_refused(year):
    assert MUST_BE_REFUSED - year.refused == set()


def test_the_record_is_intact_and_has_an_entry_for_each_act(year):
    assert year.summary["intact"]
    assert year.summary["entries"] == sum(1 for _ in year.entries())
    assert [row.seq for row, _ in year.entries()] == list(range(1, year.summary["entries"] + 1))


def test_the_figures_come_out_near_the_published_ones(year):
    assert year.summary["attendance"] == pytest.approx(0.930, abs=0.005)
    assert year.summary["persistent"] == pytest.approx(0.202, abs=0.015)
    assert set(year.summary["stages"]) == {"prevention", "early_intervention", "targeted"}


def test_work_is_in_hand_and_some_of_it_overdue_when_the_demo_ends(year):
    assert year.summary["later"]
    assert year.summary["past"]
    open_cases = {case.id for case in year.rows(CaseRow, state="open")}
    assert {duty.case_id for duty in year.rows(DutyRow, cleared_on=None)} <= open_cases | {None}


def test_every_duty_of_an_officer_is_in_the_name_of_one(year):
    owners = {duty.owner for duty in year.rows(DutyRow) if duty.owner_role == "officer" and duty.case_id}
    assert all(re.match(r"(officer\d|senior\.officer)@", owner) for owner in owners)


def test_no_third_notice_was_issued(year):
    standing = [row for row in year.rows(PenaltyNoticeRow) if row.issued_on and row.state != "withdrawn"]
    assert max(Counter((row.pupil_id, row.adult_id) for row in standing).values()) == 2


def test_no_notice_was_issued_after_the_time_limit_of_its_last_session(year):
    assert all(row.issued_on <= row.last_limit_on for row in year.rows(PenaltyNoticeRow) if row.issued_on)


def test_a_second_notice_has_one_sum_and_a_first_one_two(year):
    for row in year.rows(PenaltyNoticeRow):
        assert (row.reduced_pence is None) == (row.rung == "second")


def test_no_notice_was_issued_on_another_day_than_its_letter_says(year):
    letters = {letter.id: letter for letter in year.rows(LetterRow)}
    for row in (*year.rows(PenaltyNoticeRow), *year.rows(NoticeToImproveRow)):
        if row.issued_on:
            letter = letters[row.letter_id]
            assert letter.state in {"released", "returned"}
            assert row.issued_on == letter.for_posting_on == letter.served_on


def test_no_parent_s_letter_shows_where_another_parent_of_the_child_lives(year):
    people = {row.id: row for row in year.rows(AdultRow)}
    homes = {row.adult_id: row for row in year.rows(AdultAddressRow)}
    requests = {row.case_id: set() for row in year.rows(RequestRow)}
    letters = [row for row in year.rows(LetterRow) if row.adult_id]
    for letter in letters:
        requests.setdefault(letter.case_id, set()).add(letter.adult_id)
    with year.store.read() as session:
        documents = Documents(session)
        for letter in letters:
            others = requests[letter.case_id] - {letter.adult_id}
            page = documents.get(letter.html_sha256).content.decode()
            for other in others:
                if homes[other].postcode != homes[letter.adult_id].postcode:
                    assert homes[other].postcode not in page, (letter.reference, people[other].ref)


def test_the_letters_are_written_out_with_a_page_that_lists_them(year):
    folder = year.folder / "letters"
    page = (folder / "index.html").read_text()
    files = re.findall(r'href="([a-z_]+/LT-\d{4}-\d{6}\.(?:pdf|html))"', page)
    assert {Path(file).parent.name for file in files} == set(LETTERS)
    assert all((folder / file).is_file() for file in files)
    assert all((folder / file).read_bytes().startswith(b"%PDF") for file in files if file.endswith("pdf"))


def facts(folder, until):
    """Return what a short demo came to: references and states, and what its letters say."""
    demo = make_demo(Wish(folder=folder, until=until, cases=4), silent)
    with demo.office.store.read() as session:
        matters = Matters(session)
        rows = [row for kind in (CaseRow, RequestRow, NoticeToImproveRow) for row in matters.find(kind)]
        letters = [
            (row.reference, row.state, row.data_sha256, row.pdf_sha256) for row in matters.find(LetterRow)
        ]
    demo.office.store.close()
    return [(row.reference, row.state, row.state_since) for row in rows], letters, dict(demo.desk.done)


def test_two_demos_from_one_seed_come_to_the_same(tmp_path):
    until = date(2024, 10, 7)
    first, second = (facts(tmp_path / name, until) for name in ("first", "second"))
    assert json.dumps(first, default=str) == json.dumps(second, default=str)
    assert len(first[1]) >= 6
