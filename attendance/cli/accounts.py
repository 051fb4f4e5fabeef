"""`attendance accounts`: open, list, change and close accounts, issue and revoke tokens.

- Whoever can reach the database itself keeps the accounts; each change is an act of "command line".
- A password is asked for, or read as the first line of standard input; it never stands in the arguments.
"""

import getpass
import json
import sys
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from attendance.cli.clock import now
from attendance.cli.opening import open_store
from attendance.domain.errors import BadInput
from rules.roles import Role

if TYPE_CHECKING:
    from attendance.store.queries.accounts import AccountFound, TokenFound

DAYS = 90

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(help="The account's name.")]
Schools = Annotated[
    list[str] | None, typer.Option("--school", metavar="URN", help="A school it may see; as often as needed.")
]


class Form(StrEnum):
    """How a list is printed."""

    TEXT = "text"
    JSON = "json"


Written = Annotated[Form, typer.Option("--format", help="text to read, json for programs.")]


@app.callback()
def accounts() -> None:
    """Accounts that may act, and their tokens for programs.

    Example: attendance accounts add anna.reed --role senior_officer --ask-password
    """


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="The part the account plays.")],
    school: Schools = None,
    person: Annotated[
        int | None, typer.Option(metavar="ID", help="Its person in the staff list, who may issue notices.")
    ] = None,
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Ask for a password; without one, only tokens sign in.")
    ] = False,
) -> None:
    """Open an account.

    Example: attendance accounts add mill.lane --role school --school 900001
    """
    from attendance.services.accounts import COMMAND_LINE, Opening, open_account

    password = _password() if ask_password else None
    opening = Opening(name=name, role=role, schools=frozenset(school or ()), person=person, password=password)
    with open_store() as store:
        open_account(store, opening, COMMAND_LINE, now())
    print(f"{name} may act as {role.value.replace('_', ' ')}.")


@app.command("list")
def list_accounts(form: Written = Form.TEXT) -> None:
    """List every account, open and closed.

    Example: attendance accounts list --format json
    """
    from attendance.store.queries.accounts import accounts as found

    with open_store() as store, store.read() as session:
        rows = found(session)
    print(
        _as_json([_account(row) for row in rows]) if form is Form.JSON else _lines(map(_account_line, rows))
    )


@app.command()
def close(name: Name) -> None:
    """Close an account. Its password and its tokens open nothing from now on.

    Example: attendance accounts close anna.reed
    """
    from attendance.services.accounts import COMMAND_LINE, close_account

    with open_store() as store:
        close_account(store, name, COMMAND_LINE, now())
    print(f"{name} is closed.")


@app.command()
def password(name: Name) -> None:
    """Give an account another password.

    Example: attendance accounts password anna.reed
    """
    from attendance.services.accounts import COMMAND_LINE, change_password

    given = _password()
    with open_store() as store:
        change_password(store, name, given, COMMAND_LINE, now())
    print(f"{name} has another password.")


@app.command()
def unlink(name: Name) -> None:
    """Let the next person whom a provider vouches for by this name have the account.

    Example: attendance accounts unlink anna.reed
    """
    from attendance.services.accounts import COMMAND_LINE
    from attendance.services.vouching import unlink as take_off

    with open_store() as store:
        take_off(store, name, COMMAND_LINE, now())
    print(f"{name} is linked anew when somebody signs in.")


@app.command()
def schools(name: Name, school: Schools = None) -> None:
    """Let a school's account see these schools and no others.

    Example: attendance accounts schools mill.lane --school 900001 --school 900002
    """
    from attendance.services.accounts import COMMAND_LINE, change_schools

    with open_store() as store:
        change_schools(store, name, frozenset(school or ()), COMMAND_LINE, now())
    print(f"{name} sees {', '.join(sorted(school or ()))}.")


@app.command()
def token(
    name: Name,
    label: Annotated[str, typer.Option(help="What the token is for, so that it can be told apart.")],
    days: Annotated[int, typer.Option(help="For how many days it works.")] = DAYS,
) -> None:
    """Issue a token for programs that act as this account. It is shown this once.

    Example: attendance accounts token mill.lane --label "nightly return" --days 30
    """
    from attendance.services.accounts import COMMAND_LINE, issue_token

    with open_store() as store:
        issued = issue_token(store, name, label=label, days=days, actor=COMMAND_LINE, moment=now())
    print(issued.secret)
    ends = issued.expires_at_utc.date().isoformat()
    print(f"Token {issued.id} works until {ends}. It is not shown again.", file=sys.stderr)


@app.command()
def tokens(form: Written = Form.TEXT) -> None:
    """List every token, without its secret.

    Example: attendance accounts tokens
    """
    from attendance.store.queries.accounts import tokens as found

    with open_store() as store, store.read() as session:
        rows = found(session)
    print(_as_json([asdict(row) for row in rows]) if form is Form.JSON else _lines(map(_token_line, rows)))


@app.command()
def revoke(token_id: Annotated[int, typer.Argument(help="The token, as `tokens` numbers it.")]) -> None:
    """Revoke a token at once.

    Example: attendance accounts revoke 12
    """
    from attendance.services.accounts import COMMAND_LINE, revoke_token

    with open_store() as store:
        revoke_token(store, token_id, COMMAND_LINE, now())
    print(f"Token {token_id} works no more.")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    given = getpass.getpass("Password: ")
    if given != getpass.getpass("Once more: "):
        raise BadInput("The two passwords differ. Nothing was changed.")
    return given


def _account(row: "AccountFound") -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "role": row.role.value,
        "open": row.active,
        "schools": sorted(row.schools),
        "person": row.person_id,
        "has_password": row.password_hash is not None,
        "provider": row.provider,
    }


def _account_line(row: "AccountFound") -> str:
    state = "" if row.active else " (closed)"
    seen = f", {', '.join(sorted(row.schools))}" if row.schools else ""
    way = f", linked with {row.provider}" if row.provider else ""
    return f"{row.name}: {row.role.value.replace('_', ' ')}{seen}{way}{state}"


def _token_line(row: "TokenFound") -> str:
    ends = f"until {row.expires_at_utc.date().isoformat()}"
    return f"{row.id} {row.account}: {row.label}, {ends if row.revoked_at_utc is None else 'revoked'}"


def _lines(lines: "map[str]") -> str:
    return "\n".join(lines) or "None."


def _as_json(rows: list[dict[str, object]]) -> str:
    return json.dumps(rows, indent=2, ensure_ascii=False, default=_instant)


def _instant(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()
