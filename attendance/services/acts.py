"""What an act is, and the one way to perform one.

- Everything a person can do to the casework is an `Act`: a name, who may do it, the typed input it takes and
  the function that does it. The command line, the REST API and the pages all perform acts; none has
  another way.
- One act is one transaction and one entry in the record. A refused act changes nothing.
- The role opens the door; whether the law, the policy and the evidence allow the act is the guard's to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from attendance.domain.errors import BadInput, NotAllowed, RulesSilent
from attendance.domain.moment import Actor, Moment
from attendance.services.inputs import ActInput
from attendance.services.office import Office
from attendance.services.work import Done, Work
from letters.errors import CannotPrint
from letters.glyphs import name_of, unprintable
from rules.errors import RulesError
from rules.roles import Role

Given = TypeVar("Given", bound=ActInput)

OFFICERS = frozenset({Role.OFFICER, Role.SENIOR_OFFICER})
SCHOOLS = frozenset({Role.SCHOOL})
SCHOOLS_AND_OFFICERS = SCHOOLS | OFFICERS


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person can do: its name, who may, what it takes, and the function that does it.

    The name is the kind of matter and the verb, `penalty_notice.release`.
    """

    name: str
    summary: str
    by: frozenset[Role]
    input: type[ActInput]
    run: Callable[[Work, Any], Done]

    @property
    def kind(self) -> str:
        """The kind of matter the act belongs to."""
        return self.name.partition(".")[0]

    @property
    def verb(self) -> str:
        """What is done to it."""
        return self.name.partition(".")[2]


def act(
    name: str, summary: str, by: frozenset[Role], takes: type[Given], run: Callable[[Work, Given], Done]
) -> Act:
    """Return an act whose function takes what its input says."""
    return Act(name, summary, by, takes, run)


def perform(office: Office, act: Act, given: ActInput, actor: Actor, moment: Moment) -> Done:
    """Perform one act in one transaction and return what it did.

    Raises `NotAllowed`, `NotFound`, `StepNotAvailable`, `StepRefused`, `BadInput` or `RulesSilent`;
    nothing is written then.
    """
    if actor.role not in act.by:
        allowed = ", ".join(sorted(role.value for role in act.by))
        raise NotAllowed(f"{act.name} is for {allowed}; this account acts as {actor.role.value}.")
    try:
        with office.store.act(actor, moment) as opened:
            return act.run(Work(office, opened, actor, moment, act.name), given)
    except BadInput as error:
        if isinstance(error.__cause__, CannotPrint) and not error.field:
            error.field = _field_holding(given, error.__cause__)
        raise
    except RulesError as error:
        raise RulesSilent(str(error)) from error


def _field_holding(given: ActInput, held: CannotPrint) -> str:
    """Return the field of the input that holds what a letter cannot print; empty where it is none alone."""
    found = [
        name
        for name, value in given
        if set(held.characters) <= {name_of(sign) for text in _texts(value) for sign in unprintable(text)}
    ]
    return found[0] if len(found) == 1 else ""


def _texts(value: object) -> tuple[str, ...]:
    several = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in several if isinstance(one, str))
