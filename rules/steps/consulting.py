"""Who is consulted about a child of whom something is known, before a notice is decided and before it goes.

- Which flag asks for whom is data: the nation's list, and the authority's own beside it.
- Nobody consulted asks for a recorded reason. What was said at a decision answers for what was known then: a
  flag that became known since asks anew for whom it asks.

Sources: national guidance on pupils with special educational needs; the authority's code of conduct.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.findings import Aspect
from rules.law import Value
from rules.steps.conditions import Offence
from rules.steps.guard import Check, InForce, ask, met, row_of

CONSULT = "support.consult"


@dataclass(frozen=True, slots=True)
class Consultee:
    """Somebody who is consulted, in words, and the flags of a child that ask for it."""

    code: str
    text: str
    flags: frozenset[str]
    source: Value


def consultees(rules: InForce) -> tuple[Consultee, ...]:
    """Return everybody whom some flag asks for, by code."""
    found = [
        _consultee(code, source)
        for source in (rules.law(CONSULT), rules.policy(CONSULT))
        for code in source.table
    ]
    return tuple(sorted(found, key=lambda one: one.code))


def _consultee(code: str, source: Value) -> Consultee:
    row = row_of(source, code)
    flags = row["flags"]
    assert isinstance(flags, tuple)
    return Consultee(code, str(row["text"]), frozenset(str(flag) for flag in flags), source)


def asked_for(flags: frozenset[str], rules: InForce) -> tuple[Consultee, ...]:
    """Return who is consulted about a child with these flags."""
    return tuple(one for one in consultees(rules) if one.flags & flags)


def not_consulted(code: str) -> str:
    """Return the code of the condition that somebody was not consulted."""
    return f"{code}_not_consulted"


def others_consulted(facts: Offence, rules: InForce) -> Iterator[Check]:
    """Those whose part it is to look after a child with a flag were consulted."""
    for one in asked_for(facts.child.flags, rules):
        if one.code in facts.consulted:
            yield met(f"Consulted: {one.text}.", one.source)
        else:
            yield ask(
                f"{one.code}_not_consulted",
                Aspect.AGREED,
                f"What is known of this child asks that {one.text} be consulted.",
                "Consult and say so with this step, or record why not.",
                one.source,
            )
