"""What every letter holds: who writes, to whom, about which child, when, under what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from letters.quoting import Quoted
from letters.quoting import rule_set as rule_set_of
from rules.law import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: the authority, or the school, with the team to ask.

    `address_lines` are without the postcode. `opening_hours` is a phrase, such as `Monday to Friday, 9am to
    5pm`. What is not known of a school is left blank.
    """

    organisation: str
    team: str
    address_lines: tuple[str, ...]
    postcode: str
    email: str
    telephone: str = ""
    website: str = ""
    opening_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom: one person, or a school. The name is as on the envelope, with the title."""

    name: str
    address_lines: tuple[str, ...]
    postcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """The child the letter is about; `first_name` is how the letter goes on to speak of the child."""

    name: str
    first_name: str
    school_name: str
    date_of_birth: date | None = None


class ChildHome(StrEnum):
    """Where the child lives, so far as this letter may say it.

    A child who lives elsewhere has the other parent's address, or a carer's: it is never printed.
    """

    WITH_RECIPIENT = "with_recipient"
    NOT_PRINTED = "not_printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs."""

    name: str
    job_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedUnder:
    """The local code and the rule set that the letter was made under, for its footer."""

    code_of_conduct: str
    rule_set: str

    @classmethod
    def of(cls, book: RuleBook, on: date) -> "PrintedUnder":
        """Return the local code and the rule set in force on that day."""
        return cls(
            code_of_conduct=book.policy("code_of_conduct.version", on).text, rule_set=rule_set_of(book, on)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """The authority and its team, where a school writes about them."""

    name: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyAmounts:
    """What a penalty notice would cost, as a letter warns of it. Sums in pence, out of the dated law."""

    first_pence: Quoted
    first_days: Quoted
    lower_pence: Quoted
    lower_days: Quoted
    second_pence: Quoted
    look_back_years: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysToPay:
    """How to pay: the reference to give, and each way as a sentence."""

    reference: str
    ways: tuple[str, ...] = ()
    online: str = ""

    def __post_init__(self) -> None:
        if not self.ways and not self.online:
            raise ValueError("there is no way to pay")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext:
    """What every letter holds.

    `reference` is the number of what the letter is about, such as `PN-2025-000012`, without personal data.
    """

    sender: Sender
    recipient: Recipient
    child: Child
    letter_date: date
    reference: str
    signatory: Signatory
    printed_under: PrintedUnder
