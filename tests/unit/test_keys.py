"""The signing key and the head lie beside the database."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from attendance.store import keys
from attendance.store.errors import HeadUnreadable, StoreNotPrepared
from tests.support.records import chain, seal_at

GOOD = chain(3)


def test_a_key_is_made_once_and_read_again(tmp_path):
    folder = tmp_path / "new"
    first = keys.ensure_key(folder)
    assert keys.ensure_key(folder).private_bytes_raw() == first.private_bytes_raw()
    assert keys.read_key(folder).private_bytes_raw() == first.private_bytes_raw()


def test_a_key_of_another_kind_is_refused(tmp_path):
    pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / keys.KEY_FILE).write_bytes(pem)
    with pytest.raises(StoreNotPrepared, match="Ed25519"):
        keys.read_key(tmp_path)


def test_a_head_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "head.json"
    assert keys.read_head(path) is None
    keys.write_head(path, seal_at(GOOD, 2))
    assert keys.read_head(path) == seal_at(GOOD, 2)


def test_an_older_head_never_replaces_a_later_one(tmp_path):
    path = tmp_path / "head.json"
    keys.write_head(path, seal_at(GOOD, 3))
    keys.write_head(path, seal_at(GOOD, 2))
    assert keys.read_head(path).seq == 3


def test_a_file_that_holds_something_else_is_said_to_and_the_next_head_replaces_it(tmp_path):
    path = tmp_path / "head.json"
    path.write_text('{"seq": "three"}')
    with pytest.raises(HeadUnreadable):
        keys.read_head(path)
    keys.write_head(path, seal_at(GOOD, 1))
    assert keys.read_head(path) == seal_at(GOOD, 1)
