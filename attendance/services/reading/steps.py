"""Which steps a matter offers now, and what stands in the way of each where that can be asked.

- The steps are the rows of the matter's table from its present state: none is left out.
- Where an act takes nothing but the reference, it is tried: it runs on a session that cannot write up to the
  point where it would take its step, and what its guard finds is told.
"""

from dataclasses import dataclass

from attendance.domain.errors import AttendanceError, StepRefused
from attendance.domain.steps.machine import Step, StepTable
from attendance.services.acts import Act
from attendance.services.inputs import Reason
from attendance.services.reading.findings import Source, UnmetCondition
from attendance.services.registry import ACTS
from attendance.services.work import Matter, Work
from rules.errors import RulesError
from rules.findings import Finding, ReasonGiven, Unmet
from rules.roles import Role

_INPUT_OF_EVERY_ACT = {"reference", "reasons"}
_WORDS = {"answer"}
"""What a person says in words: no guard depends on what they are, so a trial says any."""
_ACTS = {act.name: act for act in ACTS}
OTHERWISE_NAMED = {
    "request.send_again": "request.send",
    "notice_to_improve.find_improved": "notice_to_improve.review",
    "notice_to_improve.find_not_improved": "notice_to_improve.review",
    "penalty_notice.discharge": "payment.receive",
    "penalty_notice.reinstate": "payment.rematch",
    "review.withdraw": "penalty_notice.withdraw",
}
"""Steps that an act of another name takes."""


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step that exists from where the matter stands.

    `act` performs it. `by` are the roles that may. `asked` says whether its guard was asked now; `unmet` is
    then everything in the way, and `because` what else is. `instead` names the step that the act would take
    in its place.
    """

    step: str
    leads_to: str
    act: str | None
    by: tuple[Role, ...]
    guarded: bool
    source: Source | None
    asked: bool
    unmet: tuple[UnmetCondition, ...]
    because: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class _Tried:
    asked: bool = False
    unmet: tuple[UnmetCondition, ...] = ()
    because: str = ""
    instead: str | None = None


class _WouldTake(Exception):  # noqa: N818 - ends a trial; nothing went wrong
    def __init__(self, step: str, unmet: tuple[Unmet, ...]) -> None:
        super().__init__(step)
        self.step, self.unmet = step, unmet


class _Trial(Work):
    """A work that stops where a step would be taken."""

    def advance(
        self,
        table: StepTable,
        row: Matter,
        step: str,
        *,
        finding: Finding | None = None,
        reasons: tuple[Reason, ...] = (),
        carried: tuple[ReasonGiven, ...] = (),
    ) -> None:
        """Stop, with what stands in the step's way."""
        del reasons
        table.row(step, table.states(row.state))
        raise _WouldTake(step, finding.refusals(carried) if finding else ())


def steps_now(work: Work, table: StepTable, row: Matter) -> tuple[StepNow, ...]:
    """Return the steps that exist from where a matter stands."""
    return tuple(_step_now(work, table, row, step) for step in table.available(table.states(row.state)))


def _step_now(work: Work, table: StepTable, row: Matter, step: Step) -> StepNow:
    name = f"{table.kind}.{step.name}"
    act = _ACTS.get(OTHERWISE_NAMED.get(name, name))
    tried = _tried(work, act, row.reference, step.name) if act is not None else _Tried()
    return StepNow(
        step=step.name,
        leads_to=step.target.value,
        act=act.name if act else None,
        by=tuple(sorted(step.by)),
        guarded=step.guarded,
        source=_source(work, step.cites),
        asked=tried.asked,
        unmet=tried.unmet,
        because=tried.because,
        instead=tried.instead,
    )


def _tried(work: Work, act: Act, reference: str, step: str) -> _Tried:
    asked = {name for name, field in act.input.model_fields.items() if field.is_required()}
    if asked - _INPUT_OF_EVERY_ACT - _WORDS:
        return _Tried()
    words = dict.fromkeys(asked & _WORDS, "Words")
    trial = _Trial(work.office, work.opened, work.actor, work.moment, act.name)
    try:
        act.run(trial, act.input.model_validate({"reference": reference, **words}))
    except _WouldTake as would:
        if would.step != step:
            return _Tried(asked=True, instead=would.step)
        return _Tried(asked=True, unmet=tuple(UnmetCondition.of(unmet) for unmet in would.unmet))
    except StepRefused as refused:
        return _Tried(asked=True, unmet=tuple(UnmetCondition.of(unmet) for unmet in refused.unmet))
    except (AttendanceError, RulesError) as error:
        return _Tried(asked=True, because=str(error))
    return _Tried()


def _source(work: Work, parameter: str) -> Source | None:
    try:
        return Source.of(work.book.parameter(parameter).on(work.on))
    except RulesError:  # the step's source was not in force on this day
        return None
