"""What any letter is held to on the day on which it goes, and on the day on which it is delivered by hand.

- A letter that names days counted from its posting goes on the day that they assume, or is prepared anew.
- Of a batch nothing goes before a person has looked at samples.
- Where the child's record asks for safe contact, a letter to a parent goes only once an officer has recorded
  that this way to the parent is safe.
- A letter about a penalty notice that was withdrawn or paid since does not go as if nothing had happened.
- A letter delivered by hand counts as received only by the record of its delivery (EA 1996 s.572).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rules.clocks import ServedBy
from rules.findings import Aspect, Finding
from rules.law import RuleBook
from rules.steps.guard import Check, InForce, ask, bar, judge, met, permission
from rules.steps.release import LetterFacts, posted_on_the_day_assumed
from rules.wording import said_day


class ByHand(StrEnum):
    """How a letter is delivered by hand, in the words of `ServedBy`."""

    HAND_DELIVERY = ServedBy.HAND_DELIVERY.value
    LEFT_AT_ADDRESS = ServedBy.LEFT_AT_ADDRESS.value

    @property
    def service(self) -> ServedBy:
        """The way of service that this is."""
        return ServedBy(self.value)


BY_HAND = frozenset(how.service for how in ByHand)


@dataclass(frozen=True, slots=True)
class LetterToGo:
    """A prepared letter: the posting day it was written for, and what is known of it and of the child.

    `names_days` says that its text names days that hold only for that posting. `batch_sampled` is None where
    the letter is in no batch. `safe_contact` says that it goes to a parent of a child whose record asks for
    safe contact. `notice_withdrawn` and `notice_paid` say that since it was prepared the penalty notice that
    it is about was withdrawn, or was paid though the letter asks for money.
    """

    assumes_posting_on: date
    names_days: bool
    batch_sampled: bool | None = None
    safe_contact: bool = False
    notice_withdrawn: bool = False
    notice_paid: bool = False


def may_send(letter: LetterToGo, book: RuleBook, on: date) -> Finding:
    """Return whether a letter may go on that day."""
    return judge(letter, InForce(book, on), SEND, {"posting_on": letter.assumes_posting_on})


def on_its_day(letter: LetterToGo, rules: InForce) -> Iterator[Check]:
    """A letter that names days is posted on the day that they assume."""
    if letter.names_days:
        prepared = LetterFacts((), (), letter.assumes_posting_on, frozenset())
        yield from posted_on_the_day_assumed(prepared, rules)
    else:
        yield met("The letter names no day that its posting could change.")


def samples_looked_at(letter: LetterToGo, _rules: InForce) -> Iterator[Check]:
    """Somebody has looked at samples of the batch that the letter is in."""
    match letter.batch_sampled:
        case None:
            yield met("The letter goes by itself, in no batch.")
        case True:
            yield met("Samples of its batch were looked at.")
        case False:
            yield bar(
                "batch_not_sampled",
                Aspect.EVIDENCED,
                "Nobody has looked at samples of the batch that this letter is in.",
                "Look at samples of the batch and record it, then let the letter go.",
            )


def way_is_safe(letter: LetterToGo, _rules: InForce) -> Iterator[Check]:
    """Where the child's record asks for safe contact, an officer says that this way is safe."""
    if letter.safe_contact:
        yield ask(
            "safe_contact_not_confirmed",
            Aspect.EVIDENCED,
            "The child's record asks for safe contact: a letter may reach somebody whom it must not reach.",
            "Find out from the school or the social worker which way to this parent is safe. Hold the letter "
            "until then; let it go with the reason why this way is safe and who says so.",
        )
    else:
        yield met("Nothing on the child's record asks for safe contact by this letter.")


def still_so(letter: LetterToGo, _rules: InForce) -> Iterator[Check]:
    """The penalty notice that the letter is about has not ended since in a way that makes it untrue."""
    if letter.notice_withdrawn:
        yield bar(
            "notice_withdrawn_since",
            Aspect.EVIDENCED,
            "The notice that this letter is about has been withdrawn since the letter was prepared.",
            "Cancel the letter: the letter of withdrawal tells the parent.",
        )
    elif letter.notice_paid:
        yield bar(
            "notice_paid_since",
            Aspect.EVIDENCED,
            "The letter asks for money on a notice that is paid.",
            "Cancel the letter: the thanks for the payment tell the parent.",
        )
    else:
        yield met("What it is about has not ended since.")


SEND = (on_its_day, samples_looked_at, way_is_safe, still_so)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A letter that was let go to be delivered by hand, and the day on which it was delivered."""

    released_on: date
    assumes_delivery_on: date
    names_days: bool
    delivered_on: date


def may_record_delivery(delivery: Delivery, book: RuleBook, on: date) -> Finding:
    """Return whether a delivery by hand may be recorded, from which the letter counts as received."""
    return judge(delivery, InForce(book, on), DELIVER, {"delivered_on": delivery.delivered_on})


def delivered_since_release(delivery: Delivery, rules: InForce) -> Iterator[Check]:
    """The delivery lies between the day on which the letter was let go and today."""
    if delivery.released_on <= delivery.delivered_on <= rules.on:
        yield met(f"Delivered by hand on {said_day(delivery.delivered_on)}.")
    else:
        yield bar(
            "delivery_day_impossible",
            Aspect.EVIDENCED,
            f"The letter was let go on {said_day(delivery.released_on)}; it was not delivered before, nor "
            "after today.",
            "Check the day of the delivery.",
        )


def delivered_on_the_day_assumed(delivery: Delivery, rules: InForce) -> Iterator[Check]:
    """A letter that names days is delivered on the day that they assume."""
    if not delivery.names_days or delivery.delivered_on == delivery.assumes_delivery_on:
        yield met("No day that the letter names differs by the day of its delivery.")
    else:
        yield bar(
            "delivery_day_differs",
            Aspect.EVIDENCED,
            f"The letter's dates assume delivery on {said_day(delivery.assumes_delivery_on)}, not on "
            f"{said_day(delivery.delivered_on)}.",
            "It does not serve as it is: record that it came back, and prepare it anew for the day of its "
            "delivery.",
            rules.law("penalty_notice.deemed_receipt_working_days"),
        )


DELIVER = (delivered_since_release, delivered_on_the_day_assumed)


def together(first: Finding, second: Finding) -> Finding:
    """Return one finding of two guards, so that a refusal lists at once what either finds unmet."""
    unmet = (*first.unmet, *second.unmet)
    values = {value.name: value for value in (*first.parameters, *second.parameters)}
    return replace(
        first,
        outcome=permission(unmet).value,
        sentences=(*first.sentences, *second.sentences),
        facts={**second.facts, **first.facts},
        parameters=tuple(values.values()),
        unmet=unmet,
    )
