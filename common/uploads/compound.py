"""The directory of a compound file (OLE): the names of its storages and streams. Old Office and Hangul use it."""

import struct
from collections.abc import Iterator

FIRST = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128
# An honest directory has some hundred entries; a chain that leads nowhere ends here.
MOST_SECTORS = 4_000
_LAST_SECTOR = 0xFFFFFFFA  # what is above it marks an end, or what is free
_IN_HEADER = 109  # places of the allocation table that the header itself names


def streams(data: bytes) -> set[str]:
    """The names in the directory; ValueError where it cannot be followed."""
    try:
        return set(_names(data))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("no directory") from error


def _names(data: bytes) -> Iterator[str]:
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise ValueError("sectors of no known size")
    size = 1 << shift
    table = list(_table(data, size))
    for sector in _chain(struct.unpack_from("<I", data, 48)[0], data, size, table):
        start = (sector + 1) * size
        for place in range(start, start + size, ENTRY):
            (length,) = struct.unpack_from("<H", data, place + 64)
            if 2 <= length <= 64:
                yield data[place : place + length - 2].decode("utf-16-le")


def _chain(sector: int, data: bytes, size: int, table: list[int]) -> Iterator[int]:
    """The sectors that follow one another. `table` holds where the parts of the allocation table stand."""
    for _step in range(MOST_SECTORS):
        if sector > _LAST_SECTOR:
            return
        yield sector
        part, place = divmod(sector, size // 4)
        (sector,) = struct.unpack_from("<I", data, (table[part] + 1) * size + place * 4)
    raise ValueError("a directory without end")


def _table(data: bytes, size: int) -> Iterator[int]:
    """The sectors that hold the allocation table: named in the header, the rest in a chain of their own."""
    yield from (each for each in struct.unpack_from(f"<{_IN_HEADER}I", data, 76) if each <= _LAST_SECTOR)
    (sector,) = struct.unpack_from("<I", data, 68)
    for _step in range(MOST_SECTORS):
        if sector > _LAST_SECTOR:
            return
        *named, sector = struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
        yield from (each for each in named if each <= _LAST_SECTOR)
    raise ValueError("a table without end")
