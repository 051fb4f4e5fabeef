"""Figures of the city and of each school over the year, and the pupils behind every number."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from starlette.responses import Response

from api.pages import paths
from api.pages.guard import Visit, Visiting, page_router
from api.pages.parts import Link
from api.pages.presenters.figures import (
    behind_rows,
    behind_table,
    csv_rows,
    month_name,
    shown,
    tiles,
)
from api.pages.rendering import show
from api.pages.words import day, plain
from attendance.domain.errors import BadInput
from attendance.reports.tables import harmless
from attendance.services.reading.asking import reading
from attendance.services.reading.figures import (
    Behind,
    Figures,
    figures,
    pupils_behind,
)
from attendance.services.reading.pupils import school_lines
from attendance.store.queries.made import Part

router = page_router()

_SHOWN, _WHOLE = 50, 100_000


@router.get("/figures", name="page.figures")
def city(visit: Visiting) -> Response:
    """Show the figures of all schools that may be seen, or of one."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        schools = school_lines(work)
        school = visit.asked("school") or (schools[0].urn if len(schools) == 1 else "")
        found = figures(work, school=school, month=_month(visit))
    names = {one.urn: one.name for one in schools}
    return show(
        visit,
        "figures.html",
        "Figures",
        caption=names.get(school, visit.office.authority.organisation),
        found=found is not None,
        year=found.year.name if found else "",
        until=day(found.until) if found else "",
        chosen=month_name(found.chosen) if found else "",
        behind=_behind(found),
        tiles=tiles(found, school) if found else (),
        parts=shown(found, school) if found else (),
        months=_months(found),
        schools=_options(names, school),
        pupils=f"/schools/{school}" if school else "",
    )


@router.get("/figures.csv", name="page.figures.csv")
def city_csv(visit: Visiting) -> Response:
    """Return a table of figures as CSV."""
    table = visit.asked("table")
    if table not in {"months", "schools"}:
        raise BadInput("There are tables by months and by schools only.")
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = figures(work, school=visit.asked("school"), month=_month(visit))
    columns, rows = csv_rows(found, table) if found else ((), [])
    return _csv(f"figures-by-{table}", columns, rows)


@router.get("/figures/pupils", name="page.figures.pupils")
def pupils(visit: Visiting) -> Response:
    """List the pupils behind a number."""
    wanted = _wanted(visit)
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = pupils_behind(work, wanted, Part(_SHOWN, visit.asked("after")))
        school = work.people.school(wanted.school).name if wanted.school else ""
    visit.looked(reference=wanted.school)
    query = {key: value for key, value in visit.request.query_params.items() if key != "after"}
    rest = paths.with_query("/figures/pupils", **query, after=found.page.next) if found.page.next else ""
    return show(
        visit,
        "figures_pupils.html",
        _who(wanted),
        back=paths.with_query("/figures", school=wanted.school, month=visit.asked("month")),
        school=school or visit.office.authority.organisation,
        until=day(found.until),
        table=behind_table(found, school, Link("Show more", rest) if rest else None),
        csv=Link("Download the whole list (CSV)", paths.with_query("/figures/pupils.csv", **query)),
    )


@router.get("/figures/pupils.csv", name="page.figures.pupils.csv")
def pupils_csv(visit: Visiting) -> Response:
    """Return the pupils behind a number as CSV."""
    wanted = _wanted(visit)
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = pupils_behind(work, wanted, Part(_WHOLE))
    visit.looked(reference=wanted.school)
    return _csv("pupils", *behind_rows(found))


def _wanted(visit: Visit) -> Behind:
    return Behind(
        month=_month(visit),
        school=visit.asked("school"),
        stage=visit.asked("stage"),
        absence=visit.asked("absence"),
    )


def _month(visit: Visit) -> date | None:
    text = visit.asked("month")
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise BadInput("That is not a month. Give one such as 2025-03.") from error


def _who(wanted: Behind) -> str:
    parts = [
        *((f"{plain(wanted.absence)}ly absent",) if wanted.absence else ()),
        *((plain(wanted.stage),) if wanted.stage else ()),
    ]
    return f"Pupils: {', '.join(parts).lower()}" if parts else "Pupils counted"


def _behind(found: Figures | None) -> str:
    if found is None:
        return ""
    late = sum(one.last_day < found.until for one in found.schools)
    return f"{late} of {len(found.schools)} schools gave no register as far as that." if late else ""


def _months(found: Figures | None) -> list[dict[str, object]]:
    months = found.months if found else ()
    return [
        {
            "value": f"{one.month:%Y-%m}",
            "text": month_name(one.month),
            "selected": found is not None and one.month == found.chosen,
        }
        for one in months
    ]


def _options(names: dict[str, str], school: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": "Every school"}] if len(names) > 1 else []
    return [
        *every,
        *({"value": urn, "text": name, "selected": urn == school} for urn, name in names.items()),
    ]


def _csv(name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Response:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    headers = {"content-disposition": f"attachment; filename={name}.csv"}
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
