"""Zip containers (DOCX, XLSX, OFD): everything that must hold before anything is unpacked.

OWASP ASVS 5.0, 5.2.3: unpacked size and number of entries are judged from the directory first; then each entry is
read in pieces, so that nothing is ever wholly in memory and nothing is written to disk.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.parsers import expat

from portal.documents.content.findings import mismatch
from portal.documents.refusals import FileRefused

MAX_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked to packed size of one entry above which it is a bomb; real sheets of repeated cells reach about 60."""
RATIO_COUNTS_FROM_BYTES = 10 * 1024 * 1024
PIECE = 64 * 1024

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_END_RECORD_SIZE = 22

DAMAGED = ("damaged", "文件已损坏或不完整，无法打开。请用原软件重新保存后上传。")
_BOMB = ("unpacks_too_large", "文件解压后过大（疑似压缩炸弹），不接收。请删减内容或拆分后上传。")
_UNSAFE_ENTRY = ("unsafe_entry", "文件内部含有不安全的路径或链接，不接收。请用原软件重新另存后上传。")
_ENCRYPTED = ("encrypted", "文件加了密码，无法检查。请取消密码后上传。")
_POLYGLOT = ("polyglot", "文件前后附有其他数据，不接收。请用原软件重新另存后上传。")
_UNSAFE_XML = ("unsafe_xml", "文件内部含有外部实体或文档类型定义，不接收。请用原软件重新另存后上传。")


@contextmanager
def opened(stream: BinaryIO, expected: str) -> Iterator[zipfile.ZipFile]:
    """An archive whose directory has been judged harmless; `expected` names the format for the refusal.

    Raises FileRefused for anything that is not a plain, complete, modest zip file; errors while reading entries
    inside the block turn into the same refusal.
    """
    head = _at(stream, 0, 512)
    if not head.startswith(b"PK\x03\x04"):
        raise mismatch(expected, head)
    try:
        with zipfile.ZipFile(stream) as archive:
            _judge(archive, stream)
            yield archive
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise FileRefused(*DAMAGED) from error


def _at(stream: BinaryIO, offset: int, size: int, whence: int = 0) -> bytes:
    stream.seek(offset, whence)
    return stream.read(size)


def _judge(archive: zipfile.ZipFile, stream: BinaryIO) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise FileRefused("too_many_entries", f"文件内部超过 {MAX_ENTRIES} 个部件，不接收。请拆分后上传。")
    if len({entry.filename for entry in entries}) != len(entries):
        # Two readers would open two different parts under one name.
        raise FileRefused(*_UNSAFE_ENTRY)
    for entry in entries:
        _judge_entry(entry)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise FileRefused(*_BOMB)
    _judge_layout(archive, stream, entries)


def _judge_entry(entry: zipfile.ZipInfo) -> None:
    parts = entry.filename.split("/")
    # ZipInfo cuts a name at NUL, so the raw name is looked at.
    raw = entry.orig_filename
    if raw.startswith("/") or "\\" in raw or "\0" in raw or ":" in parts[0] or ".." in parts:
        raise FileRefused(*_UNSAFE_ENTRY)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FileRefused(*_UNSAFE_ENTRY)
    if entry.flag_bits & 0x1:
        raise FileRefused(*_ENCRYPTED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused(*DAMAGED)
    if entry.file_size > RATIO_COUNTS_FROM_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise FileRefused(*_BOMB)


def _judge_layout(archive: zipfile.ZipFile, stream: BinaryIO, entries: list[zipfile.ZipInfo]) -> None:
    """Entries may not overlap (that is how a small file unpacks to petabytes), nor leave room for another file."""
    tail = _at(stream, -_END_RECORD_SIZE, _END_RECORD_SIZE, 2)
    if not tail.startswith(b"PK\x05\x06"):
        raise FileRefused(*_POLYGLOT)
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    if not ordered or ordered[0].header_offset != 0:
        raise FileRefused(*_POLYGLOT)
    ends = [entry.header_offset for entry in ordered[1:]] + [archive.start_dir]
    for entry, end in zip(ordered, ends, strict=True):
        header = _at(stream, entry.header_offset, _LOCAL_HEADER.size)
        signature, *_, name_size, extra_size = _LOCAL_HEADER.unpack(header)
        if signature != b"PK\x03\x04":
            raise FileRefused(*DAMAGED)
        if entry.header_offset + _LOCAL_HEADER.size + name_size + extra_size + entry.compress_size > end:
            raise FileRefused(*_BOMB)


def read_whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Reads an entry to its end in pieces, so that a wrong checksum or length shows."""
    with archive.open(entry) as part:
        while part.read(PIECE):
            pass


def is_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is XML by its name or its first bytes; a name alone could hide it."""
    if entry.filename.lower().endswith((".xml", ".rels", ".vml", ".svg")):
        return True
    with archive.open(entry) as part:
        head = part.read(64)
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


class XmlReader:
    """What a reader of an XML part overrides; names come with the prefix that the document chose."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, content: str) -> None:
        """Text within an element."""

    def end(self, name: str) -> None:
        """An element ends."""


def parse_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, reader: XmlReader) -> None:
    """Reads one XML part in constant memory; without a document type there are no entities to expand or fetch.

    Expat itself, because a sheet has a million elements and every layer above doubles the time. Raises FileRefused
    (`unsafe_xml` or `damaged`).
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = reader.start
    parser.CharacterDataHandler = reader.text
    parser.EndElementHandler = reader.end
    try:
        with archive.open(entry) as part:
            parser.ParseFile(part)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise FileRefused(*DAMAGED) from error


def _refuse_doctype(*declaration) -> None:
    raise FileRefused(*_UNSAFE_XML)
