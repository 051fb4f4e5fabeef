"""What is written to disk or told by an error is for nobody else to read."""

import stat

import pytest
from sqlalchemy.exc import IntegrityError

from attendance.services.notice_record import export_notice_record
from attendance.services.record_export import export_record
from attendance.store.tables.people import SchoolRow
from attendance.store.unit_of_work import Store
from tests.support import people
from tests.support.office import NOW
from tests.support.world import START, at


def others_may(path):
    """Return what anybody but the owner may do with a file or folder."""
    return stat.S_IMODE(path.stat().st_mode) & 0o077


def test_a_store_in_a_folder_that_is_open_to_all_is_closed_itself(tmp_path):
    folder = tmp_path / "open to all"
    folder.mkdir(mode=0o755)
    store = Store.create(f"sqlite:///{folder}/attendance.db", folder)
    people.seed(store, urns=(people.URN,))
    told = {path.name for path in folder.iterdir() if others_may(path)}
    store.close()
    assert told <= {"record-head.json", "record-head.json.lock"}, "a hash and a signature, no person's data"


def test_what_is_exported_is_for_whoever_exported_it(sqlite_store, tmp_path):
    export_record(sqlite_store, tmp_path / "record", at(START))
    export_notice_record(sqlite_store, tmp_path / "notices")
    assert not others_may(tmp_path / "record")
    assert not others_may(tmp_path / "notices")


def test_an_error_of_the_database_tells_no_value(store):
    people.seed(store, urns=(people.URN,))
    with pytest.raises(IntegrityError) as told, store.act(people.OFFICER, NOW) as act:
        rows = [
            SchoolRow(
                urn=people.URN,
                name="Somebody's secret",
                establishment_type="",
                la_code="",
                address_lines="",
                postcode="",
            )
            for _ in range(2)
        ]
        act.session.add_all(rows)
        act.session.flush()
    assert "secret" not in str(told.value)
