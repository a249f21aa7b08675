"""Read the rows of an SQLite file page by page, without SQLite, which gives up where a page is damaged.

The file format: https://sqlite.org/fileformat2.html. Nothing here is trusted: an offset that leads out of a page, a
length that cannot be, a chain of pages that comes back to itself end the row they are met in, not the reading.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Value = None | int | float | str | bytes

_LEAF, _INTERIOR = 0x0D, 0x05
_TREES = (0x02, 0x05, 0x0A, 0x0D)
_OUR_SIZE = 4096
_HEADER = 100
_SERIAL_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGIC = (0x377F0682, 0x377F0683)


class DamagedError(Exception):
    """What was to be read is not there."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of some table: its rowid, and the values of the columns it was written with."""

    page: int
    rowid: int
    values: tuple[Value, ...]


class Pages:
    """The pages of a database file, with those that stand in its log put over them."""

    def __init__(self, path: Path) -> None:
        self._data = _mapped(path)
        self.size = _page_size(self._data)
        self._newer = dict(_committed(path.with_name(path.name + "-wal"), self.size))
        self.count = max(-(-len(self._data) // self.size), max(self._newer, default=0))

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._data, mmap.mmap):
            self._data.close()

    def page(self, number: int) -> bytes:
        """Return a page, counted from 1; what lies beyond the end of the file is missing at its end."""
        return self._newer.get(number) or self._data[(number - 1) * self.size : number * self.size]

    def rows(self, number: int) -> Iterator[Row]:
        """Yield the rows of a page of a table, as far as they can be read; none when it is another page."""
        page = self.page(number)
        for offset in self._cells(number, page, _LEAF):
            try:
                yield self._row(number, page, offset)
            except (DamagedError, IndexError, struct.error, ValueError):
                continue  # this one is lost

    def leaves(self, root: int) -> Iterator[int]:
        """Yield the pages that hold the rows of the table that begins at page ``root``, as far as they are found."""
        waiting, seen = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen or not 0 < number <= self.count:
                continue
            seen.add(number)
            page = self.page(number)
            start = _start(number)
            if page[start : start + 1] == bytes([_LEAF]):
                yield number
            elif page[start : start + 1] == bytes([_INTERIOR]) and len(page) >= start + 12:
                waiting += [_u32(page, offset) for offset in self._cells(number, page, _INTERIOR)]
                waiting.append(_u32(page, start + 8))

    def free(self) -> set[int]:
        """Return the pages that hold nothing any more, as far as the list of them can be read."""
        found: set[int] = set()
        first = self.page(1)
        trunk = _u32(first, 32) if len(first) >= _HEADER else 0
        while 0 < trunk <= self.count and trunk not in found and len(page := self.page(trunk)) >= self.size:
            found.add(trunk)
            count = min(_u32(page, 4), self.size // 4 - 2)
            found.update(_u32(page, 8 + 4 * index) for index in range(count))
            trunk = _u32(page, 0)
        return found

    def _cells(self, number: int, page: bytes, kind: int) -> Iterator[int]:
        start = _start(number)
        if len(page) < start + 8 or page[start] != kind:
            return
        count, begin = _u16(page, start + 3), start + (8 if kind == _LEAF else 12)
        for place in range(begin, min(begin + 2 * count, len(page) - 1), 2):
            offset = _u16(page, place)
            if begin <= offset <= len(page) - 4:
                yield offset

    def _row(self, number: int, page: bytes, offset: int) -> Row:
        length, offset = _varint(page, offset)
        rowid, offset = _varint(page, offset)
        payload = self._payload(page, offset, length)
        return Row(number, rowid - (1 << 64) if rowid >> 63 else rowid, tuple(_record(payload)))

    def _payload(self, page: bytes, offset: int, length: int) -> bytes:
        most, least = self.size - 35, (self.size - 12) * 32 // 255 - 23
        if length > self.count * self.size:
            raise DamagedError
        if length <= most:
            return _exactly(page, offset, length)
        local = least + (length - least) % (self.size - 4)
        local = local if local <= most else least
        parts = [_exactly(page, offset, local)]
        missing, following = length - local, _u32(page, offset + local)
        seen: set[int] = set()
        while missing:
            if following in seen or not 0 < following <= self.count:
                raise DamagedError
            seen.add(following)
            overflow = self.page(following)
            parts.append(_exactly(overflow, 4, min(missing, self.size - 4)))
            missing -= len(parts[-1])
            following = _u32(overflow, 0)
        return b"".join(parts)


def _mapped(path: Path) -> bytes | mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


def _page_size(data: bytes | mmap.mmap) -> int:
    """Return what the header says, unless the pages begin better where those of our files do."""
    told = _u16(data, 16) if len(data) >= _HEADER else 0
    told = 65536 if told == 1 else told
    is_possible = told >= 512 and told & (told - 1) == 0
    return max((told, _OUR_SIZE), key=lambda size: _share_of_trees(data, size)) if is_possible else _OUR_SIZE


def _share_of_trees(data: bytes | mmap.mmap, size: int) -> float:
    starts = range(size, min(len(data), 1000 * size), size)
    return sum(data[start] in _TREES for start in starts) / max(len(starts), 1)


def _committed(log: Path, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield (number, page) of what was committed into the log, the older first."""
    data = log.read_bytes() if log.exists() else b""
    if len(data) < _WAL_HEADER or _u32(data, 0) not in _WAL_MAGIC or _u32(data, 8) != size:
        return
    salts, waiting = data[16:24], list[tuple[int, bytes]]()
    for start in range(_WAL_HEADER, len(data) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        if data[start + 8 : start + 16] != salts:
            return  # from here on it is older
        page = start + _FRAME_HEADER
        waiting.append((_u32(data, start), data[page : page + size]))
        if _u32(data, start + 4):  # the end of a transaction
            yield from waiting
            waiting.clear()


def _record(payload: bytes) -> list[Value]:
    header, place = _varint(payload, 0)
    start, values = header, list[Value]()
    while place < header:
        kind = payload[place]
        if kind < 0x80:
            place += 1
        else:
            kind, place = _varint(payload, place)
        if kind in {10, 11}:
            raise DamagedError
        size = _SERIAL_SIZES[kind] if kind < len(_SERIAL_SIZES) else (kind - 12) // 2
        end = start + size
        if end > len(payload):
            raise DamagedError
        values.append(_value(kind, payload[start:end]))
        start = end
    return values


def _value(kind: int, data: bytes) -> Value:
    if kind >= 12:
        return data.decode("utf-8") if kind % 2 else data  # not UTF-8 is a ValueError: damaged
    if kind == 0:
        return None
    if kind in {8, 9}:
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", data)[0])
    return int.from_bytes(data, "big", signed=True)


def _varint(data: bytes, offset: int) -> tuple[int, int]:
    value = 0
    for index in range(8):
        byte = data[offset + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, offset + index + 1
    return value << 8 | data[offset + 8], offset + 9


def _exactly(data: bytes, offset: int, length: int) -> bytes:
    part = data[offset : offset + length]
    if len(part) != length:
        raise DamagedError
    return part


def _start(number: int) -> int:
    return _HEADER if number == 1 else 0


def _u16(data: bytes | mmap.mmap, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 2], "big")


def _u32(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "big")
