"""How attendance went month by month: one sentence, a chart, and the table with every number."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from api.pages.parts import Table
from api.pages.presenters.charts import KeyEntry, LineChart, Said, line_chart
from api.pages.presenters.register import months_table
from api.pages.words import share
from attendance.services.reading.register import MonthCounted
from attendance.services.reading.trend import SchoolTrend


@dataclass(frozen=True, slots=True)
class Trend:
    """What the months show in words, and as a chart with its table; one month makes no chart."""

    sentence: str
    chart: LineChart | None
    table: Table


def trend_shown(found: SchoolTrend, school: str) -> Trend:
    """Return the months of this year at one school as they are shown."""
    counted = tuple(one for one in found.months if one.counts.possible)
    sentence = _sentence(counted, found.on)
    table = replace(
        months_table(found.months), caption=f"Attendance by month at {school}", hidden_caption=True
    )
    return Trend(sentence, _chart(counted, found, school, sentence) if counted[1:] else None, table)


def _chart(counted: tuple[MonthCounted, ...], found: SchoolTrend, school: str, sentence: str) -> LineChart:
    said = Said(
        f"trend-{found.school_urn}",
        f"Attendance in each month of this academic year at {school}",
        sentence,
    )
    return line_chart(
        said,
        (KeyEntry("first", "Attendance in each month"),),
        [f"{one.first:%b}" for one in counted],
        [[(one.counts.attended, one.counts.possible) for one in counted]],
        from_nothing=False,
    )


def _sentence(counted: tuple[MonthCounted, ...], on: date) -> str:
    """Say what the months show: where they began, where they are, and the lowest in between."""
    if not counted:
        return "No session is counted yet this year."
    first, last = counted[0], counted[-1]
    begun, now = _percent(first), _percent(last)
    if len(counted) == 1:
        return f"Attendance was {now} in {_month(last, on)}, the only month that is counted yet."
    if begun == now:
        said = f"Attendance was {now} both in {_month(first, on)} and in {_month(last, on)}."
    else:
        went = "rose" if _share(last) > _share(first) else "fell"
        said = f"Attendance {went} from {begun} in {_month(first, on)} to {now} in {_month(last, on)}."
    lowest = min(counted, key=_share)
    if _percent(lowest) in {begun, now}:
        return said
    return f"{said} It was lowest in {_month(lowest, on)}, at {_percent(lowest)}."


def _month(one: MonthCounted, on: date) -> str:
    """Name a month, and say where it is not over yet."""
    under_way = one.first == on.replace(day=1) and (on + timedelta(days=1)).month == on.month
    return f"{one.first:%B}{' so far' if under_way else ''}"


def _share(one: MonthCounted) -> Fraction:
    return Fraction(one.counts.attended, one.counts.possible)


def _percent(one: MonthCounted) -> str:
    return share(one.counts.attended, one.counts.possible)
