"""The one door through which papers enter a file, and the one through which they leave its index."""

from collections.abc import Callable

from django.core.files import File
from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.documents import intake, reading, storage
from portal.documents.models import Blob, Document, DocumentVersion
from portal.documents.refusals import FileClosed, FileRefused
from portal.moment import now

ATTACHED = verbs.declare("document.attached", "提交材料")
REFUSED = verbs.declare("document.refused", "材料未接收")
REMOVED = verbs.declare("document.removed", "撤下材料")
DOWNLOADED = verbs.declare("document.downloaded", "下载材料")
VIEWED = verbs.declare("document.viewed", "查看材料")


def attach(
    file: CaseFile, slot: str, upload: File, by, title: str = "", *, first: Callable[[], None] | None = None
) -> DocumentVersion:
    """Takes a file into a slot of a case file and returns the version it became.

    Within a slot one title is one paper: handing in again gives its next version. The very same bytes as the newest
    version give that version back, so that a form sent twice changes nothing. The paper takes the disclosure
    attribute of its file. Small files are read at once, large ones by a job.

    `first` is called at the start of the transaction that writes, before anything is locked: what it raises refuses
    the paper. Papers that people hand in come through `portal.workflow.handing_in`, which asks the procedure there.

    Raises FileRefused (recorded in the audit) and FileClosed.
    """
    try:
        with intake.received(upload) as received:
            storage.keep(received.stream, received.digest)
            with transaction.atomic():
                if first is not None:
                    first()
                return _received_version(file, slot, title, received, by)
    except FileRefused as refusal:
        record(REFUSED, by=by, file=file, summary=refusal.reason, payload={"slot": slot, "code": refusal.code})
        raise


def _received_version(file: CaseFile, slot: str, title: str, received: intake.Received, by) -> DocumentVersion:
    name, page_count = received.name, received.findings.page_count
    said = reading.read_at_once(name, received.digest, received.size, page_count)
    document, newest = _locked_document(file, slot, title, by)
    blob = Blob.objects.kept(received.digest, received.size, received.kind.content_type)
    return _next_version(file, document, newest, blob, by, name=name, page_count=page_count, **said)


@transaction.atomic
def attach_version(file: CaseFile, slot: str, version: DocumentVersion, by, title: str = "") -> DocumentVersion:
    """Puts a version that lies in another file into this one, as when papers are filed upward (报送备案).

    The bytes are the same and stored once; the paper is one of this file, with versions and disclosure of its own.
    Raises FileClosed.
    """
    document, newest = _locked_document(file, slot, title or version.document.title, by)
    return _next_version(
        file,
        document,
        newest,
        version.blob,
        by,
        name=version.name,
        page_count=version.page_count,
        text=version.text,
        has_text_layer=version.has_text_layer,
        read_at=version.read_at,
    )


def _next_version(
    file: CaseFile, document: Document, newest: DocumentVersion | None, blob: Blob, by, **facts
) -> DocumentVersion:
    """The next version of a locked paper; the newest bytes once more change nothing, and give the newest version."""
    if newest and newest.blob_id == blob.pk:
        return newest
    number = (newest.number if newest else 0) + 1
    version = DocumentVersion.objects.create(
        document=document, number=number, blob=blob, uploaded_by=by, uploaded_at=now(), **facts
    )
    record(
        ATTACHED,
        by=by,
        file=file,
        summary=f"{document.label}：第 {version.number} 版",
        payload=_reference(version),
    )
    if version.read_at is None:
        reading.read_later(version)
    return version


def _locked_document(file: CaseFile, slot: str, title: str, by) -> tuple[Document, DocumentVersion | None]:
    """The paper of this title in its slot, and its newest version; locked, so that no two take one version number."""
    _refuse_when_closed(file)
    # The file is locked, so nobody else makes this paper meanwhile.
    named = {"file_id": file.pk, "slot": slot, "title": title.strip()}
    known = Document.objects.select_for_update().filter(**named, removed_at=None).first()
    if known is not None:
        return known, known.versions.order_by("-number").first()
    facts = {"disclosure": file.disclosure, "disclosure_reason": file.disclosure_reason, "created_by": by}
    return Document.objects.create(**named, **facts), None


def _refuse_when_closed(file: CaseFile) -> None:
    """The row is locked against closing until this transaction ends, then asked again: it may just have closed."""
    held = CaseFile.objects.select_for_update(no_key=True).only("closed_on").get(pk=file.pk)
    if held.closed_on is not None:
        raise FileClosed


def _reference(version: DocumentVersion) -> dict:
    """References and digests only: the audit keeps no name that may be a person's."""
    return {
        "document": str(version.document.public_id),
        "version": version.number,
        "digest": version.blob.digest,
        "size": version.blob.size,
    }


@transaction.atomic
def remove(document: Document, by, reason: str) -> None:
    """Withdraws a paper from its file with a reason; paper, versions and bytes stay.

    Raises ValueError without a reason or when it is withdrawn already, FileClosed.
    """
    if not reason.strip():
        raise ValueError("撤下材料应当填写理由。")
    _refuse_when_closed(document.file)
    held = Document.objects.select_for_update().get(pk=document.pk)
    if held.is_removed:
        raise ValueError("这份材料已经撤下。")
    held.removed_at, held.removed_by, held.removal_reason = now(), by, reason.strip()
    held.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    record(
        REMOVED,
        by=by,
        file=held.file,
        summary=f"{held.label}：{held.removal_reason}",
        payload={"document": str(held.public_id)},
    )


def note_download(version: DocumentVersion, by) -> None:
    """Records that a person took a copy of a paper."""
    record(
        DOWNLOADED,
        by=by,
        file=version.document.file,
        summary=f"{version.document.label}：第 {version.number} 版",
        payload=_reference(version),
    )


def note_view(version: DocumentVersion, by) -> None:
    """Records that a person looked at a paper on screen."""
    record(
        VIEWED,
        by=by,
        file=version.document.file,
        summary=f"{version.document.label}：第 {version.number} 版",
        payload=_reference(version),
    )
