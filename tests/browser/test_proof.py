"""An auditor proves a case, years later, and sees it where somebody has altered a line."""

from datetime import date

from sqlalchemy import text

from tests.support import stories
from tests.support.behind import behind, without_triggers

LATER = date(2025, 3, 3)


def test_an_auditor_proves_a_case(at_desk):
    office = at_desk(stories.unpaid, LATER)
    auditor = office.sign_in("auditor.one")
    auditor.find("Marsh")
    auditor.follow("Ada Marsh")
    auditor.follow("C-2024-000001")
    assert auditor.page.get_by_role("link", name="Close a case with a reason").count() == 0
    auditor.follow("The record, checked, and what each decision rests on")
    entries = auditor.page.get_by_role("row").filter(has_text="Penalty notice")
    assert entries.count() >= 3
    assert all("Intact" in entries.nth(number).inner_text() for number in range(entries.count()))
    assert "Values in force" in auditor.words

    auditor.follow("Record")
    auditor.press("Examine the whole record")
    assert "Intact" in auditor.words
    auditor.follow("Who read what")
    assert "C-2024-000001" in auditor.row("Record of a case")

    auditor.open("/law?on-day=18&on-month=11&on-year=2024")
    assert "18 November 2024" in auditor.words
    assert "Unverified" in auditor.words


def test_an_auditor_sees_an_altered_entry(at_desk):
    office = at_desk(stories.issued, LATER)
    with behind(office.world.store) as connection:
        without_triggers(connection)
        entry = connection.execute(
            text("SELECT seq FROM record_entry WHERE event = 'penalty_notice.issued'")
        ).scalar_one()
        connection.execute(
            text("UPDATE record_entry SET payload = replace(payload, '-11-19', '-11-12') WHERE seq = :seq"),
            {"seq": entry},
        )
    auditor = office.sign_in("auditor.one")
    auditor.open("/cases/C-2024-000001/record")
    assert f"Not as written: entry {entry}." in auditor.words
    auditor.follow("Record")
    auditor.press("Examine the whole record")
    assert "Broken" in auditor.words
    assert f"entry {entry}" in auditor.words.lower()
