"""A tour of the whole casework: every act there is, performed in an order that makes sense.

A new act of the registry gets its place here; `test_every_act` fails until it has.
"""

from datetime import date

from attendance.services.accounts import Opening, open_account
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.people import StaffMemberRow
from rules.roles import Role
from tests.support import casework as c
from tests.support.world import at
from tests.support.world_marks import absent, school_days
from tests.support.world_people import URN

NOV_22, DEC_2, DEC_9 = date(2024, 11, 22), date(2024, 12, 2), date(2024, 12, 9)
DEC_11, DEC_20 = date(2024, 12, 11), date(2024, 12, 20)
MISSED = (*c.ABSENT, *school_days(DEC_2, 5), *school_days(date(2025, 1, 13), 5))
WHY = {"why": "Agreed at the case meeting."}
LEAVE = {"kind": "leave_of_absence", "leave_applied_for": False, "exceptional_considered": True}
ANSWER = {"answer": "By the criteria of the code."}


def tour(world):
    """Go everywhere."""
    c.register(world, *MISSED)
    begin(world)
    write_letters(world)
    ask_for_notices(world)
    improve(world)
    penalise_the_mother(world)
    penalise_the_father(world)
    authorise(world)
    end(world)


def about(world, **fields):
    """Return the child and the school."""
    return {"pupil_id": world.pupil, "school_urn": URN, **fields}


def begin(world):
    """Support comes first; earlier notices are asked after."""
    owner = world.account("officer.one")
    case = world.do("case.open", c.SUPPORTED, **about(world), officer=owner).reference
    open_account(world.store, Opening(name="officer.two", role=Role.OFFICER), world.senior, at(c.SUPPORTED))
    world.do("case.assign", c.SUPPORTED, reference=case, officer="officer.two")
    c.support(world, c.SUPPORTED)
    earlier = world.do(
        "earlier_notice.record",
        c.SUPPORTED,
        pupil_id=world.pupil,
        adult_id=world.mother,
        kind="school_attendance",
        issued_by="Lowfield Council",
        issued_on=date(2024, 9, 20),
        offence_from=date(2024, 9, 2),
        offence_until=date(2024, 9, 6),
        source="other_authority",
    ).reference
    world.do("earlier_notice.withdrawn", c.SUPPORTED, reference=earlier, withdrawn_on=c.SUPPORTED)


def write_letters(world):
    """Letters are looked at, held, let go and sent back by the post."""
    on, to = c.SUPPORTED, about(world, adult_id=world.mother)
    contact = {"contact_name": "Pia Wells", "contact_job_title": "Attendance lead"}
    reach = {"contact_telephone": "01632 960102", "contact_email": "pia@mill.example"}
    concern = {**to, **contact, **reach, "help_offered": ["A mentor"]}
    first, second = (world.do("letter.first_concern", on, **concern).reference for _ in range(2))
    leave = {**to, "first_day": c.ABSENT[0], "last_day": c.ABSENT[4], "considered": ["It is a holiday."]}
    world.do("letter.decline_leave", on, by=world.school, **leave, applied_on=on)
    world.do("letter.warn_of_notice", c.DECIDED, by=world.school, **leave, asked_for_leave=False)
    world.do("letter.hold", on, reference=first, **WHY)
    world.do("letter.resume", on, reference=first)
    world.do("letter.cancel", on, reference=second, **WHY)
    batch = world.do("letter_batch.make", on, letters=[first], posting_on=on).reference
    world.do("letter_batch.sample", on, reference=batch)
    world.do("letter.release", on, reference=first)
    world.do("letter.record_returned_mail", on, reference=first, returned_on=on, **WHY)


def ask_for_notices(world):
    """The school asks, and is answered in every way there is."""
    asks = about(world, kind="irregular", absent_from=c.ABSENT[0], absent_until=c.ABSENT[4])
    for verb in ("withdraw", "refuse", "accept"):
        request = _made(world, parents=c.named(world), **asks)
        if verb == "accept":
            world.do("request.return_for_information", c.DECIDED, reference=request, **ANSWER)
            _sent(world, request)
        said = {"by": world.school, **WHY} if verb == "withdraw" else ANSWER
        world.do(f"request.{verb}", c.DECIDED, reference=request, **said)
    leave = _made(world, parents=c.named(world), **{**asks, **LEAVE})
    world.do("request.close_as_not_met", c.DECIDED, reference=leave)


