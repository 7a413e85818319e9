"""Is this file an .xlsx that is safe to parse? Asked before any XML parser sees it.

An .xlsx is a zip of XML. The declared sizes of a zip may lie, so every part is inflated once in small pieces and what
really comes out is counted. The limits hold a county's largest township (about 40,000 people) several times over, and
keep what a hostile file can cost below the memory of the smallest server.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from server.errors import AppError

MIB = 1 << 20
PIECE = 1 << 16
MAX_FILE = 32 * MIB
MAX_PARTS = 500
MAX_INFLATED = 64 * MIB
MAX_STRINGS = 24 * MIB
MAX_OTHER_PART = 8 * MIB
MAX_ROWS = 100_000
MAX_BETWEEN_ROWS = 4 * MIB
MAX_TAGS = 8_000_000
MAX_SHEETS = 100

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
OVERLAP = 64  # longer than any tag that is looked for
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class WorkbookRefused(AppError):
    """A file that is not taken at all. Codes: file_not_found, not_xlsx, old_or_locked_workbook, broken_workbook,
    too_large, too_many_rows, too_many_columns, too_many_sheets, unsafe_xml, no_header, columns_missing."""

    code, status = "broken_workbook", 400


def refuse(code: str, message: str) -> WorkbookRefused:
    return WorkbookRefused(message, code=code)


Merged = dict[str, set[tuple[str, int, int]]]


def check(path: Path) -> Merged:
    """Raise WorkbookRefused unless `path` is a sound .xlsx within the limits.

    Answers the cells merged downwards, {part: {(column letters, first row, last row)}}: a reader that streams meets them
    only after the rows.
    """
    _check_kind(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_list(archive)
            return _check_content(archive)
    except DAMAGE as error:
        raise refuse("broken_workbook", "文件已损坏，读不出来 The file is damaged") from error


def _check_kind(path: Path) -> None:
    if not path.is_file():
        raise refuse("file_not_found", f"没有这个文件 No such file: {path.name}")
    if path.stat().st_size > MAX_FILE:
        raise refuse("too_large", f"文件超过 {MAX_FILE // MIB} MB The file is too large")
    with path.open("rb") as file:
        head = file.read(8)
    if head == OLE:
        message = (
            "这是旧版 .xls 或加了密码的文件，请另存为无密码的 .xlsx An old .xls or a locked file: save it as .xlsx"
        )
        raise refuse("old_or_locked_workbook", message)
    if not head.startswith(b"PK\x03\x04"):
        raise refuse("not_xlsx", "这不是 .xlsx 文件 This is not an .xlsx file")


def _check_list(archive: zipfile.ZipFile) -> None:
    """Judge the parts by what the zip says of itself; cheap, and stops the plain bombs."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise refuse("not_xlsx", "这不是 .xlsx 文件 This is not an .xlsx file")
    if len(parts) > MAX_PARTS or len(names) != len(parts) or sum(part.file_size for part in parts) > MAX_INFLATED:
        raise _too_large()
    if sum(name.startswith("xl/worksheets/") for name in names) > MAX_SHEETS:
        raise refuse("too_many_sheets", f"工作表超过 {MAX_SHEETS} 张 Too many sheets")


def _check_content(archive: zipfile.ZipFile) -> Merged:
    """Inflate every part once, counting what really comes out."""
    left, merged = MAX_INFLATED, Merged()
    for part in archive.infolist():
        tally = Tally.of(part.filename)
        with archive.open(part) as stream:
            for piece in _pieces(stream):
                left -= len(piece)
                if left < 0:
                    raise _too_large()
                tally.add(piece)
        merged[part.filename] = tally.merged
    return merged


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def too_many_rows() -> WorkbookRefused:
    """More rows than any township has people; one cell far below the register counts, too."""
    return refuse(
        "too_many_rows", f"表格超过 {MAX_ROWS} 行（含空行），请删去下面的空行 Too many rows, blank ones included"
    )


def _too_large() -> WorkbookRefused:
    return refuse("too_large", f"解开后超过 {MAX_INFLATED // MIB} MB The file is too large when unpacked")


@dataclass
class Tally:
    """Running counts of one part. `gap` is the bytes since the last row began: a row is parsed as one piece of memory."""

    limit: int
    is_sheet: bool
    is_xml: bool
    size: int = 0
    tags: int = 0
    rows: int = 0
    gap: int = 0
    tail: bytes = b""
    merged: set[tuple[str, int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, name: str) -> Tally:
        sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
        strings = name.lower().endswith("sharedstrings.xml")
        limit = MAX_INFLATED if sheet else MAX_STRINGS if strings else MAX_OTHER_PART
        return cls(limit, sheet, name.endswith((".xml", ".rels", ".vml")))

    def add(self, piece: bytes) -> None:
        """Take the next bytes of the part; raises WorkbookRefused when a limit is passed."""
        self.size += len(piece)
        self.tags += piece.count(b"<")
        if self.size > self.limit or self.tags > MAX_TAGS:
            raise _too_large()
        text = self.tail + piece
        if self.is_xml and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
            raise refuse("unsafe_xml", "文件里有不该有的实体声明 The file declares XML entities")
        if self.is_sheet:
            self._add_rows(text)
            self._add_merged(text)
        self.tail = text[-OVERLAP:]

    def _add_merged(self, text: bytes) -> None:
        for first, top, last, bottom in MERGED.findall(text):
            if first == last and len(self.merged) < MAX_ROWS:
                self.merged.add((first.decode(), int(top), int(bottom)))

    def _add_rows(self, text: bytes) -> None:
        """Count rows that begin after the overlap, and how long the last one has grown."""
        seen = len(self.tail)
        starts = [found.start() for found in ROW.finditer(text) if found.end() > seen]
        if not starts:
            self.gap += len(text) - seen
        else:
            self.rows += len(starts)
            self.gap = len(text) - starts[-1]
        if self.rows > MAX_ROWS:
            raise too_many_rows()
        if self.gap > MAX_BETWEEN_ROWS:
            raise refuse("too_many_columns", "有一行太长 A row is too long")
