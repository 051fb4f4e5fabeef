"""What a letter tells a parent is so: of days, of sessions and their list, of when to answer."""

from datetime import date
from html import unescape

import pytest

from attendance.domain.errors import BadInput
from attendance.domain.registers import Session
from attendance.store.documents import Documents
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow
from letters.blocks import lines_of
from letters.render import draft
from letters.samples import sample_context, samples_of
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.letters import BOOK

ANSWER_IS_KEPT = "We keep your answer, and we send it to the council"


@pytest.fixture
def world(sqlite_store):
    return stories.ready(sqlite_store)


def said(world, reference):
    """Return the text of a letter."""
    with world.store.read() as session:
        kept = Documents(session).get(world.row(LetterRow, reference).html_sha256).content.decode()
    return unescape(kept)


def leave(world, verb, first, last, on=c.DECIDED, **fields):
    """Let the school write about leave; `verb` is the act."""
    to = {"pupil_id": world.pupil, "school_urn": w.URN, "adult_id": world.mother}
    days = {"first_day": first, "last_day": last, "considered": ["It is a holiday."]}
    return world.do(f"letter.{verb}", on, by=world.school, **to, **days, **fields)


def warned(world, first, last, on=c.DECIDED):
    return leave(world, "warn_of_notice", first, last, on, asked_for_leave=False)


def test_a_warning_of_a_notice_is_not_written_of_days_to_come(world):
    with pytest.raises(BadInput, match="days that have been missed"):
        warned(world, c.ABSENT[0], date(2024, 11, 19))


def test_a_warning_of_a_notice_is_not_written_of_days_attended(world):
    with pytest.raises(BadInput, match="no session without permission"):
        warned(world, date(2024, 11, 11), date(2024, 11, 15))


def test_a_warning_says_that_the_threshold_is_reached_only_where_it_is(world):
    reached = warned(world, c.ABSENT[0], c.ABSENT[4])
    short = warned(world, c.ABSENT[0], c.ABSENT[3])

    assert "missed 10 sessions or more in 10 school weeks" in said(world, reached.reference)
    letter = said(world, short.reference)
    assert "missed 8 sessions without permission" in letter
    assert "missed 10 sessions or more in" not in letter
    assert "It will decide if that is so here." in letter
    assert "may be closed as not met" in " ".join(short.sentences)
    assert "may be closed as not met" not in " ".join(reached.sentences)


def test_leave_is_not_declined_before_it_was_applied_for(world):
    with pytest.raises(BadInput, match="applied for"):
        leave(world, "decline_leave", c.ABSENT[0], c.ABSENT[4], applied_on=date(2025, 3, 1))


def test_leave_that_was_asked_for_first_is_declined_with_thanks(world):
    on, asked = date(2024, 10, 16), date(2024, 10, 14)
    done = leave(world, "decline_leave", c.ABSENT[0], c.ABSENT[4], on, applied_on=asked)

    letter = said(world, done.reference)
    assert "Thank you for asking us first." in letter
    assert "please tell us before 4 November 2024" in letter


def test_leave_that_was_asked_for_once_it_had_begun_is_declined_in_other_words(world):
    done = leave(world, "decline_leave", c.ABSENT[0], c.ABSENT[4], applied_on=c.ABSENT[1])

    letter = said(world, done.reference)
    assert "You asked when this time had already begun." in letter
    assert "asking us first" not in letter
    assert "please tell us now" in letter
    assert "We hope to see" not in letter


def test_a_notice_to_improve_says_what_it_rests_on_and_counts_as_was_known(sqlite_store):
    """The register of the school year so far shows more sessions than the notice rests on."""
    world = w.build(sqlite_store)
    c.register(world, date(2024, 9, 9), *c.ABSENT)
    c.support(world, c.SUPPORTED)
    days = {"offence_from": c.ABSENT[0], "offence_until": c.ABSENT[4]}
    notice = c.decide_improvement(world, c.DECIDED, **days)
    world.correct({(date(2024, 9, 12), Session.AM): "O"}, on=c.POSTED)

    world.do("notice_to_improve.prepare", c.POSTED, reference=notice, posting_on=c.POSTED)

    (letter,) = world.rows(LetterRow)
    text_of_it = said(world, letter.reference)
    assert "missed <strong>12 sessions</strong>" in text_of_it
    assert "This notice rests on <strong>10 sessions</strong>" in text_of_it


@pytest.mark.parametrize("name", ["penalty_notice", "notice_to_improve"])
def test_a_letter_never_says_another_number_than_it_lists(name):
    whole = sample_context(name, BOOK)
    fields = {field: getattr(whole, field) for field in type(whole).__dataclass_fields__}
    with pytest.raises(ValueError, match="says 11 sessions and lists 10"):
        type(whole)(**{**fields, "sessions": 11})


@pytest.mark.parametrize("name", ["notice_to_improve_not_improved", "notice_to_improve_ended_early"])
def test_a_letter_lists_every_session_that_its_register_counts(name):
    whole = sample_context(name, BOOK)
    fields = {field: getattr(whole, field) for field in type(whole).__dataclass_fields__}
    with pytest.raises(ValueError, match="says 8 sessions and lists 6"):
        type(whole)(**{**fields, "absences": whole.absences[1:]})


@pytest.mark.parametrize("name", ["seven_day_message", "non_payment_to_school"])
def test_a_parent_who_is_asked_is_told_what_becomes_of_the_answer(name):
    for context in samples_of(name, BOOK).values():
        lines = " ".join(lines_of(draft(name, context, BOOK).blocks))
        assert ANSWER_IS_KEPT in lines
        assert "It may be shown to the court." in lines


def test_the_review_and_the_answer_fall_on_working_days(sqlite_store):
    """The period ends on Friday 13 December 2024, and ten days after Wednesday 8 January is a Saturday."""
    world = stories.ready(sqlite_store)
    notice = c.issue_improvement(world, period_school_days=16)
    row = world.row(NoticeToImproveRow, notice)
    assert (row.period_until, row.review_on) == (date(2024, 12, 13), date(2024, 12, 16))
    missed = [(day, session) for day in w.school_days(date(2024, 12, 2), 2) for session in Session]
    world.correct(dict.fromkeys(missed, "O"), on=date(2024, 12, 16))

    world.do("notice_to_improve.review", date(2025, 1, 8), reference=notice, finds="not_improved")

    letter = world.rows(LetterRow)[-1]
    assert "Monday 20 January 2025" in said(world, letter.reference)
