"""Small acts for tests of the record."""

from datetime import UTC, date, datetime

from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.store.unit_of_work import Store
from rules.roles import Role

OFFICER = Actor("officer.one", Role.OFFICER)
NOON = Moment(datetime(2025, 3, 3, 12, tzinfo=UTC), date(2025, 3, 3))


def note(store: Store, number: int = 1) -> int:
    """Do one act that changes nothing but the record, and return its number there."""
    with store.act(OFFICER, NOON) as act:
        return act.record("account.closed", subject=Subject(case=number), payload={"account": number})
