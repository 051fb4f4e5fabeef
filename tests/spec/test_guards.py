"""Every guard of a legal step against its tables."""

from pathlib import Path

import pytest

from rules.findings import Force, ReasonGiven
from rules.roles import Role
from tests.support.guards import ask_guard, guard_rows
from tests.support.scenarios import SPEC

TABLES = sorted(str(path.relative_to(SPEC)) for path in Path(SPEC / "steps").glob("*.yaml"))


@pytest.mark.parametrize(("guard", "arguments", "on", "row"), guard_rows(*TABLES))
def test_guard(guard, arguments, on, row):
    finding = ask_guard(guard, arguments, on)

    bars = sorted(unmet.code for unmet in finding.unmet if unmet.force is Force.BAR)
    reasons = sorted(unmet.code for unmet in finding.unmet if unmet.force is Force.REASON_REQUIRED)
    assert {"bars": bars, "reasons": reasons} == {
        "bars": sorted(row.get("bars", [])),
        "reasons": sorted(row.get("reasons", [])),
    }
    expected = "barred" if bars else "reason_required" if reasons else "permitted"
    assert finding.outcome == row.get("outcome", expected)
    for sentence in row.get("says", []):
        assert sentence in " ".join(finding.sentences)
    assert all(value.cites for value in finding.parameters)
    assert all(unmet.message and unmet.remedy for unmet in finding.unmet)


@pytest.mark.parametrize(("guard", "arguments", "on", "row"), guard_rows(*TABLES))
def test_reasons_lift_what_asks_for_one_and_never_a_bar(guard, arguments, on, row):
    finding = ask_guard(guard, arguments, on)
    everything = tuple(
        ReasonGiven(unmet.code, "Because it is right here.", role) for unmet in finding.unmet for role in Role
    )
    assert {unmet.code for unmet in finding.refusals(everything)} == set(row.get("bars", []))

    for unmet in finding.unmet:
        unentitled = tuple(
            ReasonGiven(unmet.code, "Because.", role) for role in Role if role not in unmet.reason_from
        )
        empty = tuple(ReasonGiven(unmet.code, "  ", role) for role in Role)
        assert unmet in finding.refusals(unentitled)
        assert unmet in finding.refusals(empty)
