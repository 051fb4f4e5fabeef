"""What a person might enter into any act: by the field's name, what is plausible and what is mistaken."""

from datetime import timedelta

from attendance.domain.steps import TABLES
from attendance.services.registry import act_named
from tests.support import casework as c
from tests.support.world_people import OTHER_URN, URN

CAREFUL = 0.8
UNKNOWN = "PN-2024-000099"
PREPARING = {"prosecution_supported", "for_prosecution"}
READY = {
    (table.kind, step): {state.value for row in table.rows if row.name == step for state in row.sources}
    for table in TABLES
    for step in {row.name for row in table.rows}
} | {
    ("payment", "match"): {"unmatched"},
    ("payment", "settle"): {"matched", "unmatched"},
    ("payment", "refund"): {"settled"},
    ("notice_to_improve", "review"): {"monitoring"},
    ("penalty_notice", "sign_statement"): PREPARING,
    ("penalty_notice", "sign_certificate"): PREPARING,
    ("penalty_notice", "complete_exhibits"): PREPARING,
    ("penalty_notice", "prepare_parent_message"): {"awaiting_school"},
    ("penalty_notice", "record_parent_message"): {"awaiting_school"},
    ("penalty_notice", "record_parent_reply"): {"awaiting_school"},
    ("penalty_notice", "extend_answer"): {"awaiting_school"},
    ("request", "send"): {"draft", "more_information_needed"},
    ("request", "give_evidence"): {"draft", "more_information_needed"},
    ("payment", "rematch"): {"matched"},
    ("letter", "prepare_anew"): {"prepared", "held", "returned"},
    ("letter", "deliver"): {"released"},
    ("representation", "receive"): {"issued", "unpaid", "paid"},
}
"""From which states an act can be done, where the verb is no step of a table."""

HAPPENED = (0, -1, -3), (-10, 1)
DAYS = {
    "posting_on": ((0, 1), (2, -1)),
    "extend_to": ((20,), (10, 0)),
    "ends_on": ((1,), (0, 10)),
    "offence_until": ((0, -1), (-50,)),
    "absent_until": ((0, -1), (1,)),
    "absent_from": ((-30,), (3,)),
    "child_returned_on": ((0, -1), ()),
    "made_on": ((0,), (-5,)),
    "first_day": ((-10,), ()),
    "last_day": ((0,), (-20,)),
    "delivered_on": ((0,), (-1, 1)),
    **dict.fromkeys(("asked_on", "replied_on", "signed_on", "paid_on", "received_on"), HAPPENED),
    **dict.fromkeys(("on", "offered_on", "issued_on", "returned_on", "applied_on", "withdrawn_on"), HAPPENED),
}
"""Days from today, plausible and mistaken."""

NO = tuple({**answer, "yes": False} for answer in c.CONSIDERED)
CHOICES = {
    "school_urn": ((URN,), (OTHER_URN,)),
    "method": (("first_class_post", "hand_delivery", "left_at_address"), ("email",)),
    "considerations": ((c.CONSIDERED,), (c.CONSIDERED[:2], NO)),
    "officer": (("officer.two",), ("somebody",)),
    "skip_ground": (("support_not_engaged_with", "no_effect_expected"), ("", "because")),
    "consulted": (((),), ()),
    "response": (("taken_up", "declined"), ()),
    "source": (("issuer", "parent"), ()),
    "of_authority": ((False, True), ()),
    "leave_applied_for": ((True, False), ()),
    "exceptional_considered": ((True,), (False,)),
    "target_sessions": ((0, 2), (60,)),
    "period_school_days": ((20, 15), (10, 31)),
    "further_support": ((("A weekly call",),), ()),
    "help_offered": ((("A mentor",),), ()),
    "considered": ((("It is a holiday.",),), ()),
    "asked_for_leave": ((True, False), ()),
    "withdrawal_considered": ((True,), (False,)),
    "finds": ((None,), ("improved", "not_improved")),
    "contact_telephone": (("01632 960102",), ()),
    "contact_email": (("pia@mill.example",), ()),
    "item": (("other",), ("registration_printout", "leave_application")),
}
WORDS = {
    *("why", "answer", "how", "said", "offered_by", "asked_of", "issued_by", "delivered_by", "given_to"),
    *("contact_name", "contact_job_title"),
}
OF_ACT = {
    ("kind", "penalty_notice.decide"): (("irregular",), ("leave_of_absence", "excluded_in_public_place")),
    ("kind", "request.make"): (("irregular", "leave_of_absence"), ()),
    ("how", "letter.deliver"): (("hand_delivery", "left_at_address"), ()),
    ("kind", "support.record"): (("home_visit",), ("magic",)),
    ("kind", "earlier_notice.record"): (("school_attendance", "excluded_in_public_place"), ()),
    ("answer", "early_help.record"): (("declined", "accepted"), ()),
    ("ground", "notice_to_improve.tell_of_early_end"): (
        ("improvement_clearly_not_happening",),
        ("impatience",),
    ),
    ("ground", "penalty_notice.withdraw"): (
        ("material_errors", "unpaid_and_not_prosecuted", "ought_not_to_have_been_issued"),
        ("compassion",),
    ),
}
OPTIONAL = {
    *("considerations", "skip_ground", "request", "made_on", "document", "consulted", "method", "finds"),
    *("leave_applied_for", "exceptional_considered", "child_returned_on", "offence_from", "of_authority"),
}


