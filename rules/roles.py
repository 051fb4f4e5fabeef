"""Who may act in the software.

- A role opens doors in the software only. It never confers authority to issue a notice: that belongs to a
  named person with dates (s.444B(4)).
"""

from enum import StrEnum


class Role(StrEnum):
    """The part an account plays."""

    OFFICER = "officer"
    SENIOR_OFFICER = "senior_officer"
    SCHOOL = "school"
    LEGAL = "legal"
    AUDITOR = "auditor"
    JOB = "job"
