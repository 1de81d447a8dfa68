"""What the county finds in a filed document, from the first words typed to the last answer settled."""

from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.documents.models import DocumentVersion
from portal.moment import now
from portal.oversight.filing import FilingRefused
from portal.oversight.models import Filing, FilingFinding, FindingDraft, PaperSeen
from portal.oversight.workflow import Stage

FOUND = verbs.declare("filing.finding", "登记备案审查意见")
ANSWERED = verbs.declare("filing.answered", "答复备案审查意见")
SETTLED = verbs.declare("filing.settled", "审查意见销号")

DRAFT_FIELDS = ("clause", "fault", "problem", "basis", "suggestion")


def _locked(finding: FilingFinding) -> FilingFinding:
    """The filing's row too, so that no step passes between the look and the write."""
    Filing.objects.select_for_update(of=("self",)).get(pk=finding.filing_id)
    return (
        FilingFinding.objects.select_for_update(of=("self",)).select_related("filing__organisation").get(pk=finding.pk)
    )


@transaction.atomic
def add_finding(filing: Filing, *, by, **fields) -> FilingFinding:
    """The county writes down a problem; the writer's draft is done with.

    :raises FilingRefused: the filing is not under review.
    """
    filing = Filing.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=filing.pk)
    if filing.stage != Stage.REVIEWING:
        raise FilingRefused("只有在审查阶段才能登记审查意见。")
    last = filing.findings.aggregate(last=Max("number"))["last"] or 0
    finding = FilingFinding.objects.create(filing=filing, number=last + 1, found_by=by, **fields)
    FindingDraft.objects.filter(filing=filing, person=by).delete()
    record(FOUND, by=by, file=filing, summary=f"{finding.clause}：{finding.problem[:80]}")
    return finding


@transaction.atomic
def answer_finding(finding: FilingFinding, *, by, answer: str, answer_text: str) -> FilingFinding:
    """The town answers one finding. :raises FilingRefused: nothing to answer now, or no words."""
    finding = _locked(finding)
    if finding.filing.stage != Stage.CORRECTION or finding.settled_at is not None:
        raise FilingRefused("现在不需要答复这条审查意见。")
    if not answer_text.strip() or answer not in FilingFinding.Answer.values:
        raise FilingRefused("请选择整改结果，并说明如何整改或者不整改的理由。")
    finding.answer, finding.answer_text, finding.answered_at = answer, answer_text.strip(), now()
    finding.save(update_fields=["answer", "answer_text", "answered_at"])
    record(ANSWERED, by=by, file=finding.filing, summary=f"第 {finding.number} 条：{finding.get_answer_display()}")
    return finding


@transaction.atomic
def settle_finding(finding: FilingFinding, *, by, reason: str) -> FilingFinding:
    """The county takes a finding back, or regards it as settled (销号); it stays on the file with the reason.

    :raises FilingRefused: no reason, settled already, or decided already.
    """
    if not reason.strip():
        raise FilingRefused("请填写销号理由。")
    finding = _locked(finding)
    if finding.settled_at is not None:
        raise FilingRefused("这条审查意见已经销号。")
    if finding.filing.stage not in (Stage.REVIEWING, Stage.ANSWERED):
        raise FilingRefused("只有在审查和核查整改时才能销号。")
    finding.settled_at, finding.settled_reason = now(), reason.strip()[:300]
    finding.save(update_fields=["settled_at", "settled_reason"])
    record(SETTLED, by=by, file=finding.filing, summary=f"第 {finding.number} 条：{reason.strip()[:100]}")
    return finding


def save_draft(filing: Filing, *, by, **fields) -> FindingDraft | None:
    """Keep what the reviewer has typed so far; nothing typed and nothing kept gives ``None``.

    Text that is too long for its field is cut, since a draft refuses nothing.

    :raises FilingRefused: the filing is not under review.
    """
    if filing.stage != Stage.REVIEWING:
        raise FilingRefused("只有在审查阶段才能登记审查意见。")
    kept = {name: _fitted(name, fields.get(name, "")) for name in DRAFT_FIELDS}
    if kept["fault"] not in FilingFinding.Fault.values:
        kept["fault"] = ""
    draft = FindingDraft.objects.filter(filing=filing, person=by).first()
    if draft is None and not any(kept.values()):
        return None
    if draft is not None and all(getattr(draft, name) == value for name, value in kept.items()):
        return draft
    draft, _ = FindingDraft.objects.update_or_create(filing=filing, person=by, defaults={**kept, "saved_at": now()})
    return draft


def _fitted(name: str, value: str) -> str:
    longest = FindingDraft._meta.get_field(name).max_length
    return value.strip()[: longest or 20_000]


@transaction.atomic
def mark_seen(filing: Filing, *, by, documents) -> None:
    """Tick off exactly these papers (public ids) as read by this reviewer, each in its newest version."""
    newest = (
        DocumentVersion.objects.filter(document__file_id=filing.pk, document__removed_at__isnull=True)
        .order_by("document_id", "-number")
        .distinct("document_id")
    )
    wanted = {
        version.pk for version in newest.select_related("document") if str(version.document.public_id) in documents
    }
    PaperSeen.objects.filter(filing=filing, person=by).exclude(version__in=wanted).delete()
    PaperSeen.objects.bulk_create(
        [PaperSeen(filing=filing, version_id=pk, person=by, seen_at=now()) for pk in wanted], ignore_conflicts=True
    )
