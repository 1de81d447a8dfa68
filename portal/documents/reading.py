"""What a version says: read at once for a small file, by a job for a large one."""

from portal.documents import kinds, storage, text
from portal.documents.models import DocumentVersion
from portal.documents.refusals import FileRefused
from portal.jobs.queue import ask
from portal.moment import now

INLINE_MAX_BYTES = 1024 * 1024
"""Above this a request does not wait for the text; one megabyte of PDF reads in well under a second."""

INLINE_MAX_PAGES = 60
INLINE_MAX_SHEET_BYTES = 96 * 1024
"""A workbook packs its rows so tightly that one megabyte of it takes ten seconds."""

EXTRACT = "documents.extract"
"""Kind of the job that reads a large file."""


def read_at_once(name: str, digest: str, size: int, page_count: int | None) -> dict:
    """What a small file says, as fields of its version; nothing for a large one, which the worker reads.

    :param size: in bytes.
    """
    kind = kinds.kind_of(name)
    limit = INLINE_MAX_SHEET_BYTES if kind is kinds.XLSX else INLINE_MAX_BYTES
    if size > limit or (page_count or 0) > INLINE_MAX_PAGES:
        return {}
    return _read(kind, digest)


def read_later(version: DocumentVersion) -> None:
    """Ask the worker to read a version."""
    ask(EXTRACT, f"提取文字：{version.name}", by=version.uploaded_by, key=str(version.pk), version_id=version.pk)


def read(version: DocumentVersion) -> None:
    """Stores text and text layer of a version; doing it again changes nothing."""
    said = _read(version.kind, version.blob.digest)
    for field, value in said.items():
        setattr(version, field, value)
    version.save(update_fields=said)


def _read(kind: kinds.FileKind, digest: str) -> dict:
    """A file that was accepted but gives no text counts as one without a text layer: it stays, with its warning."""
    has_layer = None
    content = ""
    if kind.has_text:
        try:
            with storage.open_blob(digest) as blob:
                result = text.read(blob, kind)
            content, has_layer = result.text, result.has_text_layer
        except FileRefused:
            has_layer = False
    return {"text": content, "has_text_layer": has_layer, "read_at": now()}
