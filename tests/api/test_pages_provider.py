"""Signing in with a provider, against a real one on this machine."""

from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from api.pages.front import Front
from attendance.settings import ProviderSettings
from attendance.store.access import Access
from tests.support import pages
from tests.support.browser import served
from tests.support.provider import CLIENT, SECRET, SmallProvider


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


def there_and_back(client):
    """Go to the provider and come back, and return the answer."""
    sent = client.get("/sign-in/with/entra?next=/cases")
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
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_a_token_that_is_not_for_this_attempt_opens_nothing(client, provider, lie):
    provider.lie = lie
    assert there_and_back(client).status_code == 502
    assert client.get("/").status_code == 303


def test_a_token_that_another_has_signed_opens_nothing(client, provider):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert there_and_back(client).status_code == 502


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
