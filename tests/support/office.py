"""An office for tests: a store, Coventry's rules, an invented authority; and programs that call its API."""

import base64
from datetime import UTC, datetime

from fastapi.testclient import TestClient

from api.app import create_app
from attendance.domain.moment import Moment
from attendance.services import accounts
from attendance.services.accounts import COMMAND_LINE, Opening
from attendance.services.office import Office, working_days
from attendance.store.unit_of_work import Store
from rules.law import rule_book
from rules.roles import Role
from tests.support.world import AUTHORITY

PASSWORD = "a long enough password"
NOW = Moment.of(datetime(2025, 3, 3, 12, tzinfo=UTC))


def office_on(store: Store) -> Office:
    """Return an office on that store."""
    return Office(store, rule_book("coventry"), AUTHORITY, working_days())


class Desks:
    """An application on a store, with an account of any role, and clients signed in as them."""

    def __init__(self, store: Store, moment: Moment = NOW, **options: int) -> None:
        self.store = store
        self.moment = moment
        self.app = create_app(office_on(store), clock=lambda: self.moment, **options)
        self._tokens: dict[str, str] = {}

    def anonymous(self) -> TestClient:
        """Return a client that shows nothing."""
        return TestClient(self.app, raise_server_exceptions=True)

    def open(self, role: Role, *schools: str, name: str = "", password: str | None = None) -> str:
        """Open an account, with a token, and return its name."""
        name = name or ".".join([role.value, *schools])
        opening = Opening(name=name, role=role, schools=frozenset(schools), password=password)
        accounts.open_account(self.store, opening, COMMAND_LINE, self.moment)
        issued = accounts.issue_token(
            self.store, name, label="tests", days=366, actor=COMMAND_LINE, moment=self.moment
        )
        self._tokens[name] = issued.secret
        return name

    def client(self, role: Role, *schools: str) -> TestClient:
        """Return a client with a token of an account of that role, for those schools."""
        name = ".".join([role.value, *schools])
        if name not in self._tokens:
            self.open(role, *schools)
        client = self.anonymous()
        client.headers["authorization"] = f"Bearer {self._tokens[name]}"
        return client


def basic(name: str, password: str) -> dict[str, str]:
    """Return the header that shows a name and a password."""
    encoded = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"authorization": f"Basic {encoded}"}
