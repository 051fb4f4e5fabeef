"""Documents and entries about a pupil as both databases return them, each to those whom it is for."""

from datetime import date

import pytest

from attendance.domain.errors import NotFound
from attendance.services.reading.about_pupil import papers_of_pupil, timeline_of_pupil
from attendance.services.reading.asking import reading
from attendance.store.queries.made import LINES, Part
from attendance.store.queries.papers import GivenWith
from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import world as small
from tests.support.tour import tour
from tests.support.world import at
from tests.support.world_people import URN

ON = date(2025, 6, 4)
WHOLE = Part(LINES)


@pytest.fixture
def world(store):
    """The small world after every act there is, with a document of every kind."""
    world = small.build(store)
    tour(world)
    world.do(
        "support.record",
        ON,
        by=world.school,
        pupil_id=world.pupil,
        school_urn=URN,
        kind="home_visit",
        on=date(2025, 6, 2),
        response="taken_up",
        offered_by="Pastoral lead",
        document=world.document("a note of the visit", ON),
    )
    (standing, *_) = [row for row in world.rows(PenaltyNoticeRow) if row.reference == world.notice]
    world.do(
        "representation.receive",
        ON,
        reference=standing.reference,
        received_on=ON,
        said="Ada was ill.",
        adult_id=world.mother,
        document=world.document("a letter from the mother", ON),
    )
    return world


def papers(world, actor):
    with reading(world.office, actor, at(ON)) as work:
        return papers_of_pupil(work, world.pupil, WHOLE).documents


def test_what_is_on_file_about_a_pupil_is_returned_whole_to_those_whom_it_is_for(world):
    every_kind_of_document_has_who_gave_it_and_when(world)
    a_school_has_what_schools_gave_and_another_school_nothing(world)
    the_timeline_goes_back_part_by_part_and_names_the_letters(world)


def every_kind_of_document_has_who_gave_it_and_when(world):
    found = papers(world, world.officer)
    kinds = {one.given_with for one in found}
    assert kinds == set(GivenWith) - {GivenWith.DECISION}
    assert [one.given_on for one in found] == sorted((one.given_on for one in found), reverse=True)
    (support,) = (one for one in found if one.given_with is GivenWith.SUPPORT)
    assert (support.what, support.made_on, support.given_on) == ("home_visit", date(2025, 6, 2), ON)
    assert support.given_by == world.school.account
    (said,) = (one for one in found if one.given_with is GivenWith.REPRESENTATION)
    assert (said.reference, said.given_by) == (world.notice, "officer.one")
    signed = {one.what: one for one in found if one.given_with is GivenWith.SIGNED}
    assert set(signed) == {"statement", "certificate"}
    for one in signed.values():
        assert (one.made_on, one.given_on, one.given_by) == (date(2025, 6, 3),) * 2 + (world.school.account,)


def a_school_has_what_schools_gave_and_another_school_nothing(world):
    own = papers(world, world.school)
    kinds = {one.given_with for one in own}
    assert kinds == {GivenWith.REQUEST, GivenWith.SUPPORT, GivenWith.SIGNED}
    everything = {one.document_sha256 for one in papers(world, world.officer)}
    assert {one.document_sha256 for one in own} < everything
    world.enrol(small.OTHER_URN, date(2025, 6, 1), None, main=False)
    assert papers(world, world.other_school) == ()


def the_timeline_goes_back_part_by_part_and_names_the_letters(world):
    seqs, after, letters = [], "", set()
    while after is not None:
        with reading(world.office, world.officer, at(ON)) as work:
            found = timeline_of_pupil(work, world.pupil, Part(LINES, after))
        seqs += [one.seq for one in found.entries.items]
        letters |= {one.name for one in found.letters}
        after = found.entries.next
    assert seqs == sorted(set(seqs), reverse=True)
    assert "first_concern" in letters
    with reading(world.office, world.school, at(ON)) as work, pytest.raises(NotFound):
        timeline_of_pupil(work, world.pupil, WHOLE)
