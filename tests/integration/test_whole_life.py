"""A case from the register to a paid notice, on both databases."""

import csv
from datetime import date
from hashlib import sha256

import pytest

from attendance.domain.errors import StepRefused
from attendance.reports.tables import write_csv
from attendance.services.notice_record import export_notice_record
from attendance.services.record_export import FolderInTheWay
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from tests.support import world as w
from tests.support.world import URN


@pytest.fixture
def world(store):
    world = w.build(store)
    missed = w.school_days(date(2024, 11, 4), 6)
    period = w.school_days(date(2024, 12, 2), 8)
    marks = w.present(date(2024, 9, 2), date(2025, 2, 14), but={**w.absent(missed), **w.absent(period)})
    world.write_marks(marks, on=date(2024, 9, 1))
    return world


def improvement_not_made(world):
    w.support(world, date(2024, 11, 12))
    nti = world.do(
        "notice_to_improve.decide",
        date(2024, 11, 18),
        pupil_id=world.pupil,
        school_urn=URN,
        adult_id=world.mother,
        target_sessions=2,
        period_school_days=20,
        further_support=["A weekly call from the pastoral lead"],
    ).reference
    world.do("notice_to_improve.prepare", date(2024, 11, 18), reference=nti, posting_on=date(2024, 11, 19))
    world.do("notice_to_improve.release", date(2024, 11, 19), reference=nti)
    row = world.row(NoticeToImproveRow, nti)
    assert (row.received_on, row.period_from) == (date(2024, 11, 21), date(2024, 11, 22))
    assert row.period_until == date(2024, 12, 19)

    with pytest.raises(StepRefused):
        world.do("notice_to_improve.review", date(2024, 12, 19), reference=nti)
    done = world.do("notice_to_improve.review", date(2025, 1, 6), reference=nti)
    assert done.state == "not improved"

    w.earlier_notices_asked(world, date(2025, 1, 6), world.mother)


def issued(world):
    improvement_not_made(world)
    pn = world.do(
        "penalty_notice.decide",
        date(2025, 1, 8),
        pupil_id=world.pupil,
        school_urn=URN,
        adult_id=world.mother,
        kind="irregular",
        issuer_staff_id=world.officer_person,
        posting_on=date(2025, 1, 9),
        considerations=w.CONSIDERED,
    ).reference
    world.do("penalty_notice.prepare", date(2025, 1, 8), reference=pn, posting_on=date(2025, 1, 9))
    world.do("penalty_notice.release", date(2025, 1, 9), reference=pn)
    return pn


def test_an_irregular_absence_goes_from_support_to_a_paid_notice(world):
    pn = issued(world)
    notice = world.row(PenaltyNoticeRow, pn)
    assert (notice.received_on, notice.reduced_until) == (date(2025, 1, 13), date(2025, 2, 2))
    assert notice.payable_until == date(2025, 2, 9)

    paid = world.do(
        "payment.receive",
        date(2025, 1, 20),
        pence=8000,
        received_on=date(2025, 1, 20),
        paid_with_reference=pn,
        transaction="T1",
    )
    assert paid.letters
    assert world.row(PenaltyNoticeRow, pn).state == "paid"
    assert world.store.examine(None).intact


def test_the_statutory_record_holds_the_notice_its_copy_and_its_payment(world, tmp_path):
    pn = issued(world)
    pay = {"pence": 8000, "received_on": date(2025, 1, 20), "paid_with_reference": pn, "transaction": "T1"}
    world.do("payment.receive", date(2025, 1, 20), **pay)

    done = export_notice_record(world.store, tmp_path / "record")

    assert (done.notices, done.payments, done.copies) == (1, 1, 1)
    with (tmp_path / "record/notices.csv").open(encoding="utf-8", newline="") as file:
        [notice] = csv.DictReader(file)
    assert (notice["reference"], notice["paid_pence"], notice["withdrawn_on"]) == (pn, "8000", "")
    assert notice["authority_to_issue"] == "authorised_officer"
    copy = (tmp_path / f"record/copies/{pn}.pdf").read_bytes()
    assert sha256(copy).hexdigest() == notice["copy_sha256"]
    with pytest.raises(FolderInTheWay):
        export_notice_record(world.store, tmp_path / "record")


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(tmp_path):
    write_csv(tmp_path / "t.csv", ("name",), [("=1+1",), ("Jo",)])
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "name\n'=1+1\nJo\n"


def test_a_school_writes_its_letters_about_leave(world):
    given = {
        "pupil_id": world.pupil,
        "school_urn": URN,
        "adult_id": world.mother,
        "first_day": date(2024, 11, 4),
        "last_day": date(2024, 11, 8),
        "considered": ["You told us about a cheaper flight. We do not see this as exceptional."],
    }
    on = date(2024, 11, 12)
    declined = world.do("letter.decline_leave", on, by=world.school, applied_on=date(2024, 10, 14), **given)
    warned = world.do("letter.warn_of_notice", on, by=world.school, asked_for_leave=True, **given)
    assert (declined.state, warned.state) == ("prepared", "prepared")
    assert world.do("letter.release", on, by=world.senior, reference=declined.reference).state == "released"
