"""Several writers keep one chain."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from attendance.store import record
from attendance.store.keys import read_head
from tests.support.acts import note

ROOT = __file__.rsplit("/tests/", 1)[0]
WRITER = """
import sys
from pathlib import Path
from attendance.store.unit_of_work import Store
from tests.support.acts import note
store = Store.open(sys.argv[1], Path(sys.argv[2]))
for number in range(1, int(sys.argv[3]) + 1):
    note(store, number)
store.close()
"""


def whole(store, entries):
    head = read_head(store.head)
    assert head.seq == entries
    examination = store.examine(head)
    assert examination.intact
    with store.read() as session:
        assert record.stored_end(session).seq == entries


def test_two_processes_that_write_at_once_keep_one_chain(store):
    command = [sys.executable, "-c", WRITER, store.url, str(store.folder), "25"]
    writers = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    whole(store, 50)


def test_threads_of_one_process_that_write_at_once_keep_one_chain(store):
    with ThreadPoolExecutor(4) as threads:
        numbers = list(threads.map(lambda number: note(store, number), range(1, 41)))
    assert sorted(numbers) == list(range(1, 41))
    whole(store, 40)


def test_readers_are_not_held_up_by_an_act_and_do_not_see_it_before_it_is_committed(store):
    from attendance.domain.record.entry import Subject
    from tests.support.acts import NOON, OFFICER

    with store.act(OFFICER, NOON) as act:
        act.record("account.closed", subject=Subject(), payload={"account": 1})
        with store.read() as session:
            assert record.stored_end(session).seq == 0
    whole(store, 1)