class Moves:
    """Fills an act's fields for a world on a day; `rows` are the rows of every table as they stand."""

    def __init__(self, world, day, chance, rows):
        self.world, self.day, self.chance, self.rows = world, day, chance, rows
        self.careful = chance.random() < CAREFUL

    def one_of(self, good, bad=()):
        """Draw something plausible, or now and then something mistaken."""
        return self.chance.choice([*good] if self.careful and good else [*good, *bad])

    def given(self, act, reference=""):
        """Return the fields of an act, about the matter given or some other."""
        found = {}
        for name, field in act_named(act).input.model_fields.items():
            if field.is_required() or name in OPTIONAL:
                found[name] = self.field(act, name, reference)
        return {name: value for name, value in found.items() if value is not None}

    def field(self, act, name, reference):
        """Return a value for one field."""
        if name == "reference":
            return reference or self.some_reference(act)
        if (name, act) in OF_ACT:
            return self.one_of(*OF_ACT[name, act])
        choose = getattr(self, f"_{name}", None)
        if choose is not None:
            return choose(act)
        if name in DAYS:
            return self.day + timedelta(days=self.one_of(*DAYS[name]))
        return "Some words" if name in WORDS else self.one_of(*CHOICES[name])

    def choose(self, acts):
        """Choose an act, plausibly one for which there is a matter on which it can be done now."""
        about = [
            act for act in acts if "reference" not in act_named(act).input.model_fields or self.ready(act)
        ]
        return self.one_of(about, acts)

    def by(self, act):
        """Choose who acts, plausibly one whose role may."""
        world = self.world
        accounts = (world.officer, world.senior, world.school, world.other_school)
        allowed = act_named(act).by
        return self.one_of([one for one in accounts[:3] if one.role in allowed], accounts)

    def ready(self, act):
        """Return the matters on which an act can be done now."""
        kind, _, verb = act.partition(".")
        known = self.rows["penalty_notice" if act == "representation.receive" else kind]
        return [row for row in known if row.state in READY.get((kind, verb), {row.state})]

    def some_reference(self, act):
        """Return a reference, plausibly of a matter on which the act can be done now."""
        ready, known = self.ready(act), self.rows[act.partition(".")[0]]
        others = [row for other in ("case", "penalty_notice", "letter") for row in self.rows[other][-1:]]
        return self.one_of(
            [row.reference for row in ready], [*(row.reference for row in (*known, *others)), UNKNOWN]
        )

    def references(self, kind):
        """Return the references of a kind, the latest first."""
        return [row.reference for row in reversed(self.rows[kind])]

    def _pupil_id(self, act):
        return self.world.pupil

    def _adult_id(self, act):
        world = self.world
        if act == "support.record":
            return None
        return self.one_of((world.mother, world.father), (world.authority_as_parent, world.stranger))

    def _issuer_staff_id(self, act):
        staff = self.world.staff
        return self.one_of((staff["officer"], staff["head"]), tuple(staff.values()))

    def _signed_by_staff_id(self, act):
        return self.one_of((self.world.staff["head"],), (self.world.staff["officer"],))

    def _parents(self, act):
        both = c.named(self.world, self.world.mother, self.world.father)
        return self.one_of((c.named(self.world), both), (c.named(self.world, self.world.stranger),))

    def _document(self, act):
        return self.one_of((self.world.document("a paper", self.day),), ("0" * 64,))

    def _paid_with_reference(self, act):
        return self.one_of(self.references("penalty_notice"), ("MARSH", UNKNOWN))

    def _transaction(self, act):
        known = [row.transaction for row in self.rows["payment"]]
        return self.one_of((f"T-{self.chance.randrange(10_000)}",), known)

    def _pence(self, act):
        due = [row.refund_due_pence for row in self.rows["payment"] if row.refund_due_pence]
        return self.one_of(due if act == "payment.refund" else (8000, 16000, 8000, 4000), (12000, 20000, 1))

    def _refund_pence(self, act):
        return self.one_of([row.pence for row in self.rows["payment"][-2:]], (0, 2000, 1))

    def _notice(self, act):
        return self.one_of(self.references("penalty_notice"), (UNKNOWN,))

    def _letters(self, act):
        return [self.one_of(self.references("letter"), (UNKNOWN,))]

    def _request(self, act):
        accepted = [row.reference for row in self.rows["request"] if row.state == "accepted"]
        return self.one_of([*accepted, None], self.references("request"))

    def _offence_from(self, act):
        some_time_ago = self.day - timedelta(days=40)
        needed = act == "earlier_notice.record"
        return some_time_ago if needed else self.one_of((None,), (some_time_ago,))
