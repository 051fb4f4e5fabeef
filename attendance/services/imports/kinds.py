"""Every kind of file that `import_table` takes, by the name people call it."""

from collections.abc import Mapping
from typing import Any

from attendance.services.imports.people import ADULTS, ENROLMENTS, FLAGS, LINKS, PUPILS, STAFF
from attendance.services.imports.schools import SCHOOLS
from attendance.services.imports.tables import Table

TABLES: Mapping[str, Table[Any]] = {
    "schools": SCHOOLS,
    "pupils": PUPILS,
    "parents": ADULTS,
    "links": LINKS,
    "enrolments": ENROLMENTS,
    "flags": FLAGS,
    "staff": STAFF,
}
