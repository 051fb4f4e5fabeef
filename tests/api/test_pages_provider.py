"""Signing in with a provider, against a real one on this machine."""

import hmac
import json
import socket
import time
from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey
from pydantic import ValidationError

from api.pages.front import Front
from attendance.services.accounts import COMMAND_LINE
from attendance.services.vouching import unlink
from attendance.settings import ProviderSettings
from attendance.store.access import Access
from attendance.store.record import entries
from rules.roles import Role
from tests.support import pages
from tests.support.browser import served
from tests.support.pages import TODAY
from tests.support.provider import CLIENT, SECRET, SmallProvider
from tests.support.world import at


@pytest.fixture
def provider():
    """A provider that vouches for the officer."""
    small = SmallProvider("officer.one")
    with served(small.app) as address:
        small.issuer = address
        yield small


@pytest.fixture
def client(worked, provider, tmp_path):
    """A browser of somebody who is not signed in."""
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    settings = ProviderSettings(
        name="entra", title="Work account", issuer=provider.issuer, client_id=CLIENT, secret_file=file
    )
    front = Front(https=False, providers=(settings,))
    return TestClient(pages.application(worked, front=front), follow_redirects=False)


def _with(worked, provider, tmp_path, *, names=("entra",), roles=()):
    """Return a browser before an application with providers of these names, for these roles."""
    file = tmp_path / "the-secret"
    file.write_text(SECRET)
    providers = tuple(
        ProviderSettings(
            name=name,
            title=name,
            issuer=provider.issuer,
            client_id=CLIENT,
            secret_file=file,
            roles=roles,
        )
        for name in names
    )
    app = pages.application(worked, front=Front(https=False, providers=providers))
    return TestClient(app, follow_redirects=False)


def there_and_back(client, name="entra"):
    """Go to the provider and come back, and return the answer."""
    sent = client.get(f"/sign-in/with/{name}?next=/cases")
    assert sent.status_code == 303, sent.text
    back = httpx.get(sent.headers["location"]).headers["location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def test_somebody_whom_the_provider_vouches_for_is_signed_in_and_goes_where_they_meant_to(client, worked):
    answer = there_and_back(client)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/cases"
    assert "officer.one" in client.get("/cases").text
    with worked.store.read() as session:
        assert [(one.account, one.way) for one in Access(session).attempts()] == [("officer.one", "entra")]


def test_somebody_without_an_account_is_told_and_not_let_in(client, provider, worked):
    provider.email = "stranger@elsewhere.example"
    answer = there_and_back(client)
    assert answer.status_code == 403
    assert "no account here" in answer.text
    assert client.get("/").status_code == 303
    with worked.store.read() as session:
        assert [(one.account, one.came_in) for one in Access(session).attempts()] == [("", False)]


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://another.example"},
        {"exp": 1},
        {"sub": ""},
        {"sub": None},
        {"email": ["officer.one"]},
        {"email_verified": False},
        {"email_verified": "false"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_attempt_opens_nothing(client, provider, lie):
    provider.lie = lie
    assert there_and_back(client).status_code == 502
    assert client.get("/").status_code == 303


def test_a_token_that_another_has_signed_opens_nothing(client, provider):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert there_and_back(client).status_code == 502


def _unsigned(claims):
    parts = ({"alg": "none"}, claims)
    return (
        ".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."
    )


def test_a_token_that_nobody_signed_opens_nothing(client, provider):
    provider.written = _unsigned
    assert there_and_back(client).status_code == 502
    assert client.get("/").status_code == 303


def test_a_token_signed_with_the_public_key_as_a_secret_opens_nothing(client, provider):
    def written(claims):
        header = {"alg": "HS256", "kid": "one"}
        parts = [
            urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)
        ]
        text = ".".join(parts)
        signature = hmac.digest(provider.key.as_pem(private=False), text.encode(), "sha256")
        return f"{text}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    provider.written = written
    assert there_and_back(client).status_code == 502
    assert client.get("/").status_code == 303


def _gone(client):
    client.cookies.clear()


def test_the_account_stays_that_persons_whoever_has_the_address_later(client, provider, worked):
    assert there_and_back(client).status_code == 303
    _gone(client)
    provider.subject = "person-2"
    answer = there_and_back(client)
    assert answer.status_code == 403
    assert client.get("/").status_code == 303
    provider.subject = "person-1"
    assert there_and_back(client).status_code == 303
    assert worked.store.examine(None).intact


def test_an_account_is_linked_anew_once_the_link_is_taken_off(client, provider, worked):
    assert there_and_back(client).status_code == 303
    _gone(client)
    provider.subject = "person-2"
    unlink(worked.store, "officer.one", COMMAND_LINE, at(TODAY))
    assert there_and_back(client).status_code == 303
    with worked.store.read() as session:
        told = [entry.event for entry in entries(session) if entry.event.startswith("account.")]
    assert told[-3:] == ["account.linked", "account.unlinked", "account.linked"]
    assert worked.store.examine(None).intact


def test_another_provider_does_not_vouch_for_an_account_that_one_has_vouched_for(worked, provider, tmp_path):
    client = _with(worked, provider, tmp_path, names=("entra", "other"))
    assert there_and_back(client).status_code == 303
    _gone(client)
    assert there_and_back(client, "other").status_code == 403


def test_a_provider_vouches_for_its_own_roles_alone(worked, provider, tmp_path):
    client = _with(worked, provider, tmp_path, roles=(Role.SCHOOL,))
    assert there_and_back(client).status_code == 403
    provider.email = "school.one"
    assert there_and_back(client).status_code == 303


def test_a_name_in_another_case_is_the_same_account(client, provider):
    provider.email = "Officer.One"
    assert there_and_back(client).status_code == 303


def test_an_attempt_that_another_browser_began_opens_nothing(client, provider):
    sent = client.get("/sign-in/with/entra")
    back = urlsplit(httpx.get(sent.headers["location"]).headers["location"])
    client.cookies.clear()
    answer = client.get(f"{back.path}?{back.query}")
    assert answer.status_code == 200
    assert "begun elsewhere" in answer.text
    assert client.get("/").status_code == 303


def test_a_provider_that_is_not_there_is_said_to_be_silent(worked, tmp_path):
    file = tmp_path / "secret"
    file.write_text(SECRET)
    settings = ProviderSettings(
        name="gone", title="Gone", issuer="http://127.0.0.1:9", client_id=CLIENT, secret_file=file
    )
    app = pages.application(worked, front=Front(https=False, providers=(settings,)))
    answer = TestClient(app).get("/sign-in/with/gone")
    assert answer.status_code == 502
    assert "Gone could not say who you are" in answer.text


def test_a_provider_that_does_not_answer_keeps_nobody_waiting_twice(worked, tmp_path):
    file = tmp_path / "secret"
    file.write_text(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as deaf:  # takes calls and says nothing
        issuer = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        settings = ProviderSettings(
            name="deaf", title="Deaf", issuer=issuer, client_id=CLIENT, secret_file=file
        )
        app = pages.application(worked, front=Front(https=False, providers=(settings,)))
        client = TestClient(app)
        assert client.get("/sign-in/with/deaf").status_code == 502
        begun = time.monotonic()
        assert client.get("/sign-in/with/deaf").status_code == 502
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "issuer", ["http://login.example", "http://127.0.0.1.example", "http://localhost.example:8/", "ftp://x"]
)
def test_a_provider_elsewhere_must_speak_tls(issuer, tmp_path):
    with pytest.raises(ValidationError):
        ProviderSettings(name="one", title="One", issuer=issuer, client_id=CLIENT, secret_file=tmp_path)
