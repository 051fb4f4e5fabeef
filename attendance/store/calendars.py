"""School calendars read from and written to the store."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.store.asked_once import asked_once, keep_answer
from attendance.store.tables.calendars import CalendarPeriodRow
from rules.calendar import SchoolCalendar, Term, days_between

CALENDARS_KEPT = 512


class Calendars:
    """Reads and adds to school calendars in one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def periods(
        self, school_urns: Sequence[str] | None = None, known_at: datetime | None = None
    ) -> tuple[CalendarPeriod, ...]:
        """Return the periods of some schools, or of all, as they are now or were known at an instant.

        In order of school, first day and kind.
        """
        table = CalendarPeriodRow
        query = select(table.school_urn, table.kind, table.first_day, table.last_day, table.name).order_by(
            table.school_urn, table.first_day, table.kind
        )
        if school_urns is not None:
            query = query.where(table.school_urn.in_(school_urns))
        if known_at is None:
            query = query.where(table.withdrawn_at_utc.is_(None))
        else:
            query = query.where(
                table.known_at_utc <= known_at,
                or_(table.withdrawn_at_utc.is_(None), table.withdrawn_at_utc > known_at),
            )
        return tuple(CalendarPeriod(*row) for row in self._session.execute(query))

    @asked_once()
    def calendar(self, school_urn: str, known_at: datetime | None = None) -> SchoolCalendar:
        """Return the calendar of a school; one without any term where none is known."""
        return calendar_of(self.periods((school_urn,), known_at))

    def read_ahead(self, school_urns: Sequence[str]) -> None:
        """Put one question for the calendars of several schools, where a reading will ask for each."""
        found = self.calendars(school_urns=school_urns)
        for urn in school_urns:
            keep_answer(self._session, Calendars.calendar, urn, answer=found.get(urn, calendar_of(())))

    def calendars(
        self, known_at: datetime | None = None, *, school_urns: Sequence[str] | None = None
    ) -> dict[str, SchoolCalendar]:
        """Return the calendar of every school that has one, or of those among these, by URN."""
        by_school = groupby(self.periods(school_urns, known_at), key=lambda period: period.school_urn)
        return {urn: calendar_of(periods) for urn, periods in by_school}

    def add(self, periods: Iterable[CalendarPeriod], known_at: datetime) -> None:
        """Add periods that are not there yet, as known from this instant on."""
        rows = [
            {
                "school_urn": period.school_urn,
                "kind": period.kind,
                "first_day": period.first_day,
                "last_day": period.last_day,
                "name": period.name,
                "known_at_utc": known_at,
            }
            for period in periods
        ]
        if rows:
            self._session.execute(insert(CalendarPeriodRow), rows)

    def withdraw(self, periods: Iterable[CalendarPeriod], at: datetime) -> None:
        """Withdraw periods that are there; the calendar known before this instant keeps them."""
        for period in periods:
            self._session.execute(
                update(CalendarPeriodRow)
                .where(
                    CalendarPeriodRow.school_urn == period.school_urn,
                    CalendarPeriodRow.kind == period.kind,
                    CalendarPeriodRow.first_day == period.first_day,
                    CalendarPeriodRow.withdrawn_at_utc.is_(None),
                )
                .values(withdrawn_at_utc=at)
            )


def calendar_of(periods: Iterable[CalendarPeriod]) -> SchoolCalendar:
    """Return the calendar that the periods of one school make up; raises ValueError where terms overlap."""
    return _made_up(tuple(periods))


@lru_cache(maxsize=CALENDARS_KEPT)
def _made_up(periods: tuple[CalendarPeriod, ...]) -> SchoolCalendar:
    """Make a calendar once: every act asks for one, and listing its days takes longer than reading it."""
    terms: list[Term] = []
    closed: set[date] = set()
    for period in periods:
        if period.kind is PeriodKind.TERM:
            terms.append(Term(period.first_day, period.last_day))
        else:
            closed.update(days_between(period.first_day, period.last_day))
    return SchoolCalendar(tuple(terms), frozenset(closed))
