"""What is counted once when the service begins, so that nobody waits for it later."""

from contextlib import suppress

from attendance.domain.moment import Moment
from attendance.services.accounts import COMMAND_LINE
from attendance.services.office import Office
from attendance.services.reading.asking import reading
from attendance.services.reading.standings import count_ahead
from attendance.services.reading.year_counts import counted_year
from rules.errors import RulesError


def make_ready(office: Office, moment: Moment) -> None:
    """Count where the pupils of every school stand, and the months of the year."""
    with suppress(RulesError), reading(office, COMMAND_LINE, moment) as work:  # a policy may not begin yet
        count_ahead(work)
        counted_year(work)
