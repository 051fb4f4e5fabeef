"""Who may open which page: every route of the pages by its name.

- A page that is not listed stops the application; a listed page that is gone fails a test.
- The one room for acts is open to everybody who may perform some act; which, the act itself says.
- Whether a pupil or a matter of a school may be seen is asked where it is read.
"""

from collections.abc import Mapping

from api.security.access import AUTHORITY, EVERYBODY
from rules.roles import Role

OPEN = frozenset({"page.sign_in", "page.sign_in.check", "page.sign_in.with", "page.sign_in.back"})
PUBLIC = OPEN | {"page.accessibility", "page.colours"}
"""Pages that tell nothing about anybody and need no account."""

OFFICERS = frozenset({Role.OFFICER, Role.SENIOR_OFFICER})
SCHOOLS = frozenset({Role.SCHOOL})
WORKERS = OFFICERS | SCHOOLS
FIGURES = WORKERS | {Role.AUDITOR}
OVERSIGHT = frozenset({Role.SENIOR_OFFICER, Role.LEGAL, Role.AUDITOR})

TABLE: Mapping[str, frozenset[Role]] = {
    "page.home": EVERYBODY,
    "page.sign_out": EVERYBODY,
    "page.sessions": EVERYBODY,
    "page.sessions.end": EVERYBODY,
    "page.password": EVERYBODY,
    "page.password.do": EVERYBODY,
    "page.act": WORKERS,
    "page.act.do": WORKERS,
    "page.search": EVERYBODY,
    "page.pupil": EVERYBODY,
    "page.pupil.register": EVERYBODY,
    "page.pupil.steps": AUTHORITY,
    "page.pupil.papers": EVERYBODY,
    "page.pupil.timeline": AUTHORITY,
    "page.cases": EVERYBODY,
    "page.case": EVERYBODY,
    "page.case.record": AUTHORITY,
    "page.requests": EVERYBODY,
    "page.request": EVERYBODY,
    "page.penalty_notices": EVERYBODY,
    "page.penalty_notice": EVERYBODY,
    "page.notices_to_improve": EVERYBODY,
    "page.notice_to_improve": EVERYBODY,
    "page.letters": EVERYBODY,
    "page.letter": EVERYBODY,
    "page.letter.pdf": EVERYBODY,
    "page.letter_batch": AUTHORITY,
    "page.letter_batch.new": OFFICERS,
    "page.letter_batch.release": OFFICERS,
    "page.letter_batches": AUTHORITY,
    "page.hand_delivery": OFFICERS,
    "page.document": EVERYBODY,
    "page.payments": AUTHORITY,
    "page.payments.file": OFFICERS,
    "page.payments.file.do": OFFICERS,
    "page.payment": AUTHORITY,
    "page.schools": EVERYBODY,
    "page.school": EVERYBODY,
    "page.school.issuers": EVERYBODY,
    "page.registers": WORKERS,
    "page.registers.do": WORKERS,
    "page.figures": FIGURES,
    "page.figures.csv": FIGURES,
    "page.figures.pupils": FIGURES,
    "page.figures.pupils.csv": FIGURES,
    "page.law": EVERYBODY,
    "page.words": EVERYBODY,
    "page.record": OVERSIGHT,
    "page.access_log": OVERSIGHT,
    "page.oversight": OVERSIGHT,
}