def _made(world, **asks):
    on, by = c.DECIDED, world.school
    request = world.do("request.make", on, by=by, **asks).reference
    paper = {"item": "other", "document": world.document("a note", on)}
    world.do("request.give_evidence", on, by=by, reference=request, **paper)
    _sent(world, request)
    return request


def _sent(world, request):
    world.do("request.send", c.DECIDED, by=world.school, reference=request)


def improve(world):
    """Notices to improve come back, end early, are withdrawn, cancelled and reviewed."""
    nti = c.issue_improvement(world)
    ways = {"mother": nti, "father": c.decide_improvement(world, adult_id=world.father)}

    def do(verb, on, who="mother", **fields):
        return world.do(f"notice_to_improve.{verb}", on, reference=ways[who], **fields)

    do("record_returned_mail", NOV_22, returned_on=NOV_22, **WHY)
    do("prepare", NOV_22, posting_on=NOV_22)
    do("hold", NOV_22, **WHY)
    do("prepare", NOV_22, posting_on=NOV_22)
    do("release", NOV_22)
    ground = {"ground": "improvement_clearly_not_happening", "ends_on": DEC_11}
    letter = do("tell_of_early_end", DEC_9, **ground, **WHY).letters[0]
    world.do("letter.release", DEC_9, reference=letter)
    do("end_early", DEC_11)
    do("cancel", c.DECIDED, "father", **WHY)
    ways["father"] = c.decide_improvement(world, adult_id=world.father)
    letter = do("prepare", c.DECIDED, "father", posting_on=c.POSTED, method="left_at_address").letters[0]
    do("release", c.POSTED, "father")
    handed = {"how": "left_at_address", "delivered_by": "A lead", "given_to": "Through the letter box"}
    world.do("letter.deliver", c.POSTED, reference=letter, delivered_on=c.POSTED, **handed)
    do("review", DEC_20, "father")
    do("withdraw", DEC_20, "father", **WHY)


def penalise_the_mother(world):
    """A penalty notice is held, comes back, goes out again, and is paid at last."""
    c.earlier_notices_asked(world, DEC_11, world.mother)
    cancelled = c.decide(world, DEC_11, posting_on=DEC_11, skip_ground="")
    c.say(world, "cancel", DEC_11, notice=cancelled, **WHY)
    world.notice = c.decide(world, DEC_11, posting_on=DEC_11, skip_ground="")
    c.prepare(world, world.notice, DEC_11, posting_on=DEC_11)
    c.say(world, "hold", DEC_11, **WHY)
    c.prepare(world, world.notice, DEC_11, posting_on=DEC_11)
    c.release(world, world.notice, DEC_11)
    c.say(world, "record_returned_mail", DEC_20, returned_on=DEC_20, **WHY)
    c.prepare(world, world.notice, DEC_20, posting_on=DEC_20)
    c.release(world, world.notice, DEC_20)
    lost = c.reason("threshold_no_longer_stands", "fewer_sessions")
    for review in world.correct(absent(c.ABSENT[:1], "I"), on=DEC_20):
        world.do("review.keep", DEC_20, by=world.senior, reference=review, **WHY, reasons=lost)
    said = {"received_on": DEC_20, "said": "Ada was ill for a day.", "adult_id": world.mother}
    parent = world.do("representation.receive", DEC_20, reference=world.notice, **said).reference
    answer = {**ANSWER, "withdrawal_considered": True}
    letter = world.do("representation.answer", DEC_20, reference=parent, **answer).letters[0]
    world.do("letter.prepare_anew", DEC_20, reference=letter, posting_on=DEC_20)
    money(world)


