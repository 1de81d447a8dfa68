"""A folder sealed without the worker's pages, where a test asks for the seal and not for what it looks like."""

from portal.documents.models import Blob
from portal.dossiers.contents import contents_digest, entries_of
from portal.dossiers.dossier import parts_of
from portal.dossiers.models import SealedDossier
from portal.moment import now


def sealed_by_hand(file, by) -> SealedDossier:
    """The row that the worker writes for the folder as it stands; its volume is some stored paper."""
    blob = Blob.objects.latest("pk")
    return SealedDossier.objects.create(
        file_id=file.pk, number=1, archive_number="WS·2026-Y-0001", volume=blob, packet=blob, pieces=1, pages=1,
        contents_digest=contents_digest(entries_of(parts_of(file))), sealed_by=by, sealed_by_name=by.full_name,
        sealed_at=now(),
    )  # fmt: skip
