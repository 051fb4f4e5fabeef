"""Where the command line asks what time it is: nothing below it does."""

from datetime import UTC, datetime

from attendance.domain.moment import Moment


def now() -> Moment:
    """Return the present instant, and the day it falls on in England."""
    return Moment.of(datetime.now(UTC))
