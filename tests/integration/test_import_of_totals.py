"""Totals of transfer files stand beside the marks and never among them."""

from datetime import date

import pytest

from attendance.domain.errors import NotAllowed
from attendance.domain.moment import Actor
from attendance.intake.received import ReceivedFile
from attendance.services.imports.totals import import_totals
from attendance.store.registers import Registers
from attendance.store.totals import Totals
from rules.roles import Role
from tests.support.people import OFFICER, URN, at, seed, upn

MOMENT = at(date(2025, 9, 1))


def ctf(number=1, attended=350, estab=URN[2:]):
    return ReceivedFile(
        "f.xml",
        f"<CTfile><Pupil><UPN>{upn(number)}</UPN><YearData><Year>2024</Year><LEA>399</LEA><Estab>{estab}</Estab>"
        f"<SessionsPossible>380</SessionsPossible><SessionsAttended>{attended}</SessionsAttended>"
        "<SessionsAuthorised>20</SessionsAuthorised><SessionsUnauthorised>10</SessionsUnauthorised>"
        "</YearData></Pupil></CTfile>".encode(),
    )


def test_totals_are_added_once_and_changed_ones_stay_beside_the_earlier(store):
    ids = seed(store)
    assert import_totals(store, OFFICER, MOMENT, ctf(), dry_run=True).added == 1
    assert import_totals(store, OFFICER, MOMENT, ctf()).entry is not None
    assert import_totals(store, OFFICER, MOMENT, ctf()).entry is None
    later = import_totals(store, OFFICER, MOMENT, ctf(attended=349))
    assert (later.changed, later.warnings.total) == (1, 1)
    with store.read() as session:
        (total,) = Totals(session).current([ids[1]])
        assert (total.school_urn, total.attended, total.upn) == (URN, 349, upn(1))
        assert Registers(session).days_given(URN) == ()


def test_an_unknown_pupil_or_school_refuses_the_file(store):
    seed(store)
    outcome = import_totals(store, OFFICER, MOMENT, ctf(number=9, estab="9999"))
    assert [problem.column for problem in outcome.problems] == ["pupil 1", "pupil 1"]
    assert import_totals(store, OFFICER, MOMENT, ReceivedFile("f", b"")).refused
    with pytest.raises(NotAllowed):
        import_totals(store, Actor("x", Role.SCHOOL), MOMENT, ctf())
