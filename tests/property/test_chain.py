"""Whatever is done to a record, the first bad entry is named."""

from dataclasses import replace
from hashlib import sha256

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from attendance.domain.record.chain import START, End, Fault, verify
from attendance.domain.record.entry import COLUMNS, GENESIS, HASHED_COLUMNS
from attendance.domain.record.standalone_verify import verdict as standalone
from tests.support.records import AT, KEY, chain, entry, expected_of, seal_at

LENGTH = 8
GOOD = chain(LENGTH)
LENGTHS = st.integers(min_value=1, max_value=LENGTH)
TEXTS = st.text(max_size=5)
ANYTHING = st.one_of(
    st.none(), st.integers(-(2**60), 2**60), TEXTS, st.binary(max_size=3), st.floats(), st.booleans()
)


def rows(entries):
    return [{name: getattr(one, name) for name in COLUMNS} for one in entries]


def named_by_both(entries, seq, *, head=None):
    """The chain's own verifier names the entry; the stand-alone one finds the break too."""
    found = verify(sorted(entries, key=lambda one: one.seq), expected_of(GOOD, head=head)).broken
    assert found is not None
    assert found.seq == seq, found
    assert str(found.seq) in found.message


@given(LENGTHS)
def test_a_record_left_alone_is_intact(length):
    entries = chain(length)
    for head in (None, seal_at(entries, 0), seal_at(entries, length)):
        verdict = verify(entries, expected_of(entries, head=head))
        assert verdict.intact
        assert verdict.end == End(length, entries[-1].hash)
    assert standalone(rows(entries), [{"seq": length, "hash": entries[-1].hash}])[0]


@given(LENGTHS, st.sampled_from([name for name in COLUMNS if name != "seq"]), ANYTHING)
def test_any_other_value_in_any_column_is_found_at_that_entry(number, column, value):
    there = getattr(GOOD[number - 1], column)
    assume(type(value) is not type(there) or value != there)
    entries = [*GOOD]
    entries[number - 1] = replace(entries[number - 1], **{column: value})
    named_by_both(entries, number)
    if not isinstance(value, bytes | float | bool):
        holds, said = standalone(rows(entries), [])
        assert not holds
        assert f"Entry {number} " in said


@given(LENGTHS, st.integers(-3, 2 * LENGTH))
def test_another_number_on_an_entry_is_found(number, new):
    assume(new not in range(1, LENGTH + 1))
    entries = [*GOOD]
    entries[number - 1] = replace(entries[number - 1], seq=new)
    named_by_both(entries, min(number, new))


@given(st.data())
def test_removed_entries_are_found_wherever_they_were(data):
    first = data.draw(LENGTHS)
    last = data.draw(st.integers(first, LENGTH))
    named_by_both([one for one in GOOD if not first <= one.seq <= last], first)


@given(st.permutations(range(1, LENGTH + 1)))
def test_entries_in_another_order_are_found(order):
    assume(order != sorted(order))
    moved = [replace(one, seq=seq) for one, seq in zip(GOOD, order, strict=True)]
    first = next(number for number, seq in enumerate(order, start=1) if order.index(number) != number - 1)
    named_by_both(moved, first)


@given(LENGTHS)
def test_an_entry_put_in_between_is_found(number):
    false = entry(number, GOOD[number - 2].hash if number > 1 else GENESIS, actor="somebody.else")
    later = [replace(one, seq=one.seq + 1) for one in GOOD[number - 1 :]]
    entries = [*GOOD[: number - 1], false, *later]
    found = verify(entries, expected_of(GOOD)).broken
    assert found is not None
    assert found.seq in {number, number + 1}


@given(LENGTHS)
def test_an_entry_added_after_the_end_is_found(number):
    entries = chain(LENGTH + 1)
    named_by_both(entries, LENGTH + 1)


@given(st.integers(0, LENGTH - 1))
def test_a_cut_end_is_found_by_the_stored_end(length):
    named_by_both(GOOD[:length], length + 1)


def cut(length):
    """Someone cut the record and brought its stored end and checkpoints into line."""
    return GOOD[:length], expected_of(GOOD[:length])


