"""Which papers a step needs (应交材料), which are missing, and the index of a file (卷内目录)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.casefiles.reading import asked_once
from portal.documents.models import Document, DocumentVersion
from portal.documents.slots import PaperSlot, register_slots, slot_label

__all__ = [
    "IndexEntry", "PaperSlot", "file_index", "missing_papers", "newest_papers", "register_slots", "slot_label",
]  # fmt: skip


def missing_papers(file: Any, slots: Iterable[PaperSlot]) -> list[PaperSlot]:
    """The needed slots of this file in which no paper lies, in their order."""
    present = _slots_filled(file)
    return [slot for slot in slots if slot.needed and slot.code not in present and slot.applies(file)]


@asked_once
def _slots_filled(file: Any) -> set[str]:
    papers = Document.objects.in_force().filter(file_id=file.pk, versions__isnull=False)
    return set(papers.values_list("slot", flat=True))


def newest_papers(file: Any, places: dict[str, str]) -> dict[str, DocumentVersion]:
    """The papers of a file in their newest version, to be put into another file.

    :param places: slot code here → slot code there. Papers in other slots are left out.
    """
    found = (
        DocumentVersion.objects.filter(
            document__file_id=file.pk, document__slot__in=places, document__removed_at__isnull=True
        )
        .select_related("document", "blob")
        .order_by("uploaded_at", "pk")
    )
    newest: dict[str, DocumentVersion] = {}
    for version in found:
        # A paper set in both forms is passed on as the one that cannot be changed.
        slot = places[version.document.slot]
        if slot in newest and newest[slot].extension == "pdf" and version.extension != "pdf":
            continue
        newest[slot] = version
    return newest


@dataclass(frozen=True)
class IndexEntry:
    """A line of the file index: order, title, who is responsible, date, pages and first page, digest of the bytes.

    `pages` and `first_page` are None for a format that has no pages.
    """

    number: int
    title: str
    who: str
    at: datetime
    pages: int | None
    first_page: int | None
    digest: str
    version: DocumentVersion
    removed_because: str = ""


def file_index(file: Any, *, with_removed: bool = False) -> list[IndexEntry]:
    """The index of a file in the order in which its papers came, each by its newest version.

    DA/T 22-2015 (归档文件整理规则) 5.4: number, responsible person, title, date, pages. Withdrawn papers are left out
    unless asked for; they then carry the reason.
    """
    newest = (
        DocumentVersion.objects.filter(document__file_id=file.pk)
        .order_by("document_id", "-number")
        .distinct("document_id")
        .select_related("document", "blob", "uploaded_by")
        .defer("text")
    )
    if not with_removed:
        newest = newest.filter(document__removed_at__isnull=True)
    entries = []
    next_page = 1
    for number, version in enumerate(newest, start=1):
        entries.append(
            IndexEntry(
                number=number,
                title=version.document.label,
                who=version.uploaded_by.full_name if version.uploaded_by else "系统",
                at=version.uploaded_at,
                pages=version.page_count,
                first_page=next_page if version.page_count else None,
                digest=version.blob.digest,
                version=version,
                removed_because=version.document.removal_reason,
            )
        )
        next_page += version.page_count or 0
    return entries
