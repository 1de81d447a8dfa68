"""Sealing the folder of a file (封存卷宗): complete or not at all, bound as one PDF, packed for whoever takes it over.

Law: 国令713 art. 33 (决策机关应当建立重大行政决策过程记录和材料归档制度，将履行决策程序形成的记录、材料及时完整归档);
档案法 arts. 13-14; DA/T 22-2015; DA/T 13-2022 (档号).
"""

from django.db import transaction

from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.context import acting
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.casefiles.numbering import allocate
from portal.documents import storage
from portal.documents.models import Blob
from portal.dossiers.binding import Cover, Volume, bind
from portal.dossiers.contents import contents_digest, entries_of
from portal.dossiers.dossier import Part, dossier_of, facts_of, has_dossier, missing, parts_of
from portal.dossiers.making import AUTHORITY, kept
from portal.dossiers.models import SealedDossier
from portal.dossiers.writing import write_dossier
from portal.jobs.models import Job
from portal.jobs.queue import ask, job
from portal.moment import now, today
from portal.workflow.refusals import NotAuthorised, StepRefused
from portal.workflow.registry import workflows

SEAL = "dossiers.seal"
SEALED = verbs.declare("dossiers.sealed", "封存卷宗")
SERIES = "dossiers"


class DossierIncomplete(StepRefused):
    """The folder lacks what it must hold; the message names it."""


def why_not(file, parts: list[Part] | None = None) -> str:
    """Why the folder can't be sealed now, in Chinese; empty when it can. ``parts``: its list, where it is at hand."""
    reason = dossier_of(file.kind).may_be_sealed(file)
    if reason:
        return reason
    lacking = missing(parts_of(file) if parts is None else parts)
    return f"还缺：{'、'.join(lacking)}。" if lacking else ""


@transaction.atomic
def ask_for_sealing(file, *, by) -> Job:
    """Have the folder bound and sealed.

    :raises NotAuthorised: the person doesn't handle files there.
    :raises DossierIncomplete: something is missing, or it is too early or too late. :raises StepRefused: no checklist.
    """
    if not may(by, AUTHORITY, file.organisation):
        raise NotAuthorised("您没有办理这件事项归档的权限。")
    if not has_dossier(file.kind):
        raise StepRefused("这一类事项没有归档清单。")
    reason = why_not(file)
    if reason:
        raise DossierIncomplete(f"卷宗不能封存。{reason}")
    label = f"封存卷宗：{file.title}"[:200]
    return ask(
        SEAL, label, by=by, key=f"file:{file.pk}", workflow=file.kind, file_id=file.pk,
        archive_number=_archive_number(file),
    )  # fmt: skip


def newest_sealing(file) -> Job | None:
    """The last sealing that was asked for, waiting, running or over."""
    return Job.objects.filter(kind=SEAL, key=f"file:{file.pk}").order_by("-id").first()


def newest_seal(file) -> SealedDossier | None:
    return SealedDossier.objects.filter(file_id=file.pk).order_by("-number").first()


@job(SEAL)
def seal_dossier(taken, report, *, workflow: str, file_id: int, archive_number: str) -> str:
    """Bind and pack the folder as it stands and keep both; done twice with nothing changed, it changes nothing."""
    file = workflows.model(workflow).objects.select_related("organisation", "handling_unit").get(pk=file_id)
    with acting(taken.asked_by):
        report(2, "正在核对归档清单")
        parts = parts_of(file)
        reason = why_not(file, parts)
        if reason:
            raise DossierIncomplete(reason)
        entries = entries_of(parts)
        digest = contents_digest(entries)
        before = newest_seal(file)
        if before is None or before.contents_digest != digest:
            volume = bind(_cover(file, archive_number, digest, taken.asked_by), entries, report)
            more = {"档号": archive_number, "保管期限": dossier_of(file.kind).retention, "卷内页数": str(volume.pages)}
            with storage.incoming() as stream:
                write_dossier(file, parts, entries, stream, report, volume.content, more)
                packet = kept(stream)
            report(96, "正在封存")
            _keep(file, by=taken.asked_by, archive_number=archive_number, digest=digest, volume=volume, packet=packet)
    return f"/staff/cases/{file.public_id}/dossier/#seal"


def _archive_number(file) -> str:
    """档号: 门类·年度-保管期限-件号 (DA/T 13-2022), counted through the year of the organisation.

    It is given when the sealing is asked for, so that the cover can bear it; a sealing that failed leaves it to the
    next one of the same file.
    """
    earlier = newest_sealing(file)
    if earlier is not None:
        return earlier.arguments["archive_number"]
    year = today().year
    return f"WS·{year}-{dossier_of(file.kind).mark}-{allocate(file.organisation, SERIES, year):04d}"


@transaction.atomic
def _keep(file, *, by, archive_number: str, digest: str, volume: Volume, packet: tuple[str, int]) -> SealedDossier:
    CaseFile.objects.select_for_update(no_key=True).only("pk").get(pk=file.pk)
    stored, running = _stored(volume.content)
    moment = now()
    sealed = SealedDossier.objects.create(
        file_id=file.pk, number=SealedDossier.objects.filter(file_id=file.pk).count() + 1,
        archive_number=archive_number, volume=stored, packet=Blob.objects.kept(*packet, "application/zip"),
        pieces=len(volume.lines), pages=volume.pages, index=[list(line.cells()) for line in volume.lines],
        contents_digest=digest, sealed_by=by, sealed_by_name=by.full_name, sealed_by_post=by.post_on(moment.date()),
        sealed_at=moment,
    )  # fmt: skip
    record(
        SEALED, by=by, file=file, summary=f"{archive_number}，{sealed.pieces} 件 {sealed.pages} 页",
        payload={"archive_number": archive_number, "contents": digest, "volume": running, "packet": packet[0]},
    )  # fmt: skip
    return sealed


def _stored(content: bytes) -> tuple[Blob, str]:
    with storage.incoming() as stream:
        stream.write(content)
        digest, size = kept(stream)
    return Blob.objects.kept(digest, size, "application/pdf"), digest


def _cover(file, archive_number: str, digest: str, by) -> Cover:
    facts = facts_of(file)
    kept_for = dossier_of(file.kind).retention
    return Cover(
        organisation=file.organisation.name,
        label=file.workflow.label,
        title=f"{file.title}（卷宗）",
        facts=(("档号", archive_number), *facts.items(), ("保管期限", kept_for), ("卷内材料摘要值", digest)),
        bound_by=f"{by.full_name}（{by.post_on(today())}）",
    )


def is_whole(sealed: SealedDossier) -> bool:
    """Whether volume and packet on disk still have the digests under which they were sealed."""
    return storage.is_intact(sealed.volume.digest) and storage.is_intact(sealed.packet.digest)
