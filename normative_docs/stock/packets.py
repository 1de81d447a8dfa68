"""The files of a packet or folder: opened with care, each judged and kept by its digest."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.core.files.base import ContentFile, File

from normative_docs.importing import ImportedMetadata, UnreadableDocument, read_metadata
from normative_docs.importing.reading import read_lines
from normative_docs.stock.columns import LIST
from portal.documents import intake, kinds, storage
from portal.documents.content import archive
from portal.documents.models import Blob
from portal.documents.names import safe_name
from portal.documents.refusals import FileRefused
from portal.web.list_sheets import ReadList, UnreadableList

MOST_FILES = 1000
LARGEST = 50 * 1024 * 1024
READABLE = (kinds.TXT, kinds.DOCX, kinds.PDF)
_UTF8 = 0x800


@dataclass(frozen=True)
class Entry:
    """A file of a packet: its name, and how to get at its bytes."""

    name: str
    size: int
    read: Callable[[], bytes]


@dataclass
class ReadFile:
    """What one file gave: its text and facts, or the reason why not. ``blob`` keeps the original."""

    name: str
    metadata: ImportedMetadata | None = None
    text: str = ""
    blob: Blob | None = None
    refusal: str = ""


class Packet:
    """The documents of a packet in the order of their names, and the list that lies beside them, if any."""

    def __init__(self, entries: list[Entry]):
        wanted = [entry for entry in entries if not _is_litter(entry.name)]
        self.files = sorted((e for e in wanted if not e.name.lower().endswith(".xlsx")), key=lambda e: e.name)
        self.lists = [e for e in wanted if e.name.lower().endswith(".xlsx")]
        if len(self.files) > MOST_FILES:
            raise FileRefused("too_many_entries", f"文件超过 {MOST_FILES} 个，请分成几份上传。")
        if not self.files:
            raise FileRefused("empty", "没有找到可以登记的原文。请放入 TXT、DOCX 或 PDF 文件。")

    def list(self) -> ReadList:
        """The rows of the list beside the files; empty without one.

        :raises UnreadableList: it cannot be read, or there are several.
        """
        if not self.lists:
            return ReadList()
        if len(self.lists) > 1:
            raise UnreadableList("压缩包中有几份 Excel 清单，请只留一份。")
        try:
            with intake.received(ContentFile(self.lists[0].read(), name=self.lists[0].name)) as received:
                return LIST.read(received.stream)
        except FileRefused as refusal:
            raise UnreadableList(f"清单“{self.lists[0].name}”：{refusal.reason}") from refusal

    def read(self, entry: Entry) -> ReadFile:
        """Judge, keep and read one file; whatever is wrong with it becomes its refusal."""
        found = ReadFile(safe_name(entry.name))
        try:
            if entry.size > LARGEST:
                raise intake.too_large()
            if kinds.kind_of(found.name) not in READABLE:
                raise FileRefused("type_not_accepted", "这种文件不能识别文字，请提供 TXT、DOCX 或 PDF。")
            with intake.received(ContentFile(entry.read(), name=found.name)) as received:
                found.metadata, found.text = _read(received)
                found.blob = keep(received.stream, received.digest, received.size, received.kind.content_type)
        except FileRefused as refusal:
            found.refusal = refusal.reason
        except UnreadableDocument as refusal:
            found.refusal = str(refusal)
        return found


def of_archive(opened: zipfile.ZipFile) -> Packet:
    """The files of a ZIP that :func:`portal.documents.content.archive.opened` has judged."""
    return Packet(
        [
            Entry(_name(entry), entry.file_size, lambda entry=entry: opened.read(entry))
            for entry in opened.infolist()
            if not entry.is_dir()
        ]
    )


def of_folder(folder: Path) -> Packet:
    """The files below a folder; links are not followed.

    :raises FileRefused: there are none, or too many.
    """
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return Packet(
        [
            Entry(path.relative_to(folder).as_posix(), path.stat().st_size, path.read_bytes)
            for path in paths
            if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
    )


def judged_archive(stream: BinaryIO):
    """A ZIP opened once its directory has been found harmless. Raises FileRefused."""
    return archive.opened(stream, "ZIP 压缩包")


def keep(stream: BinaryIO, digest: str, size: int, content_type: str) -> Blob:
    """Store bytes by their digest, once however often they come."""
    storage.keep(stream, digest)
    return Blob.objects.kept(digest, size, content_type)


def original(blob: Blob, name: str) -> File:
    """A stored original as a file to attach."""
    with storage.open_blob(blob.digest) as stored:
        return File(BytesIO(stored.read()), name=name)


def _read(received: intake.Received) -> tuple[ImportedMetadata, str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"document.{received.name.rsplit('.', 1)[-1].lower()}"
        received.stream.seek(0)
        path.write_bytes(received.stream.read())
        received.stream.seek(0)
        return read_metadata(path), "\n".join(read_lines(path))


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: Chinese Windows packs names in GBK without saying so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _is_litter(name: str) -> bool:
    """What systems leave in folders: __MACOSX, ._x, Thumbs.db, lock files of an open list."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith((".", "~$")) or parts[-1] in ("Thumbs.db", "desktop.ini")
