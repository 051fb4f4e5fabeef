"""Settings, read from the environment, and the authority's own details, read from a file.

- Every setting is an environment variable `ATTENDANCE_<NAME>`; one of that form that no setting has is
  refused, so that a misspelt name cannot pass in silence.
- The authority's file is YAML: who writes the letters, how a parent reaches the team, how a notice is paid.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from attendance.domain.errors import BadInput
from rules.roles import Role

PREFIX = "ATTENDANCE_"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n]*$")]


_ISSUER = r"^(https://[^\s?#]+|http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(/[^\s?#]*)?)$"
"""A provider speaks TLS, unless it is on this machine."""


class SettingsInvalid(BadInput):
    """A setting, or the authority's file, is not as it must be."""

    code = "settings_invalid"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Kind = TypeVar("Kind", bound=_Strict)


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

    sign_in: Path | None = Field(
        default=None,
        description="The YAML file with the providers that people sign in with (OpenID Connect).",
    )
    proxies: str = Field(
        default="127.0.0.1",
        description="The servers in front, by address: they are believed where a request came from.",
    )
    https: bool = Field(
        default=True, description="Whether browsers come over TLS; only a demonstration may do without."
    )
    idle_minutes: int = Field(
        default=30, gt=0, le=480, description="After how many minutes without use a signed-in session ends."
    )
    session_hours: int = Field(
        default=10, gt=0, le=24, description="After how many hours a signed-in session ends in any case."
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


class ProviderSettings(_Strict):
    """Someone who vouches for who a person is (OpenID Connect), such as DfE Sign-in or Entra ID.

    `claim` names what is told of the person that is the account's name here; once somebody has signed in, the
    account is that person's by the provider's own key. `roles` are those that the provider vouches for, every
    one where none is named. `secret_file` holds the client's secret, so that it stands in no settings.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
    title: Line
    issuer: Annotated[str, StringConstraints(pattern=_ISSUER)]
    client_id: Line
    secret_file: Path
    claim: Line = "email"
    scope: Line = "openid email"
    roles: tuple[Role, ...] = ()


class SignInSettings(_Strict):
    """How people sign in: with which providers, and whether also with an account's password.

    Where no password is taken, none opens the API either.
    """

    providers: tuple[ProviderSettings, ...] = ()
    passwords: bool = True


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
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] = Field(
        default="#0b4f4a", description="The colour of the pages' header; white text must be readable on it."
    )
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
    return _read(AuthoritySettings, path)


def read_sign_in(path: Path) -> SignInSettings:
    """Read the file on signing in; raises `SettingsInvalid` or `OSError` where it cannot be read."""
    return _read(SignInSettings, path)


def _read(kind: type[Kind], path: Path) -> Kind:
    try:
        return kind.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        faults = [
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()
        ]
        raise SettingsInvalid("\n".join(f"{path}: {fault}" for fault in faults)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{path} is not YAML in UTF-8: {error}") from error
