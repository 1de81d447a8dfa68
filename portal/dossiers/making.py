"""Asking for the folder of a file, and making it: a job, for it may hold hundreds of papers."""

from django.db import transaction

from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.context import acting
from portal.audit.record import record
from portal.documents import digests, storage
from portal.documents.models import Blob
from portal.documents.names import safe_name
from portal.dossiers.contents import entries_of
from portal.dossiers.dossier import has_dossier, missing, parts_of
from portal.dossiers.models import DossierExport
from portal.dossiers.writing import write_dossier
from portal.jobs.models import Job
from portal.jobs.queue import ask, job
from portal.moment import now, today
from portal.workflow.refusals import NotAuthorised, StepRefused
from portal.workflow.registry import workflows

EXPORT = "dossiers.export"
AUTHORITY = "casefiles.handle"
MADE = verbs.declare("dossiers.made", "生成归档包")
TAKEN = verbs.declare("dossiers.taken", "下载归档包")
CHUNK = 256 * 1024


@transaction.atomic
def ask_for_export(file, *, by) -> Job:
    """Have the folder of a file written out.

    :raises NotAuthorised: the person doesn't handle files there. :raises StepRefused: the kind has no checklist.
    """
    if not may(by, AUTHORITY, file.organisation):
        raise NotAuthorised("您没有办理这件事项归档的权限。")
    if not has_dossier(file.kind):
        raise StepRefused("这一类事项没有归档清单。")
    return ask(EXPORT, f"归档包：{file.title}"[:200], by=by, key=f"file:{file.pk}", workflow=file.kind, file_id=file.pk)


def newest_job(file) -> Job | None:
    """The last folder that was asked for, waiting, running or over."""
    return Job.objects.filter(kind=EXPORT, key=f"file:{file.pk}").order_by("-id").first()


def kept(stream) -> tuple[str, int]:
    """Keep what was written, and say under which digest and how long it is."""
    stream.flush()
    size = stream.tell()
    running = digests.new()
    stream.seek(0)
    while piece := stream.read(CHUNK):
        running.update(piece)
    storage.keep(stream, running.hexdigest())
    return running.hexdigest(), size


@job(EXPORT)
def make_export(taken, report, *, workflow: str, file_id: int) -> str:
    """Write the folder as the file stands, keep it, and record what it lacked."""
    file = workflows.model(workflow).objects.select_related("organisation", "handling_unit").get(pk=file_id)
    with acting(taken.asked_by):
        report(2, "正在核对归档清单")
        parts = parts_of(file)
        entries = entries_of(parts)
        with storage.incoming() as stream:
            write_dossier(file, parts, entries, stream, report)
            digest, size = kept(stream)
        with transaction.atomic():
            made = DossierExport.objects.create(
                file_id=file.pk,
                blob=Blob.objects.kept(digest, size, "application/zip"),
                name=safe_name(f"{file.number}_归档_{today():%Y%m%d}.zip"),
                pieces=len(entries),
                missing=missing(parts),
                made_by=taken.asked_by,
                made_at=now(),
            )
            record(
                MADE, by=taken.asked_by, file=file, summary=f"{made.pieces} 件，缺 {len(made.missing)} 项",
                payload={"digest": digest, "missing": made.missing},
            )  # fmt: skip
    return f"/staff/cases/{file.public_id}/dossier/"
