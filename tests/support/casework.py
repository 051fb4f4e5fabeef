"""The usual course of a case in the invented world, in phrases: support, a notice, its letter, money.

The child is absent from Monday 4 to Friday 8 November 2024, ten sessions. A notice is decided on the 18th
and posted on the 19th; it is taken as received on Thursday the 21st, which is day 1.
"""

from datetime import date

from tests.support.world_marks import absent, present, school_days
from tests.support.world_people import URN

ABSENT = school_days(date(2024, 11, 4), 5)
SUPPORTED = date(2024, 10, 7)
DECIDED, POSTED, RECEIVED = date(2024, 11, 18), date(2024, 11, 19), date(2024, 11, 21)
DAY_21, DAY_22 = date(2024, 12, 11), date(2024, 12, 12)
DAY_28, DAY_29 = date(2024, 12, 18), date(2024, 12, 19)
EARLIER_LIMIT, LATER_LIMIT = date(2025, 5, 4), date(2025, 5, 8)
QUESTIONS = ("best_tool", "equality_act", "public_interest", "sufficient_support")
CONSIDERED = tuple(
    {"question": question, "yes": True, "why": "Considered at the case meeting."} for question in QUESTIONS
)


def reason(*codes):
    """Return reasons for going past conditions."""
    return [{"code": code, "text": "The officer's reason, in words."} for code in codes]


def register(world, *days, code="O", first=date(2024, 9, 2), last=date(2025, 7, 18)):
    """Fill the register: present on every school day, absent on the days given."""
    marks = present(first, last, but=absent(days, code))
    world.write_marks(marks, on=date(2024, 9, 1))


def support(world, on):
    """Record support and an offer of early help."""
    who = {"pupil_id": world.pupil, "school_urn": URN}
    world.do(
        "support.record",
        on,
        by=world.school,
        **who,
        kind="home_visit",
        on=on,
        response="taken_up",
        offered_by="Pastoral lead",
    )
    world.do(
        "early_help.record",
        on,
        by=world.school,
        **who,
        offered_on=on,
        answer="declined",
        answered_on=on,
    )


def earlier_notices_asked(world, on, adult, **asked):
    """Record that somebody was asked about earlier notices, and the answer."""
    who = {"pupil_id": world.pupil, "adult_id": adult, "asked_of": "The school and the parent"}
    done = world.do("notice_check.ask", on, **who, **asked)
    world.do("notice_check.answer", on, reference=done.reference, answer="None known.")


def proposed(world, **fields):
    """Return the input of the decision on a usual penalty notice, but for what is given."""
    return {
        "pupil_id": world.pupil,
        "school_urn": URN,
        "adult_id": world.mother,
        "kind": "irregular",
        "skip_ground": "support_not_engaged_with",
        "issuer_staff_id": world.staff["officer"],
        "posting_on": POSTED,
        "considerations": CONSIDERED,
        **fields,
    }


def issued_by(world, who):
    """Return what names a person as the one who issues, with that person's signed decision."""
    signed = world.document(f"the signed decision of {who}", DECIDED)
    return {"issuer_staff_id": world.staff[who], "document": signed}


def decide(world, on=DECIDED, *, by=None, **fields):
    """Decide on a penalty notice and return its reference."""
    return world.do("penalty_notice.decide", on, by=by, **proposed(world, **fields)).reference


def prepare(world, notice, on=DECIDED, *, posting_on=POSTED, **fields):
    """Prepare a penalty notice's letter."""
    return world.do("penalty_notice.prepare", on, reference=notice, posting_on=posting_on, **fields)


def release(world, notice, on=POSTED, **fields):
    """Issue a penalty notice."""
    return world.do("penalty_notice.release", on, reference=notice, **fields)


def issue(world, on=DECIDED, posting_on=POSTED, **fields):
    """Decide, prepare and issue a penalty notice, and return its reference."""
    notice = decide(world, on, posting_on=posting_on, **fields)
    prepare(world, notice, on, posting_on=posting_on)
    release(world, notice, posting_on)
    return notice


def pay(world, pence, received_on, *, recorded_on=None, reference=None, transaction=None):
    """Record money for the world's notice, or for the reference given."""
    return world.do(
        "payment.receive",
        recorded_on or received_on,
        pence=pence,
        received_on=received_on,
        paid_with_reference=reference or world.notice,
        transaction=transaction or f"T-{received_on}-{pence}",
    )


def say(world, verb, on, *, by=None, notice=None, **fields):
    """Perform an act on the world's penalty notice, or on the notice given."""
    return world.do(f"penalty_notice.{verb}", on, by=by, reference=notice or world.notice, **fields)


def to_improve(world, **fields):
    """Return the input of the decision on a usual notice to improve of twenty school days."""
    return {
        "pupil_id": world.pupil,
        "school_urn": URN,
        "adult_id": world.mother,
        "target_sessions": 2,
        "period_school_days": 20,
        "further_support": ["A weekly call from the pastoral lead"],
        **fields,
    }


def decide_improvement(world, on=DECIDED, *, by=None, **fields):
    """Decide on a notice to improve of twenty school days and return its reference."""
    return world.do("notice_to_improve.decide", on, by=by, **to_improve(world, **fields)).reference


def issue_improvement(world, on=DECIDED, posting_on=POSTED, **fields):
    """Decide, prepare and issue a notice to improve, and return its reference."""
    notice = decide_improvement(world, on, **fields)
    world.do("notice_to_improve.prepare", on, reference=notice, posting_on=posting_on)
    world.do("notice_to_improve.release", posting_on, reference=notice)
    return notice


def named(world, *adults):
    """Return parents as a request names them, the mother unless others are given."""
    return [
        {"adult_id": adult, "name": "Jo Marsh", "address": "1 Mill Lane, Aldermere, AM1 1AA"}
        for adult in adults or (world.mother,)
    ]
