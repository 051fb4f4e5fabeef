"""Which characters the product's fonts can print.

- Fonts come as wheels, never from the machine: the same letter is the same bytes everywhere.
- A character that no font holds stops the one letter before it is made, and is named.
- What somebody else wrote and a letter quotes is printed all the same, with a stand-in for each such sign.
- A control or private character prints nothing that could be read: refused.
- Characters that turn the reading direction by force are refused: they can make a name read as another.

Source: OpenType, `cmap` formats 4 and 12.
"""

import re
import struct
import unicodedata
from enum import Enum
from functools import cache
from itertools import groupby
from pathlib import Path

import fontpkg_amiri
import fontpkg_arimo

FAMILIES = ("Arimo", "Amiri")
FOLDERS = (Path(fontpkg_arimo.ROOT) / "files", Path(fontpkg_amiri.ROOT) / "files")
DIRECTION_FORCED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
WITHOUT_MEANING = frozenset({"Cc", "Cs", "Co", "Cn"})  # control, surrogate, private use, unassigned
SHADES_OF_A_SIGN = ("VARIATION SELECTOR", "EMOJI MODIFIER")
OTHER_SCRIPT = "[words in a script that we cannot print]"
OTHER_SIGNS = "[signs that we cannot print]"


class _Sort(Enum):
    """How a character is quoted: as it is, as one of a script, by its name, or not at all."""

    PRINTS = 1
    SCRIPT = 2
    SIGN = 3
    SILENT = 4


def font_folders() -> tuple[Path, ...]:
    """Return the folders of the product's fonts."""
    return FOLDERS


def unprintable(text: str) -> tuple[str, ...]:
    """Return the characters of the text that cannot be printed, each once, in order."""
    return tuple(dict.fromkeys(character for character in text if not _prints(character)))


def name_of(character: str) -> str:
    """Return the character's Unicode name and number, as an officer can look it up."""
    return f"{unicodedata.name(character, 'a character without a name')} (U+{ord(character):04X})"


def quoted(text: str) -> str:
    """Return somebody's words as a letter can quote them, with a stand-in for what cannot be printed.

    A sign stands as its name, such as "[thumbs up sign]"; words in a script that the fonts lack are said to
    be there; what prints nothing by itself is left out.
    """
    runs = ((sort, "".join(run)) for sort, run in groupby(text, _sort))
    found = "".join(_stands_for(sort, run) for sort, run in runs)
    script = re.escape(OTHER_SCRIPT)
    return re.sub(rf"{script}(?:\s*{script})+", OTHER_SCRIPT, found).strip() or OTHER_SIGNS


def _stands_for(sort: _Sort, run: str) -> str:
    if sort is _Sort.SIGN:
        return "".join(f"[{unicodedata.name(character).lower()}]" for character in run)
    return {_Sort.PRINTS: run, _Sort.SCRIPT: OTHER_SCRIPT}.get(sort, "")


def _sort(character: str) -> _Sort:
    name = unicodedata.name(character, "")
    if not unprintable(character):
        return _Sort.PRINTS
    if not name or name.startswith(SHADES_OF_A_SIGN) or unicodedata.category(character) == "Cf":
        return _Sort.SILENT
    return _Sort.SCRIPT if unicodedata.category(character)[0] in "LM" else _Sort.SIGN


@cache
def printable() -> frozenset[int]:
    """Return every code point that one of the families holds in each of its faces."""
    families = [
        [_code_points(path.read_bytes()) for path in sorted(folder.glob("*.ttf"))] for folder in FOLDERS
    ]
    return frozenset.union(*(frozenset.intersection(*faces) for faces in families))


@cache
def _prints(character: str) -> bool:
    if character.isspace():
        return True
    if character in DIRECTION_FORCED or unicodedata.category(character) in WITHOUT_MEANING:
        return False
    return ord(character) in printable()


def _code_points(font: bytes) -> frozenset[int]:
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    found: set[int] = set()
    for number in range(count):
        _, _, offset = struct.unpack_from(">HHL", cmap, 4 + 8 * number)
        (form,) = struct.unpack_from(">H", cmap, offset)
        if form == 4:
            found |= _segments(cmap[offset:])
        elif form == 12:
            found |= _groups(cmap[offset:])
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        name, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"the font has no table {tag!r}")


def _segments(cmap: bytes) -> set[int]:
    (twice,) = struct.unpack_from(">H", cmap, 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", cmap, 14)
    starts = struct.unpack_from(f">{count}H", cmap, 16 + twice)
    deltas = struct.unpack_from(f">{count}H", cmap, 16 + 2 * twice)
    at = 16 + 3 * twice
    offsets = struct.unpack_from(f">{count}H", cmap, at)
    found: set[int] = set()
    for number, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", cmap, at + 2 * number + offset + 2 * (code - start))
            if (glyph + delta) % 0x10000 and (glyph or not offset):
                found.add(code)
    return found


def _groups(cmap: bytes) -> set[int]:
    (count,) = struct.unpack_from(">L", cmap, 12)
    found: set[int] = set()
    for number in range(count):
        start, end, glyph = struct.unpack_from(">LLL", cmap, 16 + 12 * number)
        found.update(range(start + (glyph == 0), end + 1))
    return found
