"""Signing in with a provider (OpenID Connect, code flow with PKCE).

- What the provider says is taken only from a token that it signed, for this client, for this very attempt.
- One claim of the token is an account's name here, with the provider's own key for the person; no account is
  ever made by signing in. An address that the provider has not verified is no name.
- The provider's own addresses and keys are asked for at most once an hour, and one that does not answer is
  left alone for a while: waiting for it must not keep everybody else waiting.
"""

import time
from dataclasses import dataclass
from threading import Lock

import httpx
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2 import OAuth2Error
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry
from pydantic import BaseModel, ConfigDict, ValidationError

from api.pages.cookies import new_secret
from attendance.domain.errors import AttendanceError
from attendance.services.vouching import Vouched
from attendance.settings import ProviderSettings

_KEPT_SECONDS, _LEFT_ALONE_SECONDS = 3600.0, 30.0
_TIMEOUT_SECONDS = 10.0
_LEEWAY_SECONDS = 60
_ALGORITHMS = ["RS256", "ES256", "PS256"]


class ProviderSilent(AttendanceError):  # noqa: N818 - families read as what happened
    """The provider cannot be reached, or what it says cannot be trusted."""

    code = "provider_silent"

    def __init__(self, title: str) -> None:
        super().__init__(
            f"{title} could not say who you are. Try again; if it happens again, tell whoever looks after "
            "the software."
        )


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt that was begun: where to send the browser, and what only this attempt knows."""

    url: str
    state: str
    nonce: str
    verifier: str


class _Found(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


@dataclass(frozen=True, slots=True)
class _Known:
    found: _Found
    keys: KeySet
    at: float


class Provider:
    """One provider, as this application speaks to it."""

    def __init__(self, settings: ProviderSettings, back: str) -> None:
        self._settings = settings
        self._back = back

    def begin(self) -> Begun:
        """Begin an attempt; raises `ProviderSilent`."""
        known = _known(self._settings)
        verifier, nonce = new_secret() + new_secret(), new_secret()
        with self._client() as client:
            url, state = client.create_authorization_url(
                known.found.authorization_endpoint, code_verifier=verifier, nonce=nonce
            )
        return Begun(url, state, nonce, verifier)

    def account(self, back: str, begun: Begun) -> Vouched:
        """Return the account that the provider vouches for.

        Args:
            back: The whole address that the browser came back to.
            begun: The attempt as it was begun.

        Raises:
            ProviderSilent: The provider refuses, or its token is not for this attempt.
        """
        known = _known(self._settings)
        try:
            with self._client(begun.state) as client:
                token = client.fetch_token(
                    known.found.token_endpoint, authorization_response=back, code_verifier=begun.verifier
                )
            decoded = jwt.decode(str(token["id_token"]), known.keys, algorithms=_ALGORITHMS)
            self._checked(decoded.claims, known.found.issuer, begun.nonce)
            name, subject = decoded.claims[self._settings.claim], decoded.claims["sub"]
        except (OAuth2Error, JoseError, httpx.HTTPError, KeyError, ValueError) as error:
            raise ProviderSilent(self._settings.title) from error
        verified = self._settings.claim != "email" or decoded.claims.get("email_verified", True) is True
        if not verified or not isinstance(name, str) or not isinstance(subject, str) or not subject:
            raise ProviderSilent(self._settings.title)
        return Vouched(self._settings.name, name, subject)

    def _checked(self, claims: dict[str, object], issuer: str, nonce: str) -> None:
        registry = JWTClaimsRegistry(
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": self._settings.client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        registry.validate(claims)

    def _client(self, state: str | None = None) -> OAuth2Client:
        return OAuth2Client(
            client_id=self._settings.client_id,
            client_secret=self._settings.secret_file.read_text(encoding="utf-8").strip(),
            scope=self._settings.scope,
            redirect_uri=self._back,
            state=state,
            code_challenge_method="S256",
            timeout=_TIMEOUT_SECONDS,
        )


_KNOWN: dict[str, _Known] = {}
_SILENT: dict[str, float] = {}
_LOCK = Lock()


def _known(settings: ProviderSettings) -> _Known:
    with _LOCK:
        known = _KNOWN.get(settings.issuer)
        if known is None or time.monotonic() - known.at > _KEPT_SECONDS:
            if time.monotonic() - _SILENT.get(settings.issuer, -_LEFT_ALONE_SECONDS) < _LEFT_ALONE_SECONDS:
                raise ProviderSilent(settings.title)
            try:
                known = _KNOWN[settings.issuer] = _asked(settings)
            except ProviderSilent:
                _SILENT[settings.issuer] = time.monotonic()
                raise
    return known


def _asked(settings: ProviderSettings) -> _Known:
    address = settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
    try:
        with httpx.Client(timeout=_TIMEOUT_SECONDS) as client:
            found = _Found.model_validate(client.get(address).raise_for_status().json())
            if found.issuer.rstrip("/") != settings.issuer.rstrip("/"):
                raise ProviderSilent(settings.title)
            keys = KeySet.import_key_set(client.get(found.jwks_uri).raise_for_status().json())
    except (httpx.HTTPError, ValidationError, ValueError, JoseError) as error:
        raise ProviderSilent(settings.title) from error
    return _Known(found, keys, time.monotonic())
