"""The texts of the letters: Jinja over Markdown, one folder a letter.

- `body.md` is the text, `meta.yaml` its version and titles; `parts/` holds what letters share.
- A text chooses and repeats, and formats with the letters' own filters. It computes nothing, looks nothing
  up, calls nothing: what else Jinja can do is refused when the text is read.
- A field that the letter's context does not have is an error, never a gap.
- A version stands for one text for ever: `seals.yaml` keeps the hash of each; a changed text under an old
  version is refused.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, nodes, pass_context
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro, Undefined
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from letters.blocks import CLOSE, OPEN, Held, Mark, Reading, read, token
from letters.errors import TemplateChanged, TemplateInvalid
from letters.formats import FILTERS, Linked

ROOT = Path(__file__).parent
FOLDER = ROOT / "templates"
LAYOUT = ROOT / "layout"
LAYOUT_NAME = "layout"
SEALS = FOLDER / "seals.yaml"
HELD = "held_values"
TAG = r"\{%(?:(?!%\})[^\n])*"
LINE_OF_TAGS = re.compile(rf"^[ \t]*((?:{TAG}%\}}[ \t]*)*{TAG})%\}}[ \t]*\n", re.MULTILINE)

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Filter,
    nodes.If,
    nodes.For,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Include,
    nodes.CallBlock,
)
"""What a letter's text may be made of."""


class Meta(BaseModel):
    """What `meta.yaml` says of a text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(ge=1)
    title: str = Field(min_length=1)
    purpose: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class LetterText:
    """One text: its name, what `meta.yaml` says, and the SHA-256 of everything it is made of."""

    name: str
    meta: Meta
    sha256: str

    def fill(self, values: Mapping[str, object]) -> Reading:
        """Put the values in and parse; raises `TemplateInvalid` for an unknown field or a misshapen text."""
        held: list[Held] = []
        try:
            markdown = _environment().get_template(f"{self.name}/body.md").render({**values, HELD: held})
        except (TemplateError, TypeError, ValueError) as error:
            raise TemplateInvalid(f"{self.name}: {error}") from error
        return read(markdown, held)


def text(name: str, *, sealed: bool = True) -> LetterText:
    """Return a letter's text.

    Raises `TemplateInvalid` where it is missing, misshapen or does more than a letter's text may, and, unless
    a draft is asked for with `sealed=False`, `TemplateChanged` where its version stands for another text.
    """
    found = _text(name)
    if sealed and _seals().get(name, {}).get(found.meta.version) != found.sha256:
        raise TemplateChanged(name, found.meta.version)
    return found


def seals() -> Mapping[str, Mapping[int, str]]:
    """Return, for each text and each version it ever had, the SHA-256 of that text."""
    return yaml.safe_load(SEALS.read_text(encoding="utf-8")) if SEALS.exists() else {}


_seals = cache(seals)


def sealed_now(name: str) -> tuple[int, str]:
    """Return the version and the SHA-256 of a text, or of the layout, as they stand now, sealed or not."""
    if name == LAYOUT_NAME:
        return _layout()
    found = _text(name)
    return found.meta.version, found.sha256


@cache
def layout_version() -> int:
    """Return the version of the fixed layout; raises `TemplateChanged` where it stands for another layout."""
    version, digest = _layout()
    if _seals().get(LAYOUT_NAME, {}).get(version) != digest:
        raise TemplateChanged(LAYOUT_NAME, version)
    return version


def _layout() -> tuple[int, str]:
    meta = yaml.safe_load((LAYOUT / "meta.yaml").read_text(encoding="utf-8"))
    return int(meta["version"]), _digest(sorted(LAYOUT.iterdir()))


@cache
def _text(name: str) -> LetterText:
    folder = FOLDER / name
    try:
        meta = Meta.model_validate(yaml.safe_load((folder / "meta.yaml").read_text(encoding="utf-8")))
        body = folder / "body.md"
        parts = _check(body)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError, TemplateError) as error:
        raise TemplateInvalid(f"{name}: {error}") from error
    return LetterText(name, meta, _digest([folder / "meta.yaml", body, *parts]))


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _check(path: Path) -> list[Path]:
    """Refuse what a text may not do; return the shared parts it takes in, in order, each once."""
    source = path.read_text(encoding="utf-8")
    if OPEN in source or CLOSE in source:
        raise TemplateInvalid(f"{path.name}: the characters U+E000 and U+E001 are the letters' own")
    tree = _environment().parse(source, path.name)
    parts: list[Path] = []
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Include):
            part = FOLDER / _constant(node.template)
            parts.extend(each for each in (part, *_check(part)) if each not in parts)
        elif not _allowed(node):
            raise TemplateInvalid(
                f"{path}, line {node.lineno}: a letter's text may not use {type(node).__name__}"
            )
    return parts


def _allowed(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Const):
        return isinstance(node.value, str)
    if isinstance(node, nodes.Call):
        return isinstance(node.node, nodes.ExtensionAttribute)
    if isinstance(node, nodes.Name):
        return node.name != HELD
    return isinstance(node, (*ALLOWED, nodes.ExtensionAttribute, nodes.ContextReference))


def _constant(node: nodes.Node) -> str:
    if (
        not isinstance(node, nodes.Const)
        or not isinstance(node.value, str)
        or not node.value.startswith("parts/")
    ):
        raise TemplateInvalid("a letter's text takes in shared parts only, by name")
    return node.value


class _Contents(Extension):
    """`{% contents "key" %} … {% endcontents %}`: here stands what the law asks a letter to contain.

    A line that holds nothing but tags leaves no line behind; a line of text keeps its end.
    """

    tags = {"contents"}  # noqa: RUF012 - the base class's own form

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        # The line's end moves into its last tag, so that line numbers in errors stay true.
        return LINE_OF_TAGS.sub(r"\1 \n%}", source)

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        key = parser.parse_expression()
        body = parser.parse_statements(("name:endcontents",), drop_needle=True)
        call = self.call_method("_marked", [key, nodes.ContextReference()], lineno=line)
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _marked(self, key: str, context: Context, caller: Macro) -> str:
        """Put a mark before and after; around blocks the marks stand on lines of their own."""
        held = context[HELD]
        start = _hold(held, Mark(key, opens=True))
        body = str(caller())
        end = _hold(held, Mark(key, opens=False))
        apart = "\n\n" if body.startswith("\n") or body.endswith("\n") else ""
        return f"{apart}{start}{apart}{body}{apart}{end}{apart}"


@pass_context
def _finalize(context: Context, value: object) -> str:
    """Turn every printed value into a token; what is neither text nor a link lacks a filter."""
    if isinstance(value, Undefined):
        return str(value)  # raises, naming the field
    if not isinstance(value, str | Linked):
        raise TypeError(f"{value!r} needs a filter that says how it is written")
    return _hold(context[HELD], str(value) if isinstance(value, str) else value)


def _hold(held: list[Held], value: Held) -> str:
    held.append(value)
    return token(len(held) - 1)


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # values are never in the text while it is parsed
        finalize=_finalize,
        keep_trailing_newline=True,
        extensions=[_Contents],
        auto_reload=False,
    )
    environment.filters.clear()
    environment.filters.update(FILTERS)
    environment.tests.clear()
    environment.globals.clear()
    return environment
