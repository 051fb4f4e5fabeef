"""How the fields of acts are asked for: labels and hints, by the field's name or by act and field.

- A field that is not named here is labelled with its name in plain words; a test reads every act's labels.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What a field is called and what helps to fill it."""

    label: str
    hint: str = ""


FIELDS: dict[str, Said] = {
    "adult_id": Said("Which parent?"),
    "absent_from": Said("First day of the absence"),
    "absent_until": Said("Last day of the absence"),
    "adviser": Said("Early Help adviser", "The person who supports the assessment."),
    "answer": Said("Answer", "What you write here is kept and shown to whoever asked."),
    "answered_on": Said("Day of the answer"),
    "asked_of": Said("Who was asked?", "For example the parent, the school, or the name of an authority."),
    "asked_on": Said("Day on which the parent was asked"),
    "child_returned_on": Said("Day on which the child came back to school"),
    "completed_on": Said("Day on which the assessment was completed"),
    "considerations": Said(
        "Questions that must be answered before a notice",
        "Answer each and say why. A question answered no, or left out, stops the notice.",
    ),
    "consulted": Said("Who was consulted?", "Asked for where something is known about the child."),
    "contact_email": Said("Email of the contact"),
    "contact_job_title": Said("Job title of the contact"),
    "contact_name": Said("Whom can the parent talk to?", "A named person at the school."),
    "contact_telephone": Said("Telephone of the contact"),
    "delivered_by": Said("Who delivered it?", "Name and part, such as attendance officer."),
    "delivered_on": Said("Day on which it was delivered"),
    "detail": Said("What was done"),
    "document": Said("Document", "Choose the file. It is kept as it is."),
    "ends_on": Said("Day on which the notice ends"),
    "exceptional_considered": Said(
        "Were exceptional circumstances considered before leave was declined?", "For a leave of absence."
    ),
    "extend_to": Said("New last day for the school’s answer"),
    "finds": Said("What does the review find?", "Leave empty to follow the register."),
    "further_support": Said("Support that is offered", "One kind of support a line."),
    "given_to": Said("To whom was it handed, or where was it left?"),
    "ground": Said("On which ground?"),
    "help_offered": Said("Help that is offered", "One kind of help a line."),
    "home_authority_contacted_on": Said(
        "Day on which the home authority was contacted", "Only where the child lives in another authority."
    ),
    "how": Said("What was decided", "Who gets what back, and why."),
    "issued_by": Said("Who issued it?"),
    "issued_on": Said("Day of issue"),
    "issuer_staff_id": Said(
        "Who issues the notice?", "A named person who may by law. Your account does not decide this."
    ),
    "item": Said("What is the document?"),
    "lead_practitioner": Said("Lead practitioner"),
    "leave_applied_for": Said("Did the parent apply for leave beforehand?", "For a leave of absence."),
    "letters": Said("Letters", "One letter reference a line, such as LT-2025-000012."),
    "made_for_them_by": Said(
        "Who wrote for the parent?", "Leave empty where the parent wrote. For example a solicitor."
    ),
    "made_on": Said("Day that stands on the document"),
    "method": Said("How is it served?"),
    "note": Said("Anything else the officer should know"),
    "notice": Said("Notice that the money is for", "Its reference, such as PN-2025-000012."),
    "of_authority": Said("Was another authority asked?"),
    "offence_from": Said("First day of the offence period", "Leave empty to take it from the register."),
    "offence_until": Said("Last day of the offence period", "Leave empty to take it from the register."),
    "offered_by": Said("Who offered it?"),
    "offered_on": Said("Day of the offer"),
    "officer": Said("Which officer?"),
    "on": Said("When was it?"),
    "paid_on": Said("Day on which it was paid back"),
    "paid_with_reference": Said("Reference that came with the money", "As it stands on the statement."),
    "parent_voice": Said("What the parent said"),
    "capacity": Said("In which capacity?"),
    "head_staff_id": Said("Which head authorises?", "The head in office on the first day."),
    "last_day": Said("Last day of the authorisation"),
    "since": Said("First day of the authorisation"),
    "until": Said("Last day, if there is one", "Leave empty where it lasts until it is ended."),
    "issuer.authorise name": Said("Full name of whom the head authorises"),
    "issuer.authorise document": Said(
        "The head’s written authorisation", "The signed document, as a PDF or a photograph."
    ),
    "issuer.end staff_id": Said("Whose authorisation ends?"),
    "parents": Said(
        "Which parents does the school ask a notice for?", "Name and address as the school has them."
    ),
    "pence": Said("Amount in pounds", "For example 160 or 80.00"),
    "period_school_days": Said("Length of the period", "In school days."),
    "plan_review_on": Said("Day of the plan’s review"),
    "posting_on": Said("Day of posting", "The letter’s dates assume that it goes out on this day."),
    "pupil_voice": Said("What the pupil said"),
    "received_on": Said("Day on which it was received"),
    "refund_pence": Said("Amount to pay back, in pounds", "0 where nothing goes back."),
    "replied_on": Said("Day of the reply"),
    "request": Said("Request that this follows", "Its reference, such as RQ-2025-000012."),
    "response": Said("How was it met?"),
    "returned_on": Said("Day on which it came back"),
    "review_on": Said("Day of review"),
    "right_help_level": Said("Right Help, Right Time level"),
    "said": Said("What was said"),
    "school_urn": Said("Which school?"),
    "signed_by_staff_id": Said("Who signed?"),
    "signed_on": Said("Day of signature"),
    "skip_ground": Said("Ground for no notice to improve", "Only where none came before this notice."),
    "source": Said("How is this known?"),
    "supporting_families_criteria": Said("How many Supporting Families criteria are met?"),
    "target_sessions": Said(
        "Target", "The most unauthorised sessions in the period that still count as improvement."
    ),
    "transaction": Said("Number of the transaction", "From the bank or the payment system; it is used once."),
    "why": Said("Why?", "Write it so that somebody can follow it years from now."),
    "withdrawal_considered": Said("Was withdrawing the notice considered?"),
    "withdrawn_on": Said("Day of withdrawal"),
    "answer_early_help": Said("How was the offer met?"),
    "letter.deliver how": Said("How was it delivered?"),
    "support.record kind": Said("Which support?"),
    "early_help.record answer": Said("How was the offer met?"),
    "earlier_notice.record kind": Said("What was the notice for?"),
    "penalty_notice.decide document": Said(
        "Signed decision of the person who issues",
        "Only where that person does not act by an own account. Choose the file.",
    ),
    "penalty_notice.decide kind": Said("What is the absence?"),
    "request.make kind": Said("What is the notice asked for?"),
    "request.accept answer": Said("What do you tell the school?"),
    "request.refuse answer": Said("Why is the request refused?"),
    "request.return_for_information answer": Said("What is missing?"),
    "representation.receive adult_id": Said("Whose representations are they?"),
    "representation.answer answer": Said("Answer with reasons"),
    "notice_check.answer answer": Said("What was answered?"),
}
"""By the field's name, or by the act's name and the field's where the act asks it in its own words."""

WARNINGS: dict[str, str] = {
    "penalty_notice.release": "The notice is issued today and goes to the parent. It can only be withdrawn "
    "on a ground that the law lists.",
    "penalty_notice.withdraw": "A withdrawn notice never counts again, and no proceedings can follow for it.",
    "penalty_notice.hand_over": "The papers leave the attendance team.",
    "penalty_notice.proceed_all_the_same": "You decide that the authority prosecutes although the school did "
    "not ask.",
    "notice_to_improve.release": "The notice goes to the parent today and its period begins.",
    "letter.release": "The letter goes out today.",
    "request.send": "Nothing can be added once it is sent, unless the authority asks for more. A leave of "
    "absence is decided as the request stands.",
    "case.close": "What is due in this case ends.",
}
"""What is said before an act that cannot simply be undone."""


def said_of(act: str, field: str) -> Said:
    """Return how a field of an act is asked for."""
    found = FIELDS.get(f"{act} {field}") or FIELDS.get(field)
    plain = field.removesuffix("_id").replace("_", " ")
    return found or Said(plain[:1].upper() + plain[1:])
