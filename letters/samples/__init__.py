"""Made-up letters, for previews, tests and the reference.

- Nobody here exists; the postcode area does not either, and the telephone numbers are kept for fiction.
- What comes out of the law comes from the rule book on the day of the letter, as in a real letter.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from letters import contexts as c
from letters.errors import UnknownLetter
from letters.samples import improvement, notices
from rules.law import RuleBook

_SAMPLES: Mapping[str, Callable[[RuleBook], c.LetterContext]] = {
    "first_concern": improvement.first_concern,
    "leave_of_absence_declined": improvement.declined,
    "leave_of_absence_declined-late": partial(improvement.declined, late=True),
    "leave_of_absence_warning-asked": partial(improvement.warning, asked=True),
    "leave_of_absence_warning-not-asked": partial(improvement.warning, asked=False),
    "leave_of_absence_warning-short": partial(improvement.warning, asked=True, short=True),
    "notice_to_improve": improvement.notice_to_improve,
    "notice_to_improve_improved": improvement.improved,
    "notice_to_improve_not_improved": improvement.not_improved,
    "notice_to_improve_ended_early": improvement.ended_early,
    "penalty_notice-leave-first": partial(notices.penalty_notice, leave=True, second=False),
    "penalty_notice-leave-second": partial(notices.penalty_notice, leave=True, second=True),
    "penalty_notice-irregular-first": partial(notices.penalty_notice, leave=False, second=False),
    "penalty_notice-irregular-second": partial(notices.penalty_notice, leave=False, second=True),
    "payment_received": notices.payment_received,
    "part_payment-first": partial(notices.part_payment, again=False),
    "part_payment-again": partial(notices.part_payment, again=True),
    "late_payment": notices.late_payment,
    "payment_corrected-to-pay": partial(notices.payment_corrected, day=28),
    "payment_corrected-ended": partial(notices.payment_corrected, day=34),
    "payment_corrected-settled": partial(notices.payment_corrected, day=28, settled=True),
    "representations_answered-stands": partial(notices.representations, withdrawn=False),
    "representations_answered-withdrawn": partial(notices.representations, withdrawn=True),
    "withdrawal-refund": partial(notices.withdrawal, ground="material_errors", refund=True),
    "withdrawal-not-prosecuted": partial(
        notices.withdrawal, ground="unpaid_and_not_prosecuted", refund=False
    ),
    "non_payment_to_school-leave": partial(notices.non_payment, leave=True),
    "non_payment_to_school-irregular": partial(notices.non_payment, leave=False),
    "seven_day_message": notices.seven_days,
}


def sample_names() -> tuple[str, ...]:
    """Return the name of every sample; a letter with variants has several, named `letter-variant`."""
    return tuple(_SAMPLES)


def samples_of(letter: str, book: RuleBook) -> Mapping[str, c.LetterContext]:
    """Return every sample of a letter by its name; raises `UnknownLetter`."""
    names = [name for name in _SAMPLES if letter_of(name) == letter]
    if not names:
        raise UnknownLetter(letter, tuple(dict.fromkeys(map(letter_of, _SAMPLES))))
    return MappingProxyType({name: _SAMPLES[name](book) for name in names})


def sample_context(letter: str, book: RuleBook) -> c.LetterContext:
    """Return the first sample of a letter; raises `UnknownLetter`."""
    return next(iter(samples_of(letter, book).values()))


def letter_of(sample: str) -> str:
    """Return the name of the letter that a sample belongs to."""
    return sample.partition("-")[0]
