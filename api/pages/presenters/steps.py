"""What can be done now with a matter and what cannot, and why."""

from dataclasses import dataclass

from api.pages import paths
from api.pages.parts import Cell
from api.pages.presenters.refusals import Barrier, barrier_shown
from api.pages.words import plain
from attendance.services.reading.steps import StepNow
from attendance.services.registry import ACTS
from rules.roles import Role

_SUMMARIES = {act.name: act.summary for act in ACTS}
_BY = {act.name: act.by for act in ACTS}


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step: what it does, where it is done, and everything in its way."""

    title: str
    href: str
    leads_to: str
    who: str
    because: str
    barriers: tuple[Barrier, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing that could be asked stands in its way."""
        return bool(self.href) and not self.barriers and not self.because


@dataclass(frozen=True, slots=True)
class StepsShown:
    """The steps that this account may take, and those that wait for somebody or something else."""

    ready: tuple[StepShown, ...]
    waiting: tuple[StepShown, ...]


def steps_shown(steps: tuple[StepNow, ...], reference: str, role: Role) -> StepsShown:
    """Return the steps of a matter as they are shown to a role, each act once."""
    acts: dict[str, StepShown] = {}
    for step in steps:
        if step.act is not None and step.instead is None:
            acts.setdefault(step.act, _shown(step, reference, role))
    shown = tuple(acts.values())
    return StepsShown(tuple(s for s in shown if s.ready), tuple(s for s in shown if not s.ready))


def acts_named(names: tuple[str, ...], role: Role, **known: object) -> tuple[StepShown, ...]:
    """Return acts that are always there, as far as the role may perform them."""
    return tuple(
        StepShown(_SUMMARIES[name], paths.act(name, **known), "", "", "", ())
        for name in names
        if role in _BY[name]
    )


def act_cell(name: str, text: str, reference: str, role: Role, *, otherwise: str) -> Cell:
    """Return a cell that leads to an act on a matter, or says `otherwise` to a role that may not do it."""
    if role not in _BY[name]:
        return Cell(otherwise)
    return Cell(text, href=paths.act(name, reference=reference), after=f": {reference}")


def _shown(step: StepNow, reference: str, role: Role) -> StepShown:
    act = str(step.act)
    mine = role in _BY[act]
    who = "" if mine else ", ".join(plain(one.value) for one in sorted(_BY[act]))
    known = {"reference": reference} if _takes_reference(act) else {}
    return StepShown(
        title=_SUMMARIES[act],
        href=paths.act(act, **known) if mine else "",
        leads_to=plain(step.leads_to),
        who=who,
        because=step.because,
        barriers=tuple(barrier_shown(one) for one in step.unmet),
    )


def _takes_reference(act: str) -> bool:
    return any(one.name == act and "reference" in one.input.model_fields for one in ACTS)
