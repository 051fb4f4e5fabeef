"""Who may issue: a named person with a dated part. No role in the software confers authority (s.444B(4)).

- The head of the school; a deputy or assistant whom the head authorised in writing; an officer whom the
  authority authorised; each on the day of issue itself.
- Notices that constables or other authorities issue are recorded, not issued here.
"""

from collections.abc import Iterator

from rules.findings import Aspect
from rules.law import Value
from rules.steps.facts import AuthorityPart, IssuingPerson
from rules.steps.guard import Check, InForce, bar, met, row_of
from rules.wording import said_day

ISSUERS = {
    "head": "head",
    "authorised_deputy": "deputy_or_assistant_head",
    "authorised_assistant": "deputy_or_assistant_head",
    "authorised_officer": "authority_officer",
}
OFFICER_PART = "authorised_officer"


def authority_held(person: IssuingPerson, school_urn: str, rules: InForce) -> Iterator[Check]:
    """The person holds authority to issue a notice for this school on the day."""
    issuers = rules.law("penalty_notice.issuers")
    today = [part for part in person.parts if _on_the_day(part, school_urn, rules)]
    entitled = [part for part in today if _in_writing(part, issuers)]
    if entitled:
        text = row_of(issuers, ISSUERS[entitled[0].role])["text"]
        yield met(f"{person.name} may issue on {said_day(rules.on)}: {text}.", issuers)
    elif today:
        yield bar(
            "authority_not_in_writing",
            Aspect.PERMITTED,
            f"The head's written authorisation of {person.name} is not on file.",
            "File the authorisation, or let the head or an authorised officer issue.",
            issuers,
        )
    else:
        ended = any(_carries(part, school_urn) for part in person.parts)
        yield bar(
            "authority_not_held",
            Aspect.PERMITTED,
            f"{person.name} holds no authority to issue for this school on {said_day(rules.on)}"
            f"{', although at another time' if ended else ''}.",
            "Let a person issue who holds it on that day.",
            issuers,
        )


def authorised_officer(person: IssuingPerson, rules: InForce) -> Iterator[Check]:
    """The person is an authorised officer of the authority on the day."""
    issuers = rules.law("penalty_notice.issuers")
    if any(part.role == OFFICER_PART and part.days.holds_on(rules.on) for part in person.parts):
        yield met(f"{person.name} is an authorised officer on {said_day(rules.on)}.", issuers)
    else:
        yield bar(
            "not_an_authorised_officer",
            Aspect.PERMITTED,
            f"{person.name} is no authorised officer of the authority on {said_day(rules.on)}.",
            "Let an authorised officer take this step.",
            issuers,
        )


def _carries(part: AuthorityPart, school_urn: str) -> bool:
    return part.role in ISSUERS and (part.role == OFFICER_PART or part.school_urn == school_urn)


def _on_the_day(part: AuthorityPart, school_urn: str, rules: InForce) -> bool:
    return _carries(part, school_urn) and part.days.holds_on(rules.on)


def _in_writing(part: AuthorityPart, issuers: Value) -> bool:
    needed = row_of(issuers, ISSUERS[part.role])["needs_written_authority"]
    return needed is not True or bool(part.authorised_by_document)