def money(world):
    """Money that nobody can place is matched; what is too much goes back."""
    on = date(2025, 1, 10)
    payment = c.pay(world, 9000, on, reference="MARSH").reference
    world.do("payment.match", on, reference=payment, notice=world.notice)
    fathers = issue_to_father(world, on)
    for notice in (fathers, world.notice):
        world.do("payment.rematch", on, reference=payment, notice=notice, **WHY)
    c.say(world, "withdraw", on, notice=fathers, ground="material_errors", **WHY)
    world.do("payment.settle", on, reference=payment, refund_pence=1000, how="To the card.")
    world.do("payment.refund", on, reference=payment, pence=1000, paid_on=on)


def penalise_the_father(world):
    """Notices that stay unpaid: the school is silent, declines, supports; the papers go to Legal Services."""
    notice = unpaid(world, date(2025, 1, 20), date(2025, 2, 24))
    longer = {"extend_to": date(2025, 3, 17), "reasons": c.reason("extension_without_a_holiday")}
    c.say(world, "extend_answer", date(2025, 2, 24), by=world.senior, notice=notice, **longer)
    on = date(2025, 3, 18)
    c.say(world, "record_silence", on, notice=notice)
    c.say(world, "withdraw", on, notice=notice, ground="material_errors", **WHY)

    on, notice = date(2025, 4, 22), unpaid(world, date(2025, 3, 18), date(2025, 4, 22))
    c.say(world, "school_declines", on, by=world.school, notice=notice)
    c.say(world, "proceed_all_the_same", on, notice=notice, reasons=c.reason("school_said_no"))
    c.say(world, "withdraw", on, notice=notice, ground="material_errors", **WHY)

    on, notice = date(2025, 6, 3), unpaid(world, date(2025, 4, 22), date(2025, 5, 26))
    c.say(world, "school_supports", on, by=world.school, notice=notice)
    hand_over(world, on, notice)


def unpaid(world, issued_on, told_on):
    """Issue a notice that nobody pays, and let the school ask the father."""
    notice = issue_to_father(world, issued_on)
    for verb in ("end_unpaid", "message_school", "prepare_parent_message"):
        c.say(world, verb, told_on, notice=notice)
    sent, school = world.document("the message", told_on), {"by": world.school, "notice": notice}
    c.say(world, "record_parent_message", told_on, **school, asked_on=told_on, document=sent)
    c.say(world, "record_parent_reply", told_on, **school, replied_on=told_on, said="Sorry.")
    return notice


def issue_to_father(world, on):
    """Issue a notice for the latest absence so far."""
    last = max(day for day in (MISSED[9], MISSED[-1]) if day <= on)
    days = {"offence_from": MISSED[MISSED.index(last) - 4], "offence_until": last}
    c.earlier_notices_asked(world, on, world.father)
    given = {**days, "adult_id": world.father, "reasons": c.reason("time_limit_too_near")}
    return c.issue(world, on, on, **given)


def hand_over(world, on, notice):
    """The school signs everything, and the papers are handed over."""
    school = {"by": world.school, "notice": notice}
    statement, certificate = (
        {"document": world.document(text, on), "signed_on": on} for text in ("statement", "certificate")
    )
    c.say(world, "sign_statement", on, **school, **statement)
    c.say(world, "sign_certificate", on, **school, **certificate, signed_by_staff_id=world.staff["head"])
    c.say(world, "complete_exhibits", on, **school)
    c.say(world, "hand_over", on, notice=notice)


def authorise(world):
    """The head authorises a deputy, and ends it."""
    document = world.document("I authorise Kim Vale.", DEC_2)
    school = {"school_urn": URN}
    world.do(
        "issuer.authorise",
        DEC_2,
        by=world.school,
        **school,
        name="Kim Vale",
        capacity="authorised_deputy",
        since=DEC_2,
        head_staff_id=world.staff["head"],
        document=document,
    )
    (person,) = world.rows(StaffMemberRow, name="Kim Vale")
    ending = {"staff_id": person.id, "last_day": DEC_9, "why": "Left the school."}
    world.do("issuer.end", DEC_9, by=world.school, **school, **ending)


def end(world):
    """The case is closed, and opened again."""
    (case,) = world.rows(CaseRow, pupil_id=world.pupil)
    for verb in ("close", "reopen"):
        world.do(f"case.{verb}", date(2025, 6, 4), reference=case.reference, **WHY)
