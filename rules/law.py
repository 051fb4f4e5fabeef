"""The law as dated data.

- Every value lives in `rules/law/**.yaml` (national) or `rules/policy/<authority>/**.yaml` (a local code of
  conduct); the file's path is the parameter's name.
- Every value carries its citation, its confidence and who checked it when. A file without them is refused.
- A lookup takes a name and a day and returns the value *with its source*, or raises `UnknownParameter`,
  `NotYetInForce`, `NoLongerInForce` or `NotEnforced`; it never answers with nothing.
- What is announced but not in force is listed and never looked up.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from rules.errors import NotEnforced, NotInPolicy, UnknownParameter, UnknownPolicy
from rules.law_files import FileCitation, FileOfLaw, FileValue, read_folder
from rules.law_table import Data, Plain
from rules.law_values import Announced, Citation, Confidence, Parameter, Standing, Value

ROOT = Path(__file__).parent
NATION = "england"

__all__ = [
    "Announced",
    "Citation",
    "Confidence",
    "Data",
    "Parameter",
    "Plain",
    "RuleBook",
    "Standing",
    "Value",
    "known_policies",
    "rule_book",
]


class RuleBook:
    """The national law together with one authority's policy.

    Names given to `law` are relative to the nation (`penalty_notice.threshold_sessions`), names given to
    `policy` relative to the authority (`stages.prevention_above`), so that no code names an authority.
    """

    def __init__(self, parameters: Mapping[str, Parameter], authority: str) -> None:
        self.authority = authority
        self._parameters = parameters

    def law(self, name: str, on: date) -> Value:
        """Return the national value in force on that day, or raise."""
        return self.value(f"{NATION}.{name}", on)

    def policy(self, name: str, on: date) -> Value:
        """Return the authority's value in force on that day, or raise; `NotInPolicy` where it has none."""
        if f"{self.authority}.{name}" not in self._parameters:
            raise NotInPolicy(self.authority, name)
        return self.value(f"{self.authority}.{name}", on)

    def value(self, full_name: str, on: date) -> Value:
        """Return the value of a parameter by its full name, or raise."""
        value = self.parameter(full_name).on(on)
        if value.not_enforced:
            raise NotEnforced(full_name, value.not_enforced)
        return value

    def parameter(self, full_name: str) -> Parameter:
        """Return the parameter with all its values, or raise `UnknownParameter`.

        A name that begins with `policy.` is the authority's own, whichever authority it is.
        """
        local = full_name.removeprefix("policy.")
        if local != full_name:
            full_name = f"{self.authority}.{local}"
        if full_name not in self._parameters:
            raise UnknownParameter(full_name, self.near(full_name))
        return self._parameters[full_name]

    def named(self, beginning: str) -> tuple[Parameter, ...]:
        """Return the parameter of that name, or else those whose names begin so (`england.register`)."""
        if beginning in self._parameters:
            return (self._parameters[beginning],)
        return tuple(parameter for parameter in self if parameter.name.startswith(beginning))

    def near(self, name: str) -> tuple[str, ...]:
        """Return the names nearest to one that is not known: same last word first, then likeness."""
        last = name.rpartition(".")[2]
        same = [known for known in self._parameters if known.rpartition(".")[2] == last]
        alike = get_close_matches(name, self._parameters)
        return tuple(dict.fromkeys([*same, *alike]))

    def __iter__(self) -> Iterator[Parameter]:
        return iter(sorted(self._parameters.values(), key=lambda parameter: parameter.name))


def known_policies() -> tuple[str, ...]:
    """Return the names of the authorities whose policy is loaded."""
    return tuple(sorted(folder.name for folder in (ROOT / "policy").iterdir() if folder.is_dir()))


@cache
def rule_book(authority: str) -> RuleBook:
    """Load the national law and the policy of one authority; raises `UnknownPolicy` or `LawFileInvalid`."""
    if authority not in known_policies():
        raise UnknownPolicy(authority, known_policies())
    files = [
        *read_folder(ROOT / "law", prefix=""),
        *read_folder(ROOT / "policy" / authority, prefix=authority),
    ]
    return RuleBook({file.name: _parameter(file) for file in files}, authority)


def _parameter(file: FileOfLaw) -> Parameter:
    in_use = [entry for entry in file.values if not entry.announced]
    starts = [entry.since for entry in in_use]
    untils = [*starts[1:], None]
    return Parameter(
        file.name,
        file.title,
        file.unit,
        values=tuple(
            _value(file, entry, until)
            for entry, until in zip(in_use, untils, strict=True)
            if entry.value is not None
        ),
        gaps=tuple(entry.since for entry in in_use if entry.value is None),
        announced=tuple(
            Announced(entry.since, entry.value, _citations(entry.cites), entry.reading, entry.note)
            for entry in file.values
            if entry.announced
        ),
    )


def _value(file: FileOfLaw, entry: FileValue, until: date | None) -> Value:
    return Value(
        name=file.name,
        title=file.title,
        unit=file.unit,
        value=entry.value,
        since=entry.since,
        until=until,
        cites=_citations(entry.cites),
        confidence=Confidence(entry.confidence),
        checked_on=entry.checked.on,
        checked_by=entry.checked.by,
        reading=entry.reading,
        note=entry.note,
        not_enforced=entry.not_enforced,
    )


def _citations(cites: Iterable[FileCitation]) -> tuple[Citation, ...]:
    return tuple(Citation(cite.kind, cite.instrument, cite.provision, cite.url) for cite in cites)
