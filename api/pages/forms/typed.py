"""What was typed, made into what an act takes: text into days, amounts, answers and lists.

- Nothing is decided here: whether it is right is for the act's input to say.
- A day that is no day is handed on as it was typed, so that the input refuses it at its field.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pydantic.fields import FieldInfo

from api.pages.forms.fields import Kind, kind_of
from attendance.services.inputs import ActInput

Typed = Mapping[str, Sequence[str]]
_AMOUNT = re.compile(r"£?\s*(\d{1,7})(?:\.(\d{2}))?")


def given(model: type[ActInput], typed: Typed) -> dict[str, object]:
    """Return the fields that were filled in, as the input takes them."""
    found: dict[str, object] = {}
    for name, field in model.model_fields.items():
        if name == "reasons":
            value: object = _reasons(typed)
        else:
            value = _READ.get(kind_of(name, field), _line)(name, field, typed)
        if value is not None:
            found[name] = value
    return found


def one(typed: Typed, name: str) -> str:
    """Return what was typed into a field, empty where nothing was."""
    values = typed.get(name, ())
    return values[0].strip() if values else ""


def _line(name: str, field: FieldInfo, typed: Typed) -> object:
    text = one(typed, name)
    return text if text or (field.is_required() and name in typed) else None


def _day(name: str, _field: FieldInfo, typed: Typed) -> object:
    parts = [one(typed, f"{name}-{part}") for part in ("year", "month", "day")]
    if not any(parts):
        return one(typed, name) or None
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except (ValueError, OverflowError):
        return "-".join(parts)


def _yes_no(name: str, _field: FieldInfo, typed: Typed) -> object:
    return {"yes": True, "no": False}.get(one(typed, name))


def _lines(name: str, _field: FieldInfo, typed: Typed) -> object:
    lines = [line.strip() for value in typed.get(name, ()) for line in value.splitlines()]
    return [line for line in lines if line] or None


def _money(name: str, _field: FieldInfo, typed: Typed) -> object:
    text = one(typed, name).replace(",", "")
    if not text:
        return None
    match = _AMOUNT.fullmatch(text)
    return text if match is None else int(match[1]) * 100 + int(match[2] or 0)


def _parents(name: str, _field: FieldInfo, typed: Typed) -> object:
    return [
        {
            "adult_id": adult,
            "name": one(typed, f"{name}-{adult}-name"),
            "address": one(typed, f"{name}-{adult}-address"),
        }
        for adult in typed.get(name, ())
    ] or None


def _questions(name: str, _field: FieldInfo, typed: Typed) -> object:
    answered = [key for key in typed if key.startswith(f"{name}-") and not key.endswith("-why")]
    return [
        {
            "question": key.removeprefix(f"{name}-"),
            "yes": one(typed, key) == "yes",
            "why": one(typed, f"{key}-why"),
        }
        for key in answered
        if one(typed, key)
    ] or None


def _reasons(typed: Typed) -> object:
    codes = [key.removeprefix("reason-") for key in typed if key.startswith("reason-") and one(typed, key)]
    return [{"code": code, "text": one(typed, f"reason-{code}")} for code in codes] or None


_READ: dict[Kind, Callable[[str, FieldInfo, Typed], object]] = {
    Kind.DAY: _day,
    Kind.YES_NO: _yes_no,
    Kind.LINES: _lines,
    Kind.ANY_OF: _lines,
    Kind.MONEY: _money,
    Kind.PARENTS: _parents,
    Kind.QUESTIONS: _questions,
}