@given(st.integers(0, LENGTH - 1))
def test_a_cut_end_that_was_covered_up_is_found_by_the_head_alone(length):
    entries, expected = cut(length)
    assert verify(entries, expected).intact
    found = verify(entries, replace(expected, head=seal_at(GOOD, LENGTH))).broken
    assert found is not None
    assert (found.seq, found.fault) == (length + 1, Fault.TRUNCATED)
    holds, said = standalone(rows(entries), [{"seq": LENGTH, "hash": GOOD[-1].hash}])
    assert not holds
    assert f"Entry {length + 1} is missing" in said


@given(LENGTHS)
def test_a_record_computed_anew_is_found_by_a_head_from_before(number):
    entries = GOOD[: number - 1]
    for seq in range(number, LENGTH + 1):
        entries = [*entries, entry(seq, entries[-1].hash if entries else GENESIS, actor="somebody.else")]
    forged = expected_of(entries)
    assert verify(entries, forged).intact
    found = verify(entries, replace(forged, head=seal_at(GOOD, LENGTH))).broken
    assert found is not None
    assert (found.seq, found.fault) == (LENGTH, Fault.SEAL)


@given(LENGTHS)
def test_an_entry_replaced_with_its_own_good_hash_is_found_at_the_next_or_at_what_was_signed(number):
    entries = [*GOOD]
    entries[number - 1] = entry(number, entries[number - 1].previous_hash, actor="somebody.else")
    found = verify(entries, expected_of(GOOD)).broken
    assert found is not None
    assert found.seq in {number, number + 1}
    holds, said = standalone(rows(entries), [{"seq": LENGTH, "hash": GOOD[-1].hash}])
    assert not holds
    assert f"Entry {min(number + 1, LENGTH)} " in said


@given(st.sampled_from([3, 6]), st.sampled_from(["seq", "hash", "at_utc", "public_key", "signature"]))
def test_any_change_of_a_checkpoint_is_found(number, column):
    expected = expected_of(GOOD)
    changed = {"seq": 2, "hash": "0" * 64, "at_utc": "2020", "public_key": "00", "signature": "zz"}[column]
    checkpoints = [
        replace(seal, **{column: changed}) if seal.seq == number else seal for seal in expected.checkpoints
    ]
    found = verify(GOOD, replace(expected, checkpoints=checkpoints)).broken
    assert found is not None
    assert found.fault in {Fault.SEAL, Fault.SEAL_MISSING}
    assert found.seq == (2 if column == "seq" else number)


def test_a_removed_checkpoint_is_found():
    expected = expected_of(GOOD)
    found = verify(GOOD, replace(expected, checkpoints=expected.checkpoints[:1])).broken
    assert found is not None
    assert (found.seq, found.fault) == (6, Fault.SEAL_MISSING)


def test_a_head_signed_by_another_key_is_refused():
    other = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    found = verify(GOOD, expected_of(GOOD, head=seal_at(GOOD, 5, other))).broken
    assert found is not None
    assert (found.seq, found.fault) == (5, Fault.SEAL)


def test_a_stored_end_that_is_gone_or_says_something_else_is_found():
    expected = expected_of(GOOD)
    for tail, seq in ((None, LENGTH), (End(LENGTH, GENESIS), LENGTH), (End(5, GOOD[4].hash), 6), (START, 1)):
        found = verify(GOOD, replace(expected, tail=tail)).broken
        assert found is not None
        assert found.seq == seq


def test_an_empty_column_does_not_count_towards_the_hash_but_filling_it_does():
    one = GOOD[0]
    assert one.pupil_id is None
    assert replace(one, pupil_id=3).computed_hash() != one.hash
    assert "pupil_id" in HASHED_COLUMNS


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-(2**53) + 1, 2**53 - 1))
def test_an_entry_is_hashed_over_its_canonical_json(text, number):
    one = entry(1, GENESIS, actor=text, payload=text, case_id=number)
    said = {name: getattr(one, name) for name in HASHED_COLUMNS if getattr(one, name) is not None}
    assert one.hash == sha256(rfc8785.dumps(said)).hexdigest()


def test_a_seal_says_when_and_by_whom_it_was_made():
    seal = seal_at(GOOD, 2)
    assert (seal.seq, seal.hash, seal.at_utc) == (2, GOOD[1].hash, AT)
    assert seal.signed_by(seal.public_key)
    assert not seal.signed_by("00" * 32)
    assert KEY.public_key().public_bytes_raw().hex() == seal.public_key
