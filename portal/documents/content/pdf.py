"""PDF: complete, unlocked, nothing that acts, nothing hidden inside or behind it.

Two readers look at every file, because an attacker only needs one that understands it differently: pypdf for the
tree of objects, PDFium (which also draws the previews) for the pages; the raw bytes are searched as well.
"""

import mmap
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, IndirectObject, PdfObject, StreamObject

from portal.documents.content import pages
from portal.documents.content.archive import DAMAGED
from portal.documents.content.findings import Findings, mismatch
from portal.documents.kinds import PDF
from portal.documents.refusals import FileRefused

MAX_OBJECTS = 500_000
MAX_PAGES = 5_000
MAX_IMAGE_PIXELS = 200_000_000
MAX_STREAM_BYTES = 64 * 1024 * 1024
"""Unpacked size of one stream that is not a picture: the drawing commands of a page, a font, a table."""
MAX_UNPACKED_BYTES = 400 * 1024 * 1024

_HEAD = 1024
_PIECE = 256 * 1024

_ACTIVE_KEYS = {"/JS", "/JavaScript", "/AA", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
_ACTIVE_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
    "/RichMediaExecute",
    "/Trans3D",
}
_EMBEDDING_KEYS = {"/EmbeddedFiles", "/EF", "/EmbeddedFile"}
_EMBEDDING_KINDS = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Screen"}
_RAW_ACTIVE = re.compile(rb"/(JavaScript|Launch|RichMedia|EmbeddedFiles?)(?=[\s/<>\[\](){}%])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_RAW_NAME_WITH_ESCAPE = re.compile(rb"/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#0-9]{0,40}")
_WEB_PAGE = re.compile(rb"(?i)<\s*(!doctype\s+html|html|script|svg|iframe|body)\b")

_ACTIVE = ("active_content", "PDF 含有脚本或会自动执行的动作，不接收。请用“打印—另存为 PDF”重新生成一份后上传。")
_EMBEDDED = ("embedded_file", "PDF 内含附件，不接收。请取出附件另行上传，并重新生成不含附件的 PDF。")
_ENCRYPTED = ("encrypted", "PDF 加了密码或限制了权限，无法检查。请解除后上传。")
_POLYGLOT = ("polyglot", "PDF 前后附有其他数据，不接收。请用“打印—另存为 PDF”重新生成一份后上传。")
_BOMB = ("unpacks_too_large", "PDF 展开后过大（疑似压缩炸弹），不接收。请降低图片分辨率或拆分后上传。")


def check(stream: BinaryIO) -> Findings:
    """Judges a PDF and counts its pages. Raises FileRefused; never fails otherwise, however broken the file."""
    _judge_bytes(stream)
    try:
        _judge_objects(stream)
    except FileRefused:
        raise
    except Exception as error:
        # A hostile file may break the reader at any place; whatever it cannot read is not taken in.
        raise FileRefused(*DAMAGED) from error
    count = pages.count(stream)
    if count > MAX_PAGES:
        raise FileRefused("too_many_pages", f"PDF 超过 {MAX_PAGES} 页，不接收。请分册上传。")
    return Findings(page_count=count)


def _judge_bytes(stream: BinaryIO) -> None:
    stream.seek(0)
    head = stream.read(_HEAD)
    if not head.startswith(b"%PDF-"):
        raise mismatch(PDF.label, head)
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        end = content.rfind(b"%%EOF")
        if end < 0:
            raise FileRefused(*DAMAGED)
        if content[end + 5 :].strip(b"\0\r\n\t "):
            raise FileRefused(*_POLYGLOT)
        if _WEB_PAGE.search(head):
            raise FileRefused(*_POLYGLOT)
        found = _RAW_ACTIVE.search(content) or _hidden_by_escapes(content)
        if found:
            raise FileRefused(*(_EMBEDDED if found.group(1).startswith(b"Embedded") else _ACTIVE))
    if _is_archive_too(stream):
        raise FileRefused(*_POLYGLOT)


def _hidden_by_escapes(content: mmap.mmap) -> re.Match[bytes] | None:
    """An acting name written with #-escapes, such as /J#61vaScript, which has no honest use."""
    for name in _RAW_NAME_WITH_ESCAPE.finditer(content):
        plain = _ESCAPED.sub(lambda escape: bytes([int(escape.group(1), 16)]), name.group())
        found = _RAW_ACTIVE.match(plain + b" ")
        if found:
            return found
    return None


def _is_archive_too(stream: BinaryIO) -> bool:
    """Whether an unpacker would find entries in the same file."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _judge_objects(stream: BinaryIO) -> None:
    stream.seek(0)
    reader = PdfReader(stream, strict=False)
    if reader.is_encrypted:
        raise FileRefused(*_ENCRYPTED)
    unpacked = 0
    for node in _all_objects(reader):
        if isinstance(node, DictionaryObject):
            _judge_dictionary(node)
        if isinstance(node, StreamObject):
            unpacked += _unpacked_size(node)
            if unpacked > MAX_UNPACKED_BYTES:
                raise FileRefused(*_BOMB)


def _all_objects(reader: PdfReader) -> Iterator[PdfObject]:
    """Every object of the file once: what the trailer leads to, then what only the cross-reference table knows."""
    waiting: list[Any] = [reader.trailer]
    waiting += [IndirectObject(number, 0, reader) for number in reader.xref_objStm]
    waiting += [
        IndirectObject(number, generation, reader) for generation, table in reader.xref.items() for number in table
    ]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if (node.idnum, node.generation) in seen:
                continue
            seen.add((node.idnum, node.generation))
            node = reader.get_object(node)
        count += 1
        if count > MAX_OBJECTS * 20 or len(seen) > MAX_OBJECTS:
            raise FileRefused(*_BOMB)
        if node is None:
            continue
        yield node
        if isinstance(node, DictionaryObject):
            waiting += [value for value in map(node.raw_get, node) if _can_hold_more(value)]
        elif isinstance(node, ArrayObject):
            waiting += [value for value in list.__iter__(node) if _can_hold_more(value)]


def _can_hold_more(value: Any) -> bool:
    return isinstance(value, (IndirectObject, DictionaryObject, ArrayObject))


def _judge_dictionary(node: DictionaryObject) -> None:
    keys = set(node)
    if (
        keys & _EMBEDDING_KEYS
        or _name(node, "/Type") in _EMBEDDING_KINDS
        or _name(node, "/Subtype") in _EMBEDDING_KINDS
    ):
        raise FileRefused(*_EMBEDDED)
    if keys & _ACTIVE_KEYS or _name(node, "/S") in _ACTIVE_ACTIONS:
        raise FileRefused(*_ACTIVE)
    if "/OpenAction" in keys:
        _judge_opening(node["/OpenAction"])


def _judge_opening(action: PdfObject) -> None:
    """Opening at a page is what every word processor writes; any other act on opening is refused."""
    action = action.get_object()
    if isinstance(action, DictionaryObject) and _name(action, "/S") != "/GoTo":
        raise FileRefused(*_ACTIVE)


def _name(node: DictionaryObject, key: str) -> str:
    value = node.get(key)
    return str(value) if isinstance(value, str) else ""


def _unpacked_size(node: StreamObject) -> int:
    """Bytes that a stream unpacks to, counted without keeping them. Raises FileRefused above the limits."""
    if _name(node, "/Subtype") == "/Image":
        width, height = node.get("/Width", 0), node.get("/Height", 0)
        if int(width) * int(height) > MAX_IMAGE_PIXELS:
            raise FileRefused(*_BOMB)
        return 0
    filters = node.get("/Filter")
    names = [str(item.get_object()) for item in filters] if isinstance(filters, ArrayObject) else [str(filters)]
    compressing = [name for name in names if name in ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode")]
    if len(compressing) > 1:
        raise FileRefused(*_BOMB)
    if not isinstance(node, EncodedStreamObject) or names[0] not in ("/FlateDecode", "/Fl"):
        return 0
    # The public get_data() keeps every unpacked stream in memory; the packed bytes are only counted here.
    return _inflated_size(node._data)


def _inflated_size(packed: bytes) -> int:
    inflater = zlib.decompressobj()
    size = 0
    rest = packed
    try:
        while rest and not inflater.eof:
            size += len(inflater.decompress(rest, _PIECE))
            rest = inflater.unconsumed_tail
            if size > MAX_STREAM_BYTES:
                raise FileRefused(*_BOMB)
    except zlib.error:
        # Many honest files have a stream with a wrong checksum; readers use what could be unpacked.
        return size
    return size
