"""Where the command line asks what time it is: nothing below it does."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from attendance.domain.moment import Moment

ENGLAND = ZoneInfo("Europe/London")


def now() -> Moment:
    """Return the present instant, and the day it falls on in England."""
    instant = datetime.now(UTC)
    return Moment(instant, instant.astimezone(ENGLAND).date())
