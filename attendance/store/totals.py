"""Yearly totals of attendance from transfer files, kept apart from marks."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from attendance.domain.totals import AttendanceTotal
from attendance.store.tables.people import PupilRow
from attendance.store.tables.registers import AttendanceTotalRow


class Totals:
    """Reads and adds yearly totals in one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self, pupil_ids: Iterable[int] | None = None) -> tuple[AttendanceTotal, ...]:
        """Return the totals stated last for each pupil, school and year; of all where no pupil is named."""
        table = AttendanceTotalRow
        query = select(table, PupilRow.upn).join(PupilRow, PupilRow.id == table.pupil_id).order_by(table.id)
        if pupil_ids is not None:
            query = query.where(table.pupil_id.in_(tuple(pupil_ids)))
        latest = {}
        for row, upn in self._session.execute(query):
            latest[row.pupil_id, row.school_urn, row.academic_year] = AttendanceTotal(
                upn=upn,
                school_urn=row.school_urn,
                year=row.academic_year,
                possible=row.possible,
                attended=row.attended,
                authorised=row.authorised,
                unauthorised=row.unauthorised,
            )
        return tuple(latest[key] for key in sorted(latest))

    def add(self, import_id: int, known_at: datetime, totals: Iterable[tuple[int, AttendanceTotal]]) -> None:
        """Add totals of pupils, each with the pupil's id, as known from this instant on."""
        rows = [
            {
                "import_id": import_id,
                "pupil_id": pupil_id,
                "school_urn": total.school_urn,
                "academic_year": total.year,
                "possible": total.possible,
                "attended": total.attended,
                "authorised": total.authorised,
                "unauthorised": total.unauthorised,
                "known_at_utc": known_at,
            }
            for pupil_id, total in totals
        ]
        if rows:
            self._session.execute(insert(AttendanceTotalRow), rows)
