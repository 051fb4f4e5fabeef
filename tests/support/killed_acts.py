"""Does acts in processes that are killed at given moments, and says what each of them left behind.

Run as a program: `python -m tests.support.killed_acts URL FOLDER MOMENT...`. A moment `n5000` is the 5000th
call or return of a function after the act began, `t3000` is 3000 microseconds after it. It prints one line a
moment: whether all is whole, how many entries and accounts there are, which entry the signed head names.
"""

import os
import signal
import sys
import time
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from attendance.domain.record.entry import Subject
from attendance.store.keys import read_head
from attendance.store.tables.accounts import AccountRow, AccountSchoolRow
from attendance.store.unit_of_work import Store
from rules.roles import Role
from tests.support.acts import NOON, OFFICER

SCHOOLS = ("100001", "100002")


def add_account(store, name):
    """One act that writes into four tables and the record."""
    with store.act(OFFICER, NOON) as act:
        row = AccountRow(name=name, role=Role.SCHOOL, active=True, created_at_utc=NOON.at_utc)
        act.session.add(row)
        act.session.flush()
        for school in SCHOOLS:
            act.session.add(AccountSchoolRow(account_id=row.id, school_urn=school))
        act.keep(name.encode(), media_type="text/plain", file_name=name)
        act.record(
            "account.added",
            subject=Subject(),
            payload={"account": row.id, "role": Role.SCHOOL.value, "schools": SCHOOLS},
        )


def die_after(calls):
    """Kill this process at that many further calls and returns of functions."""
    left = calls

    def watch(_frame, _event, _argument):
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


def act_until_killed(url, folder, moment):
    """Open the store, do one act in peace, then act on until killed. Does not return."""
    store = Store.open(url, folder)
    names = (f"account.{os.getpid()}.{number}" for number in count())
    add_account(store, next(names))
    os.write(2, b"ready")
    if moment.startswith("n"):
        die_after(int(moment[1:]))
    while True:
        add_account(store, next(names))


def left_behind(url, folder):
    """Say what is in the store."""
    store = Store.open(url, folder)
    head = read_head(store.head)
    examination = store.examine(head)
    with store.read() as session:
        accounts = session.scalar(select(func.count()).select_from(AccountRow))
        schools = session.scalar(select(func.count()).select_from(AccountSchoolRow))
    store.close()
    whole = examination.intact and schools == len(SCHOOLS) * accounts
    return f"{int(whole)} {examination.verdict.end.seq} {accounts} {head.seq}"


def main(url, folder, *moments):
    """Kill once for every moment."""
    for moment in moments:
        ready, begin = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(begin, 2)
            act_until_killed(url, folder, moment)
        os.close(begin)
        os.read(ready, 5)
        if moment.startswith("t"):
            time.sleep(int(moment[1:]) / 1_000_000)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(ready)
        assert os.WTERMSIG(status) == signal.SIGKILL, status
        sys.stdout.write(left_behind(url, folder) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
