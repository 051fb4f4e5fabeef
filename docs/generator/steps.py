"""The page of steps: the life of each matter as its table of rows, a diagram of it, and every act."""

from collections.abc import Iterator

from attendance.domain.steps import TABLES
from attendance.domain.steps.machine import StepTable, plain
from attendance.services.registry import ACTS
from docs.generator import Page, code, table
from rules.law import rule_book


def pages() -> Iterator[Page]:
    """Yield the pages of steps and acts."""
    yield Page("steps.md", "Steps", tuple(_steps()))
    yield Page("acts.md", "Acts", tuple(_acts()))


def _steps() -> Iterator[str]:
    yield "The life of each matter: from which state a step leads where, who may take it, what it rests on."
    yield "A guarded step asks the law, the local code and the evidence; a refusal lists everything unmet."
    yield ""
    for one in TABLES:
        yield from (f"## {one.title}", "")
        yield from _diagram(one)
        yield from table(
            ("Step", "From", "To", "By", "Guarded", "Letter", "Rests on"),
            (
                (
                    code(row.name),
                    ", ".join(plain(state) for state in sorted(row.sources)),
                    plain(row.target),
                    ", ".join(plain(role) for role in sorted(row.by)),
                    "yes" if row.guarded else "no",
                    code(row.letter) if row.letter else "",
                    rule_book("coventry").parameter(row.cites).title,
                )
                for row in one.rows
            ),
        )
        yield ""


def _diagram(one: StepTable) -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {one.initial}")
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in one.rows:
        for source in sorted(row.sources):
            arrows.setdefault((source, row.target), []).append(plain(row.name))
    yield from (
        f"    {source} --> {target}: {', '.join(names)}" for (source, target), names in arrows.items()
    )
    yield from (f"    {state} --> [*]" for state in sorted(one.resting) if not one.available(state))
    yield from ("```", "")


def _acts() -> Iterator[str]:
    yield "Everything a person can do to the casework. Each is one transaction and one entry in the record;"
    yield "the command line, the REST API and the pages perform the same acts."
    yield ""
    for kind in dict.fromkeys(act.kind for act in ACTS):
        yield from (f"## {plain(kind).capitalize()}", "")
        yield from table(
            ("Act", "What it does", "By", "Takes"),
            (
                (
                    code(act.name),
                    act.summary,
                    ", ".join(plain(role) for role in sorted(act.by)),
                    ", ".join(
                        code(name) if field.is_required() else f"[{code(name)}]"
                        for name, field in act.input.model_fields.items()
                    ),
                )
                for act in ACTS
                if act.kind == kind
            ),
        )
        yield ""
