"""How large a file may be, and how a workbook may unpack, before it is refused unread."""

from dataclasses import dataclass

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a received file, in bytes, rows, columns, cells and characters of one field."""

    file_bytes: int = 2048 * _MEGABYTE
    workbook_bytes: int = 20 * _MEGABYTE
    xml_bytes: int = 50 * _MEGABYTE
    unpacked_bytes: int = 200 * _MEGABYTE
    unpacked_ratio: int = 100
    sheet_rows: int = 200_000
    sheet_cells: int = 2_000_000
    columns: int = 500
    field_characters: int = 4000


DEFAULT_LIMITS = Limits()
