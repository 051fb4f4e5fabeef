"""Yearly totals of attendance that another school's system states; they are not marks and prove none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttendanceTotal:
    """A pupil's totals at one school in one year, in sessions. `year` is the year as the file writes it."""

    upn: str
    school_urn: str
    year: int
    possible: int
    attended: int
    authorised: int
    unauthorised: int
