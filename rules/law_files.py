"""Reading the files of the law.

- One file, one parameter; duplicate and unknown keys are refused; dates must rise; every value in use cites.
- A value has the form of its unit: a share is written `9/10`, a day `2024-08-19`, money in whole pence.
- A mapping or list becomes an immutable one, however deep.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rules.errors import LawFileInvalid
from rules.law_table import LawTable
from rules.law_units import fits
from rules.law_yaml import YamlInvalid, read_yaml

SOURCES_WITHOUT_ADDRESS = frozenset({"house", "none"})


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FileCitation(_Entry):
    """A source as written in the file."""

    kind: Literal[
        "act", "regulation", "guidance", "local_code", "case", "council_page", "dataset", "house", "none"
    ]
    instrument: str = Field(min_length=1)
    provision: str = ""
    url: str = ""

    @model_validator(mode="after")
    def _can_be_looked_up(self) -> "FileCitation":
        if self.kind not in SOURCES_WITHOUT_ADDRESS and not self.url.startswith(("http://", "https://")):
            raise ValueError(f"the citation of {self.instrument} lacks a url")
        return self


class Checked(_Entry):
    """When the value was last held against its source, and by whom."""

    on: date
    by: str = Field(min_length=1)


class FileValue(_Entry):
    """One dated value as written in the file."""

    since: date = Field(alias="from")
    value: Any = None
    cites: tuple[FileCitation, ...] = ()
    confidence: Literal["verified", "secondary", "unverified"] = "unverified"
    checked: Checked = Checked(on=date.min, by="nobody")
    reading: str = ""
    note: str = ""
    not_enforced: str = ""
    announced: bool = False

    @model_validator(mode="before")
    @classmethod
    def _one_or_many_cites(cls, raw: Any) -> Any:
        if isinstance(raw, dict) and isinstance(raw.get("cites"), dict):
            return {**raw, "cites": [raw["cites"]]}
        return raw

    @model_validator(mode="after")
    def _cited(self) -> "FileValue":
        missing = {"cites", "confidence", "checked"} - self.model_fields_set
        if "cites" in self.model_fields_set and not self.cites:
            missing.add("cites")
        if missing and not self.announced:
            raise ValueError(f"the value from {self.since} lacks {', '.join(sorted(missing))}")
        return self


class FileOfLaw(_Entry):
    """One parameter as written in its file."""

    name: str
    title: str
    unit: str
    values: tuple[FileValue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _dates_rise(self) -> "FileOfLaw":
        days = [value.since for value in self.values]
        if days != sorted(set(days)):
            raise ValueError("the dates of the values must rise")
        return self

    @model_validator(mode="after")
    def _values_fit_the_unit(self) -> "FileOfLaw":
        for entry in self.values:
            if entry.value is not None and not fits(self.unit, entry.value):
                raise ValueError(
                    f"the value from {entry.since} is not of the unit {self.unit}: {entry.value!r}"
                )
        return self


def read_folder(folder: Path, prefix: str) -> list[FileOfLaw]:
    """Read every file below the folder; the path gives the name. Raises `LawFileInvalid`."""
    return [_read(path, _name(path.relative_to(folder), prefix)) for path in sorted(folder.rglob("*.yaml"))]


def _name(path: Path, prefix: str) -> str:
    parts = [*([prefix] if prefix else []), *path.with_suffix("").parts]
    return ".".join(parts)


def _read(path: Path, name: str) -> FileOfLaw:
    try:
        raw = read_yaml(path.read_text(encoding="utf-8"))
        file = FileOfLaw.model_validate({**raw, "name": name})
    except (YamlInvalid, ValidationError, TypeError, UnicodeDecodeError) as error:
        raise LawFileInvalid(str(path), str(error)) from error
    values = tuple(entry.model_copy(update={"value": _frozen(entry.value)}) for entry in file.values)
    return file.model_copy(update={"values": values})


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return LawTable(tuple((str(key), _frozen(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value.isoformat() if isinstance(value, date) else value
