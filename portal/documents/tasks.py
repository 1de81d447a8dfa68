"""Work of this room that outlives a request, and its daily rounds."""

from celery import shared_task

from portal.documents import reading, storage
from portal.documents.models import Blob, DocumentVersion
from portal.jobs.queue import job


def extract(version_id: int) -> None:
    """Reads the text of the version with that row id."""
    reading.read(DocumentVersion.objects.select_related("blob").get(pk=version_id))


@job(reading.EXTRACT)
def _extract(running, report, version_id: int) -> None:
    report(10, "正在提取文字")
    extract(version_id)


@shared_task(name="portal.documents.sweep_blobs")
def sweep_blobs() -> int:
    """Removes bytes that a crash left without a row, once they are a day old; returns how many."""
    return storage.sweep(lambda name: Blob.objects.filter(digest=name).exists())


@shared_task(name="portal.documents.verify_blobs")
def verify_blobs() -> list[str]:
    """Digests of papers whose bytes on disk are missing or altered; empty when all is well."""
    used = DocumentVersion.objects.order_by().values_list("blob__digest", flat=True).distinct()
    return [digest for digest in used.iterator() if not storage.is_intact(digest)]
