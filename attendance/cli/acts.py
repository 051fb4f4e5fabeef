"""One command for every act: `attendance KIND VERB [REFERENCE] --field value`.

- The commands are made from the acts themselves, so that none is missing and none differs from the REST API.
- A field that holds several things takes JSON. A reason is given as `--reason CODE=TEXT`.
"""

import json
import types
from collections.abc import Callable
from typing import Union, get_args, get_origin

import click
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from attendance.cli.clock import now
from attendance.cli.opening import open_office
from attendance.services.accounts import actor_named
from attendance.services.acts import Act, perform
from attendance.services.inputs import ActInput
from attendance.services.registry import ACTS
from attendance.services.work import Done

REASONS, REFERENCE = "reasons", "reference"


def act_groups() -> tuple[click.Group, ...]:
    """Return one group of commands for each kind of matter."""
    kinds = dict.fromkeys(act.kind for act in ACTS)
    return tuple(_group(kind) for kind in kinds)


def _group(kind: str) -> click.Group:
    group = click.Group(kind.replace("_", "-"), help=f"Acts on a {kind.replace('_', ' ')}.")
    for act in ACTS:
        if act.kind == kind:
            group.add_command(_command(act))
    return group


def _command(act: Act) -> click.Command:
    roles = ", ".join(sorted(role.value.replace("_", " ") for role in act.by))
    return click.Command(
        act.verb.replace("_", "-"),
        params=[*_params(act.input), *_common()],
        callback=_callback(act),
        help=f"{act.summary}. For: {roles}.\n\nExample: {example(act)}",
        short_help=act.summary,
    )


def example(act: Act) -> str:
    """Return a line that shows how the command is written."""
    words = ["attendance", act.kind.replace("_", "-"), act.verb.replace("_", "-")]
    fields = act.input.model_fields
    if REFERENCE in fields:
        words.append("PN-2025-000012" if act.kind == "penalty_notice" else "REFERENCE")
    for name, field in fields.items():
        if field.is_required() and name != REFERENCE:
            words.append(f"--{name.replace('_', '-')} {_metavar(field)}")
    return " ".join([*words, "--as ACCOUNT"])


def _params(model: type[BaseModel]) -> list[click.Parameter]:
    params: list[click.Parameter] = []
    for name, field in model.model_fields.items():
        if name == REFERENCE:
            params.append(click.Argument([REFERENCE]))
        elif name == REASONS:
            params.append(
                click.Option(
                    ["--reason", REASONS], multiple=True, metavar="CODE=TEXT", help="Why, where asked."
                )
            )
        else:
            params.append(_option(name, field))
    return params


def _option(name: str, field: FieldInfo) -> click.Option:
    return click.Option(
        [f"--{name.replace('_', '-')}", name],
        required=field.is_required(),
        metavar=_metavar(field),
        help=field.description,
    )


def _common() -> list[click.Parameter]:
    return [
        click.Option(
            ["--as", "account"], required=True, envvar="ATTENDANCE_ACCOUNT", help="The account that acts."
        ),
        click.Option(["--format", "form"], type=click.Choice(["text", "json"]), default="text"),
    ]


def _metavar(field: FieldInfo) -> str:
    plain = _without_none(field.annotation)
    if _is_json(plain):
        return "JSON"
    return {"date": "YYYY-MM-DD", "int": "NUMBER", "bool": "true|false"}.get(
        getattr(plain, "__name__", ""), "TEXT"
    )


def _without_none(annotation: object) -> object:
    if get_origin(annotation) in {Union, types.UnionType}:
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation


def _is_json(annotation: object) -> bool:
    return get_origin(annotation) in {tuple, dict} or (
        isinstance(annotation, type) and issubclass(annotation, BaseModel)
    )


def _callback(act: Act) -> Callable[..., None]:
    def run(account: str, form: str, **fields: str | tuple[str, ...] | None) -> None:
        given = _given(act, fields)
        with open_office() as office:
            done = perform(office, act, given, actor_named(office.store, account), now())
        click.echo(done.model_dump_json(indent=2) if form == "json" else _said(done))

    return run


def _given(act: Act, fields: dict[str, str | tuple[str, ...] | None]) -> ActInput:
    said = {name: _value(act.input, name, value) for name, value in fields.items() if value not in {None, ()}}
    try:
        return act.input.model_validate(said)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, item['loc'])) or 'input'}: {item['msg']}" for item in error.errors()]
        raise click.UsageError("\n".join(problems)) from error


def _value(model: type[ActInput], name: str, value: str | tuple[str, ...] | None) -> object:
    if name == REASONS and isinstance(value, tuple):
        return [dict(zip(("code", "text"), reason.partition("=")[::2], strict=True)) for reason in value]
    if name in model.model_fields and _is_json(_without_none(model.model_fields[name].annotation)):
        try:
            return json.loads(str(value))
        except json.JSONDecodeError as error:
            raise click.UsageError(f"--{name.replace('_', '-')} takes JSON: {error}") from error
    return value


def _said(done: Done) -> str:
    lines = [f"{done.reference}: {done.state}", *done.sentences]
    return "\n".join([*lines, *(f"Letter: {letter}" for letter in done.letters)])
