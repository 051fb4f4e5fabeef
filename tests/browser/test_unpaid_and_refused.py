"""A notice that nobody pays and a school that is silent; and a third notice, which the law does not allow."""

from datetime import date

from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories

TOLD, DAY_15 = date(2025, 1, 13), date(2025, 1, 28)


def twice_noticed(store):
    """Two other authorities have fined the mother for this child since the framework began."""
    world = stories.ready(store)
    for number, issued in enumerate((date(2024, 9, 16), date(2024, 10, 14)), start=1):
        world.do(
            "earlier_notice.record",
            c.SUPPORTED if number == 1 else date(2024, 11, 1),
            pupil_id=world.pupil,
            adult_id=world.mother,
            kind="school_attendance",
            issued_by=f"Council {number}",
            issued_on=issued,
            offence_from=date(2024, 9, 2),
            offence_until=date(2024, 9, 6),
            source="other_authority",
        )
    return world


def test_non_payment_meets_a_silent_school_and_an_officer_withdraws(at_desk):
    office = at_desk(stories.unpaid, TOLD)
    notice = office.world.notice
    officer, school = office.sign_in("officer.one"), office.sign_in("school.one")
    officer.open("/")
    officer.follow("Tell the school that a notice is unpaid", of=notice)
    officer.complete()
    assert "With the school" in officer.words

    school.open("/")
    assert "in 14 days" in school.row(notice)
    school.follow("Ada Marsh", of=notice)

    office.on = DAY_15
    officer.open("/")
    officer.follow("Record that the school did not answer", of=notice)
    officer.complete()
    officer.open(f"/penalty-notices/{notice}")
    officer.do("Withdraw a notice on a listed ground", ground="ought_not_to_have_been_issued", why="No.")
    assert "Withdrawn" in officer.words
    assert "ought not" in officer.words.lower()
    school.open("/")
    assert notice not in school.words
    school.open(f"/penalty-notices/{notice}")
    assert "Withdrawn" in school.page.locator(".govuk-tag").first.inner_text()


def test_an_officer_is_refused_a_third_notice_and_reads_why(at_desk):
    office = at_desk(twice_noticed, c.DECIDED)
    officer, world = office.sign_in("officer.one"), office.world
    officer.find("Marsh")
    officer.follow("Ada Marsh")
    officer.follow("Decide on a penalty notice")
    answers = dict.fromkeys(c.QUESTIONS, "yes") | {f"{name}-why": "It is." for name in c.QUESTIONS}
    officer.fill(
        adult_id=world.mother,
        kind="irregular",
        issuer_staff_id=world.staff["officer"],
        posting_on=c.POSTED,
        considerations=answers,
        skip_ground="support_not_engaged_with",
    )
    officer.go_on()
    officer.confirm()
    assert officer.title.startswith("This cannot be done now")
    barred = officer.page.locator("main li").filter(has_text="Not allowed")
    assert barred.count() == 1
    said = " ".join(barred.text_content().split())
    assert "two" in said.lower() or "2" in said
    assert "What to do:" in said
    assert "in force since" in said
    assert officer.page.get_by_role("button", name="Go on with these reasons").count() == 0
    officer.press("Change answers")
    assert officer.page.locator(f'[name="adult_id"][value="{world.mother}"]').is_checked()
    assert world.rows(PenaltyNoticeRow) == ()
