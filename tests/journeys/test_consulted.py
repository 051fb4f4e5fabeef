"""Who was consulted about a child of whom something is known, before a notice is decided and before it goes.

The local code involves the Virtual School and the social worker; national guidance, those who know a child's
special educational needs. What was said at the decision is kept on the notice and answers for what was known
then. What became known since is asked about when the letter is to go: consult, and say so at the release.
"""

import json

import pytest

from attendance.domain.errors import BadInput
from attendance.domain.people import Flag
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.record import RecordEntryRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused, turned_away

KINDS = ["penalty_notice", "notice_to_improve"]
ROWS = {"penalty_notice": PenaltyNoticeRow, "notice_to_improve": NoticeToImproveRow}
CARE = ("social_worker_not_consulted", "virtual_school_not_consulted")


def decide(world, kind, **fields):
    return (c.decide if kind == "penalty_notice" else c.decide_improvement)(world, **fields)


def prepared(world, kind, **fields):
    """Decide on a notice, prepare its letter, and return its reference."""
    notice = decide(world, kind, **fields)
    world.do(f"{kind}.prepare", c.DECIDED, reference=notice, posting_on=c.POSTED)
    return notice


def release(world, kind, notice, **fields):
    return world.do(f"{kind}.release", c.POSTED, reference=notice, **fields)


def last_entry(world):
    entry = world.rows(RecordEntryRow)[-1]
    return entry.event, json.loads(entry.payload)


@pytest.mark.parametrize("kind", KINDS)
def test_who_was_consulted_is_kept_on_the_notice_and_in_the_record(tell, kind):
    world = tell(stories.ready)
    w.flag(world, Flag.CHILD_IN_NEED, w.START)
    notice = decide(world, kind, consulted=["social_worker"])
    event, said = last_entry(world)
    assert (event, said["consulted"]) == (f"{kind}.decided", ["social_worker"])
    assert world.row(ROWS[kind], notice).consulted == "social_worker"


@pytest.mark.parametrize("kind", KINDS)
def test_a_flag_that_came_after_the_decision_blocks_the_release_until_somebody_is_consulted(tell, kind):
    world = tell(stories.ready)
    notice = prepared(world, kind)
    w.flag(world, Flag.LOOKED_AFTER, c.POSTED)
    with refused(world, *CARE) as caught:
        release(world, kind, notice)
    assert all("Consult and say so" in unmet.remedy for unmet in caught.value.unmet)
    with refused(world, "virtual_school_not_consulted"):
        release(world, kind, notice, consulted=["social_worker"])
    both = ["virtual_school", "social_worker"]
    release(world, kind, notice, consulted=both)
    event, said = last_entry(world)
    assert (event, said["consulted"]) == (f"{kind}.issued", sorted(both))
    assert world.row(ROWS[kind], notice).consulted == "social_worker virtual_school"


@pytest.mark.parametrize("kind", KINDS)
def test_an_officer_may_record_at_the_release_why_nobody_was_consulted(tell, kind):
    world = tell(stories.ready)
    notice = prepared(world, kind)
    w.flag(world, Flag.EHCP, c.POSTED)
    with refused(world, "send_not_consulted"):
        release(world, kind, notice)
    release(world, kind, notice, reasons=c.reason("send_not_consulted"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said", [{"consulted": ["send"]}, {"reasons": c.reason("send_not_consulted")}])
def test_what_was_said_at_the_decision_answers_for_what_was_known_then(tell, kind, said):
    world = tell(stories.ready)
    w.flag(world, Flag.SEND, w.START)
    notice = prepared(world, kind, **said)
    assert release(world, kind, notice).state in {"issued", "monitoring"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "said", [{"consulted": ["social_worker"]}, {"reasons": c.reason("social_worker_not_consulted")}]
)
def test_what_was_said_at_the_decision_does_not_answer_for_what_became_known_since(tell, kind, said):
    """The social worker was spoken to of a plan; coming into care since is another matter."""
    world = tell(stories.ready)
    w.flag(world, Flag.CHILD_IN_NEED, w.START)
    notice = prepared(world, kind, **said)
    w.flag(world, Flag.LOOKED_AFTER, c.POSTED)
    with refused(world, *CARE):
        release(world, kind, notice)


def test_a_reason_that_lifted_nothing_at_the_decision_lifts_nothing_at_the_release(tell):
    world = tell(stories.ready)
    notice = prepared(world, "penalty_notice", reasons=c.reason("send_not_consulted", "time_limit_too_near"))
    assert world.row(PenaltyNoticeRow, notice).reasons_given == ""
    w.flag(world, Flag.SEND, c.POSTED)
    with refused(world, "send_not_consulted"):
        release(world, "penalty_notice", notice)


@pytest.mark.parametrize("kind", KINDS)
def test_when_it_goes_out_anew_it_is_not_asked_again_about_the_same(tell, kind):
    world = tell(stories.ready)
    notice = prepared(world, kind)
    w.flag(world, Flag.EHCP, c.POSTED)
    release(world, kind, notice, consulted=["send"])
    back = {"returned_on": c.DECIDED.replace(day=22), "why": "Gone away"}
    world.do(f"{kind}.record_returned_mail", back["returned_on"], reference=notice, **back)
    again = c.DECIDED.replace(day=25)
    world.do(f"{kind}.prepare", back["returned_on"], reference=notice, posting_on=again)
    assert world.do(f"{kind}.release", again, reference=notice).state in {"issued", "monitoring"}


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_whom_no_flag_asks_for_is_turned_away_by_name(tell, kind):
    world = tell(stories.ready)
    with turned_away(world, BadInput, "the_milkman is nobody .* Known: send, social_worker, virtual_school"):
        decide(world, kind, consulted=["the_milkman"])
    notice = prepared(world, kind)
    with turned_away(world, BadInput, "the_milkman is nobody"):
        release(world, kind, notice, consulted=["the_milkman"])


def test_the_record_says_what_a_penalty_notice_was_decided_on(tell):
    """The request it follows, the ground for no notice to improve, and who was consulted."""
    world = tell(stories.ready)
    asks = {
        "pupil_id": world.pupil,
        "school_urn": w.URN,
        "kind": "irregular",
        "absent_from": c.ABSENT[0],
        "absent_until": c.ABSENT[4],
        "parents": c.named(world),
    }
    request = world.do("request.make", c.DECIDED, by=world.school, **asks).reference
    world.do("request.send", c.DECIDED, by=world.school, reference=request)
    world.do("request.accept", c.DECIDED, reference=request, answer="By the criteria of the code.")
    c.decide(world, request=request)
    _, said = last_entry(world)
    assert (said["request"], said["skip_ground"]) == (request, "support_not_engaged_with")
    assert "consulted" not in said
    assert "notice_to_improve" not in said


def test_the_record_says_which_notice_to_improve_a_penalty_notice_followed(tell):
    world = tell(stories.improving)
    world.correct(w.absent(w.school_days(c.DECIDED.replace(month=12, day=2), 2)), on=c.DAY_21)
    after = c.DECIDED.replace(month=12, day=20)
    world.do("notice_to_improve.review", after, reference=world.improvement)
    c.earlier_notices_asked(world, after, world.mother)
    c.decide(world, after, posting_on=after, skip_ground="")
    _, said = last_entry(world)
    assert said["notice_to_improve"] == world.improvement
    assert "skip_ground" not in said
