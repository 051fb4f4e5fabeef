"""A school returns its registers: problems line by line, and a correction that a notice must answer for."""

from datetime import date

from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.hands import register

MONDAY = date(2024, 12, 2)


def until_november(store):
    """The register is there until Friday 29 November 2024."""
    world = w.build(store)
    c.register(world, *c.ABSENT, last=date(2024, 11, 29))
    return world


def line(session, code, day=MONDAY, urn=w.URN):
    return urn, w.upn(1), day.isoformat(), session, code


def test_a_register_with_problems_is_put_right_and_imported(at_desk):
    school = at_desk(until_november, MONDAY).sign_in("school.one")
    school.follow("Registers")
    school.press("Import the register")
    assert school.problems() == ["Choose the register file"]

    school.fill(register=register([line("AM", "/"), line("PM", "Q9"), line("XM", "/")]))
    school.press("Import the register")
    assert school.title == "The register is refused"
    assert "Nothing of the file was imported" in school.problems()[0]
    assert school.row("code").startswith("3 code 'Q9' is not a register code.")
    assert school.row("AM or PM") == "4 session Write AM or PM."

    right = register([line("AM", "/"), line("PM", "U")])
    school.fill(register=right)
    school.press("Only check it")
    assert "would add 2 marks and correct 0" in school.words
    school.fill(register=right)
    school.press("Import the register")
    assert "added 2 marks and corrected 0" in school.words

    school.find("Marsh")
    school.follow("Ada Marsh")
    school.follow("Register")
    school.page.locator("a.app-day__link").filter(has_text="2 December").click()
    assert school.page.locator("#day-title").inner_text() == "Monday 2 December 2024"
    assert "PM: U" in school.words


def test_a_mark_is_corrected_and_the_review_appears(at_desk):
    office = at_desk(stories.issued, date(2024, 12, 2))
    school, officer = office.sign_in("school.one"), office.sign_in("senior.one")
    wednesday = c.ABSENT[2]

    school.follow("Registers")
    corrected = register([line("AM", "I", wednesday)])
    school.fill(register=corrected)
    school.press("Import the register")
    assert "why" in school.words.lower()
    assert school.title == "The register is refused"
    school.fill(register=corrected, reason="A doctor's letter came later.")
    school.press("Import the register")
    assert "corrected 1" in school.words
    assert "RV-2024-000001" in school.words

    decide_on_the_review(officer, office.world.notice)

    school.open(f"/pupils/{office.world.pupil}/register?day={wednesday.isoformat()}")
    assert "AM: I" in school.words
    assert "before: O" in school.words
    assert "A doctor's letter came later." in school.words


def decide_on_the_review(officer, notice):
    """The review is due, shows before and after, asks for a reason where the threshold is lost, and ends."""
    officer.open("/?whose=all")
    assert "Ada Marsh" in officer.row("RV-2024-000001")
    officer.open(f"/penalty-notices/{notice}")
    assert "Unauthorised sessions before 10, after 9." in officer.words
    officer.follow("Decide on RV-2024-000001")
    officer.fill(why="Nine sessions still ground it.")
    officer.go_on()
    officer.confirm()
    assert officer.title.startswith("This cannot be done now")
    assert "threshold" in officer.words
    officer.page.get_by_label("Your reason for going on all the same").fill("The illness was one morning.")
    officer.press("Go on with these reasons")
    officer.open("/?whose=all")
    assert "RV-2024-000001" not in officer.words
