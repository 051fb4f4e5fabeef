"""The packed form of marks keeps every mark, and nothing else passes for it."""

import zlib
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.domain.errors import BrokenIntegrity
from attendance.store.register_codec import (
    MAX_DAYS,
    NO_CELLS,
    SESSIONS,
    Cells,
    Detail,
    code_number,
    code_text,
    day_of,
    days,
    join,
    open_packed,
    override,
    pack,
    pack_details,
    unpack,
    unpack_details,
)

CODES = ["/", "\\", "L", "O", "U", "G", "N", "C1", "Y4", "#"]
cell = st.tuples(st.integers(1, 2**31 - 1), st.integers(0, MAX_DAYS - 1), st.integers(0, 1))
registers = st.dictionaries(cell, st.sampled_from(CODES), min_size=1, max_size=60)
bases = st.dates(date(1970, 1, 1), date(2149, 1, 1)).map(days)


def cells_from(register, base):
    rows = sorted((pupil, base + day, session, code) for (pupil, day, session), code in register.items())
    return Cells(
        np.array([row[0] for row in rows], np.int32),
        np.array([row[1] for row in rows], np.uint16),
        np.array([row[2] for row in rows], np.uint8),
        np.array([code_number(row[3]) for row in rows], np.uint16),
    )


def rows_of(cells):
    return list(
        zip(
            cells.pupil.tolist(),
            cells.day.tolist(),
            cells.session.tolist(),
            map(code_text, cells.code.tolist()),
            strict=True,
        )
    )


@given(registers, bases.filter(lambda base: base < 2**16 - MAX_DAYS))
def test_what_is_packed_is_unpacked_equal_for_all_pupils_and_for_each(register, base):
    cells = cells_from(register, base)
    blob = pack(cells)
    assert rows_of(unpack(blob)) == rows_of(cells)
    for pupil in {*cells.pupil.tolist(), 1, 2**31 - 1}:
        mine = [row[1:] for row in rows_of(cells) if row[0] == pupil]
        marks = open_packed(blob).marks_of(pupil)
        assert [(days(day), SESSIONS.index(session), code) for day, session, code in marks] == mine


@given(registers, st.randoms())
def test_sorting_and_joining_lose_nothing(register, shuffler):
    cells = cells_from(register, 20000)
    order = list(range(len(cells)))
    shuffler.shuffle(order)
    shuffled = cells.take(np.array(order, np.int64))
    half = len(order) // 2
    parts = [shuffled.take(np.arange(half)), shuffled.take(np.arange(half, len(order)))]
    assert rows_of(join(parts).sorted()) == rows_of(cells)


@given(registers, st.data())
def test_the_last_correction_of_a_mark_wins(register, data):
    cells = cells_from(register, 20000)
    expected = {(p, d, s): code for p, d, s, code in rows_of(cells)}
    corrections = []
    for _ in range(data.draw(st.integers(0, 3))):
        chosen = data.draw(st.lists(st.sampled_from(sorted(register)), unique=True, max_size=5))
        changed = {key: data.draw(st.sampled_from(CODES)) for key in chosen}
        corrections.append(cells_from(changed, 20000))
        expected.update({(p, 20000 + d, s): code for (p, d, s), code in changed.items()})
    changed, found = override(cells, corrections)
    assert rows_of(changed) == [(*key, code) for key, code in sorted(expected.items())]
    assert found == sum(map(len, corrections))


@given(st.dates(date(1970, 1, 1), date(2149, 6, 6)))
def test_a_day_is_its_number_and_back(day):
    assert day_of(days(day)) == day


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(2149, 6, 7)])
def test_a_day_outside_the_register_is_refused(day):
    with pytest.raises(OverflowError):
        days(day)


@pytest.mark.parametrize("code", ["", "ABC"])
def test_a_code_has_one_or_two_characters(code):
    with pytest.raises(ValueError, match="one or two"):
        code_number(code)


def test_a_correction_of_a_session_without_a_mark_changes_nothing_and_is_not_counted():
    cells = cells_from({(1, 0, 0): "/"}, 20000)
    stray = cells_from({(2, 0, 0): "O"}, 20000)
    assert rows_of(override(cells, [stray])[0]) == rows_of(cells)
    assert override(cells, [stray])[1] == 0
    assert override(NO_CELLS, [stray])[1] == 0


def test_a_batch_must_hold_marks_in_order_and_not_span_too_long():
    good = cells_from({(1, 0, 0): "/", (2, 0, 0): "/"}, 20000)
    with pytest.raises(ValueError, match="at least one"):
        pack(NO_CELLS)
    with pytest.raises(ValueError, match="sorted"):
        pack(good.take(np.array([1, 0])))
    with pytest.raises(ValueError, match="sorted"):
        pack(good.take(np.array([0, 0])))
    with pytest.raises(ValueError, match="span"):
        pack(cells_from({(1, 0, 0): "/", (1, MAX_DAYS, 0): "/"}, 20000))


@given(registers, st.data())
def test_a_damaged_batch_is_never_read_as_another_length(register, data):
    body = zlib.decompress(pack(cells_from(register, 20000)))
    cut = data.draw(st.integers(0, len(body) - 1))
    for damaged in (zlib.compress(body[:cut]), body, zlib.compress(b"WRONG" + body[5:])):
        with pytest.raises(BrokenIntegrity):
            unpack(damaged)


def test_counts_that_do_not_add_up_are_found():
    body = bytearray(zlib.decompress(pack(cells_from({(1, 0, 0): "/"}, 20000))))
    body[14 + 4] = 9
    with pytest.raises(BrokenIntegrity):
        unpack(zlib.compress(bytes(body)))


@given(
    st.dictionaries(
        st.integers(0, 10**6), st.builds(Detail, st.text(), st.text(), st.text(), st.text()), max_size=5
    )
)
def test_what_was_noted_beside_marks_is_kept(details):
    assert unpack_details(pack_details(details)) == details


def test_days_are_chosen_with_both_ends():
    cells = cells_from({(1, day, 0): "/" for day in range(5)}, 20000)
    chosen = cells.between(day_of(20001), day_of(20002) + timedelta(days=0))
    assert chosen.day.tolist() == [20001, 20002]
