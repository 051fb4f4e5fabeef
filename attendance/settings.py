"""Settings, read from the environment, and the authority's own details, read from a file.

- Every setting is an environment variable `ATTENDANCE_<NAME>`; one of that form that no setting has is
  refused, so that a misspelt name cannot pass in silence.
- The authority's file is YAML: who writes the letters, how a parent reaches the team, how a notice is paid.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from attendance.domain.errors import BadInput

PREFIX = "ATTENDANCE_"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n]*$")]


class SettingsInvalid(BadInput):
    """A setting, or the authority's file, is not as it must be."""

    code = "settings_invalid"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Settings(_Strict):
    """The settings of one installation."""

    folder: Path = Field(
        default=Path("var"),
        description="Where the database file, the signing key and the signed head are kept.",
    )
    database_url: str = Field(
        default="",
        description="sqlite:///path or postgresql://user@host/name. Without it, a file in the folder.",
    )
    head: Path | None = Field(
        default=None,
        description="The file for the signed head of the record. Without it, a file in the folder.",
    )
    policy: str = Field(default="coventry", description="The local code of conduct to apply.")
    authority: Path | None = Field(
        default=None, description="The YAML file with the authority's name, team, address and ways to pay."
    )
    account: str = Field(default="", description="The account that acts on the command line without --as.")
    bug_log: Path | None = Field(
        default=None, description="The file to append to where in the program a bug arose, without any data."
    )
    upload_limit_bytes: int = Field(
        default=64 * 1024 * 1024, gt=0, description="The largest file that is taken over HTTP, in bytes."
    )

    import_limit_bytes: int = Field(
        default=2 * 1024**3, gt=0, description="The largest file that the command line imports, in bytes."
    )

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.folder / 'attendance.db'}"


class WaysToPaySettings(_Strict):
    """How a penalty notice is paid: each way as a sentence, and the page for paying online, if any."""

    ways: tuple[Line, ...] = Field(min_length=1)
    online: str = ""


class SignatorySettings(_Strict):
    """Who signs the authority's letters."""

    name: Line
    job_title: Line


class AuthoritySettings(_Strict):
    """The authority as its letters show it. `address_lines` are without the postcode."""

    organisation: Line
    la_code: Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
    team: Line
    address_lines: tuple[Line, ...] = Field(min_length=1)
    postcode: Line
    telephone: Line
    email: Line
    website: Line
    opening_hours: Line
    payment: WaysToPaySettings
    signatory: SignatorySettings
    further_bank_holidays: tuple[date, ...] = Field(
        default=(), description="One-off bank holidays announced since this version was made."
    )


def variable(setting: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + setting.upper()


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from the environment's variables; raises `SettingsInvalid` naming every fault.

    An empty variable counts as not set.
    """
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise SettingsInvalid(
            "\n".join(
                f"{variable('.'.join(str(part) for part in fault['loc']))}: {fault['msg']}"
                for fault in error.errors()
            )
        ) from error


def read_authority(path: Path) -> AuthoritySettings:
    """Read the authority's file; raises `SettingsInvalid` or `OSError` where it cannot be read."""
    try:
        return AuthoritySettings.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        faults = [
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()
        ]
        raise SettingsInvalid("\n".join(f"{path}: {fault}" for fault in faults)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{path} is not YAML in UTF-8: {error}") from error
