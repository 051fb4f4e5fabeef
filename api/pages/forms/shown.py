"""A form as it is shown: every field with its words, what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from api.pages.forms.fields import Kind, kind_of, options_of
from api.pages.forms.typed import Typed, one
from api.pages.forms.wording import said_of
from api.pages.forms.wrong import wrong_in_words
from api.pages.words import day, plain
from attendance.services.acts import Act
from attendance.services.reading.choices import Choice

Choices = Mapping[str, tuple[Choice, ...]]
_TODAY = frozenset({"posting_on", "received_on", "on"})
"""Days that are today unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, and where to put it right."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field of a form."""

    name: str
    kind: str
    label: str
    hint: str
    optional: bool
    typed: Typed
    choices: tuple[Choice, ...] = ()
    problem: str = ""
    file_name: str = ""

    @property
    def value(self) -> str:
        """What stands in the field."""
        return one(self.typed, self.name)


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the answers that are looked over before an act is done."""

    key: str
    lines: tuple[str, ...]


def fields_of(
    act: Act, typed: Typed, choices: Choices, problems: Mapping[str, str], on: date
) -> tuple[FieldShown, ...]:
    """Return the fields of an act's form in the order of its input."""
    return tuple(
        _shown(act, name, field, _with_today(name, typed, on), choices.get(name, ()), problems.get(name, ""))
        for name, field in act.input.model_fields.items()
        if name != "reasons"
    )


def problems_of(act: Act, error: ValidationError, choices: Choices) -> dict[str, str]:
    """Return what is wrong by the name of the field, once for each."""
    found: dict[str, str] = {}
    for item in error.errors():
        name = str(item["loc"][0]) if item["loc"] else ""
        label = said_of(act.name, name).label.rstrip("?").rstrip(".")
        field = act.input.model_fields.get(name)
        said = wrong_in_words(item, field and kind_of(name, field), chosen=bool(choices.get(name)))
        found.setdefault(name, f"{said}: {label}")
    return found


def summary(act: Act, problems: Mapping[str, str]) -> list[Problem]:
    """Return the problems in the order of the form, each with where to put it right."""
    order = list(act.input.model_fields)
    named = sorted(problems.items(), key=lambda item: order.index(item[0]) if item[0] in order else -1)
    return [Problem(text, f"#{_anchor(act, name)}") for name, text in named]


def field_on_form(act: Act, name: str) -> str:
    """Return the field that can be put right on the act's form; empty where it shows none of that name."""
    field = act.input.model_fields.get(name)
    return "" if field is None or kind_of(name, field) is Kind.HIDDEN else name


def answers_of(fields: Sequence[FieldShown]) -> tuple[Answer, ...]:
    """Return what was answered, for looking over; what was left empty is left out."""
    answers = ((field, _lines(field)) for field in fields if field.kind != Kind.HIDDEN)
    return tuple(Answer(field.label, lines) for field, lines in answers if lines)


def _shown(
    act: Act, name: str, field: FieldInfo, typed: Typed, choices: tuple[Choice, ...], problem: str
) -> FieldShown:
    said = said_of(act.name, name)
    kind = kind_of(name, field)
    options = tuple(Choice(value, plain(value)) for value in options_of(field))
    if choices and kind in {Kind.LINE, Kind.NUMBER}:
        kind = Kind.ONE_OF
    return FieldShown(
        name=name,
        kind=kind.value,
        label=said.label,
        hint=said.hint,
        optional=not field.is_required() and kind is not Kind.QUESTIONS,
        typed=typed,
        choices=choices or options,
        problem=problem,
        file_name=one(typed, f"{name}-name"),
    )


def _with_today(name: str, typed: Typed, on: date) -> Typed:
    if name not in _TODAY or name in typed or any(f"{name}-{part}" in typed for part in ("day", "year")):
        return typed
    now = {f"{name}-day": (str(on.day),), f"{name}-month": (str(on.month),), f"{name}-year": (str(on.year),)}
    return {**typed, **now}


def _anchor(act: Act, name: str) -> str:
    field = act.input.model_fields.get(name)
    if field is not None and kind_of(name, field) is Kind.DAY:
        return f"{name}-day"
    return name or "main-content"


def _lines(field: FieldShown) -> tuple[str, ...]:
    texts = {choice.value: choice.text for choice in field.choices}
    match field.kind:
        case Kind.DAY:
            return _day_typed(field)
        case Kind.YES_NO:
            return (field.value.capitalize(),) if field.value else ()
        case Kind.FILE:
            return (field.file_name or field.value,) if field.value else ()
        case Kind.PARENTS:
            return tuple(_parent_typed(field, adult) for adult in field.typed.get(field.name, ()))
        case Kind.QUESTIONS:
            return tuple(_question_typed(field, choice) for choice in field.choices)
        case _:
            values = [line for value in field.typed.get(field.name, ()) for line in value.splitlines()]
            return tuple(texts.get(value, value) for value in values if value)


def _day_typed(field: FieldShown) -> tuple[str, ...]:
    parts = [one(field.typed, f"{field.name}-{part}") for part in ("year", "month", "day")]
    if not all(parts):
        return (field.value,) if field.value else ()
    return (day(date(*(int(part) for part in parts))),)


def _parent_typed(field: FieldShown, adult: str) -> str:
    name, address = (one(field.typed, f"{field.name}-{adult}-{part}") for part in ("name", "address"))
    return f"{name}, {', '.join(address.splitlines())}"


def _question_typed(field: FieldShown, choice: Choice) -> str:
    answer = one(field.typed, f"{field.name}-{choice.value}")
    why = one(field.typed, f"{field.name}-{choice.value}-why")
    return f"{choice.text} {answer.capitalize() or 'Not answered'}. {why}"
