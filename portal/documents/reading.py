"""Filling in what a version says: at once for a small file, by a job for a large one."""

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


def read_now_or_later(version: DocumentVersion, size: int) -> None:
    """Reads a small file here, leaves a large one (size in bytes) to the worker."""
    limit = INLINE_MAX_SHEET_BYTES if version.kind is kinds.XLSX else INLINE_MAX_BYTES
    if size <= limit and (version.page_count or 0) <= INLINE_MAX_PAGES:
        read(version)
    else:
        ask(EXTRACT, f"提取文字：{version.name}", by=version.uploaded_by, key=str(version.pk), version_id=version.pk)


def read(version: DocumentVersion) -> None:
    """Stores text and text layer of a version; doing it again changes nothing.

    A file that was accepted but gives no text counts as one without a text layer: it stays, with its warning.
    """
    has_layer = None
    content = ""
    if version.kind.has_text:
        try:
            with storage.open_blob(version.blob.digest) as blob:
                result = text.read(blob, version.kind)
            content, has_layer = result.text, result.has_text_layer
        except FileRefused:
            has_layer = False
    version.text, version.has_text_layer, version.read_at = content, has_layer, now()
    version.save(update_fields=["text", "has_text_layer", "read_at"])
