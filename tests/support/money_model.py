"""A model of payment, kept beside the program: who paid what when, and whether that discharges.

- Posted first class, received on the second working day after, which is day 1; £80 by day 21, £160 by 28.
- Given out for delivery by hand, received when the delivery was recorded to be, and by nobody before.
- Money counts when it is put to a notice that is there to be paid, as long as it has not been given back;
  what came before the day of issue does not.
"""

from datetime import timedelta

import holidays

from tests.support.invariants import NOT_STANDING, by_id

BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2033))
WORKING_DAYS_IN_POST = 2


def received(posted, letter):
    """Return the day on which a notice counts as received, None while nobody knows."""
    if letter.method != "first_class_post":
        return letter.delivered_on
    day, left = posted, WORKING_DAYS_IN_POST
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in BANK_HOLIDAYS
    return day


class MoneyModel:
    """What was paid towards each notice, by the payment's key: day, pence still kept."""

    def __init__(self):
        self.paid = {}

    def learn(self, before, after):
        """Take note of what one act did to money."""
        was, refunds = by_id(before["payment"]), by_id(before["refund"])
        states = {row.id: row.state for row in before["penalty_notice"]}
        for row in after["payment"]:
            old = was.get(row.id)
            if row.penalty_notice_id and row.penalty_notice_id != (old.penalty_notice_id if old else None):
                counts = states[row.penalty_notice_id] not in NOT_STANDING | {"returned"}
                self.paid[row.id] = [row.received_on, row.pence if counts else 0]
            elif row.id in self.paid and row.state == "settled" != old.state:
                self.paid[row.id][1] -= min(row.refund_due_pence, self.paid[row.id][1])
        for refund in after["refund"]:
            if refund.id not in refunds and was[refund.payment_id].state != "settled":
                self.paid[refund.payment_id][1] -= refund.pence

    def disagreements(self, after):
        """Say where a notice is paid and should not be, or should be and is not."""
        letters = by_id(after["letter"])
        payments = [row for row in after["payment"] if row.penalty_notice_id]
        for row in after["penalty_notice"]:
            if row.state in NOT_STANDING | {"returned"}:
                continue
            came = received(row.issued_on, letters[row.letter_id])
            if row.received_on != came:
                yield f"{row.reference} counts as received on {row.received_on}, not {came}"
            if came is None:
                continue
            put_to_it = [self.paid[p.id] for p in payments if p.penalty_notice_id == row.id]
            towards = sorted(paid for paid in put_to_it if paid[0] >= row.issued_on)
            if (row.state == "paid") != discharged(towards, came, first=row.rung == "first"):
                yield f"{row.reference} is {row.state} with {towards}, received on {came}"


def discharged(towards, came, *, first):
    """Say whether the sums, by the days on which they came, discharge a notice received then."""
    total = 0
    for day, pence in towards:
        total += pence
        number = (day - came).days + 1
        if number <= 28 and total >= (8000 if first and number <= 21 else 16000):
            return True
    return False
