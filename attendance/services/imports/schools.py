"""The published extract of the register of schools, for `import_table`."""

from attendance.domain.people import School
from attendance.intake.school_files import read_schools
from attendance.services.imports.tables import Findings, Table

SCHOOLS: Table[School] = Table(
    "schools",
    "schools.imported",
    read_schools,
    lambda _writing, _reading: Findings(),
    lambda writing, schools, _moment: writing.merge_schools(schools),
)
