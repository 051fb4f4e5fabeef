"""The machine that every legal step runs on.

- A legal step's life is one tuple of `Step` rows; no transition exists and no state is assigned elsewhere.
- A machine is made fresh for each operation and thrown away; the row in the store holds the state.
- A step that does not exist from the present state raises `StepNotAvailable` with what does exist.
- A guard's finding that is not met raises `StepRefused` with everything unmet; the state stays what it was.
- Nothing is done in a callback: the caller writes, records and commits.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from transitions import EventData, Machine, MachineError

from attendance.domain.errors import StepNotAvailable, StepRefused
from rules.findings import Finding, ReasonGiven
from rules.roles import Role

CASEWORK = frozenset({Role.OFFICER, Role.SENIOR_OFFICER})


@dataclass(frozen=True, slots=True)
class Step:
    """One row: a step by name, from which states, to which state, who may take it, on what authority.

    `cites` names the parameter of the law or policy that the step rests on. `letter` names the letter that
    goes with it. `guarded` says that the step asks a guard and cannot be taken without its finding.
    """

    name: str
    sources: frozenset[StrEnum]
    target: StrEnum
    cites: str
    by: frozenset[Role] = CASEWORK
    letter: str = ""
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class StepTable:
    """The whole life of one kind of matter: its states, where it begins, where it may rest, and its rows."""

    kind: str
    title: str
    states: type[StrEnum]
    initial: StrEnum
    resting: frozenset[StrEnum]
    rows: tuple[Step, ...]

    def available(self, state: StrEnum) -> tuple[Step, ...]:
        """Return the rows that lead out of this state."""
        return tuple(row for row in self.rows if state in row.sources)

    def row(self, name: str, state: StrEnum) -> Step:
        """Return the row of that name from that state, or raise `StepNotAvailable`."""
        for row in self.available(state):
            if row.name == name:
                return row
        raise self.not_available(name, state)

    def by(self, name: str) -> frozenset[Role]:
        """Return who may take the step of that name, from whichever state."""
        return frozenset(role for row in self.rows if row.name == name for role in row.by)

    def not_available(self, name: str, state: StrEnum) -> StepNotAvailable:
        """Return the error for a step that does not exist from that state."""
        return StepNotAvailable(
            f"{self.title}: {plain(name)}",
            plain(state.value),
            tuple(plain(r.name) for r in self.available(state)),
        )


@dataclass(slots=True)
class _Matter:
    """What a machine moves; `transitions` adds the triggers to it."""

    state: StrEnum = field(init=False)


def plain(name: str) -> str:
    """Return a name as an officer reads it."""
    return name.replace("_", " ")


def take(
    table: StepTable,
    state: StrEnum,
    name: str,
    *,
    finding: Finding | None = None,
    reasons: tuple[ReasonGiven, ...] = (),
) -> StrEnum:
    """Return the state after a step, or raise.

    Takes the table, the present state, the step's name, the guard's finding (needed where the row is guarded)
    and the reasons given. Raises `StepNotAvailable`, or `StepRefused` with everything unmet.
    """
    row = table.row(name, state)
    if row.guarded and finding is None:
        raise ValueError(f"{table.kind}.{name} is guarded: its finding must be given")

    def permitted(_event: EventData) -> bool:
        refusals = finding.refusals(reasons) if finding else ()
        if refusals:
            raise StepRefused(f"{table.title}: {plain(name)}", refusals)
        return True

    matter = _machine(table, state, permitted)
    try:
        matter.trigger(name)  # type: ignore[attr-defined]
    except MachineError as error:  # pragma: no cover - row() has refused it already
        raise table.not_available(name, state) from error
    return matter.state


def _machine(table: StepTable, state: StrEnum, permitted: object) -> _Matter:
    matter = _Model()
    rows = [
        {"trigger": row.name, "source": list(row.sources), "dest": row.target, "conditions": [permitted]}
        for row in table.rows
    ]
    Machine(
        model=matter,
        states=table.states,
        initial=table.states(state),
        transitions=rows,
        auto_transitions=False,
        send_event=True,
    )
    return matter


class _Model(_Matter):
    """A matter that `transitions` may add its triggers to (a slotted one may not)."""


def check_table(table: StepTable) -> tuple[str, ...]:
    """Return what is wrong with a table: unreachable states, traps, a name twice from one state.

    A trap is a state that nothing leads out of and that the table does not name as one to rest in.
    """
    reached = {table.initial}
    while True:
        further = {row.target for row in table.rows if row.sources & reached} - reached
        if not further:
            break
        reached |= further
    problems = [f"{state.value} is never reached" for state in table.states if state not in reached]
    problems += [
        f"{state.value} is a trap"
        for state in table.states
        if state not in table.resting and not table.available(state)
    ]
    for state in table.states:
        names = [row.name for row in table.available(state)]
        problems += [
            f"{name} stands twice from {state.value}" for name in sorted(set(names)) if names.count(name) > 1
        ]
    return tuple(problems)
