"""The API is as its description says: whatever is sent as described is answered as described."""

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rules.roles import Role
from tests.support import lives
from tests.support.office import Desks

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEW = settings(
    max_examples=3,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
KNOWN = {
    "cases": "C-2024-000001",
    "notices-to-improve": "NTI-2024-000001",
    "penalty-notices": "PN-2025-000001",
    "letters": "LT-2025-000001",
}


def test_whatever_is_sent_as_described_is_answered_as_described(sqlite_store):
    world = lives.registered(sqlite_store)
    lives.improvement_not_made(world)
    lives.paid_penalty(world)
    desks = Desks(sqlite_store)
    headers = {"authorization": desks.client(Role.OFFICER).headers["authorization"]}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", desks.app)
    wrong = []

    for operation in schema.get_all_operations():
        _ask(operation.ok(), headers, wrong)

    assert not wrong, "\n".join(wrong)
    assert sqlite_store.examine(None).intact


def _ask(operation, headers, wrong):
    known = KNOWN.get(operation.path.split("/")[3])

    @FEW
    @given(case=operation.as_strategy())
    def ask(case):
        if known and "reference" in (case.path_parameters or {}):
            case.path_parameters["reference"] = known
        answer = case.call(headers=headers)
        try:
            case.validate_response(answer, checks=CHECKS)
        except Exception as error:  # noqa: BLE001 - every operation is asked before the test fails
            wrong.append(f"{operation.label}: {error}")

    ask()
