"""What the acts on both kinds of notice take."""

from datetime import date

from attendance.services.inputs import Code, OfMatter, Words
from rules.clocks import ServedBy


class PrepareLetter(OfMatter):
    """The day on which the letter is to be posted or delivered, and how."""

    posting_on: date
    method: ServedBy = ServedBy.FIRST_CLASS_POST


class SayWhy(OfMatter):
    """Why."""

    why: Words


class RecordReturnedMail(OfMatter):
    """The day on which the letter came back, and what stood on it."""

    returned_on: date
    why: Words


class ReleaseNotice(OfMatter):
    """Who was consulted since the decision, where something became known of the child since."""

    consulted: tuple[Code, ...] = ()
