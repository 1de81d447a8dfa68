"""Opening a filing for a file, and the county's findings on it."""

from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure, FileLink
from portal.documents.attach import attach_version
from portal.moment import now
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing, FilingFinding
from portal.oversight.workflow import Stage
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

FOUND = verbs.declare("filing.finding", "登记备案审查意见")
ANSWERED = verbs.declare("filing.answered", "答复备案审查意见")
SETTLED = verbs.declare("filing.settled", "审查意见销号")


class FilingRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


@transaction.atomic
def open_filing(subject, kind_code: str, *, by) -> Filing:
    """Start filing a file upward, with the papers already at hand taken over by reference.

    Asked again, it gives the filing that is already there (filed once, not twice).
    """
    kind = filing_kinds[kind_code]
    known = Filing.objects.filter(subject_id=subject.pk, filing_kind=kind_code).exclude(stage=Stage.WITHDRAWN).first()
    if known is not None:
        return known
    filing = open_file(
        Filing, by=by, organisation=subject.organisation, title=f"{kind.label}：{subject.title}"[:200],
        disclosure=Disclosure.ON_REQUEST, disclosure_reason="报备过程材料，备案结果另行公开",
        filing_kind=kind_code, subject_id=subject.pk, recipient=subject.organisation.county(),
    )  # fmt: skip
    FileLink.objects.create(source_id=filing.pk, target_id=subject.pk, kind=FileLink.Kind.REPORTS)
    if kind.collect is not None:
        for slot, version in kind.collect(subject, by).items():
            attach_version(filing, slot, version, by=by)
    return filing


@transaction.atomic
def add_finding(filing: Filing, *, by, **fields) -> FilingFinding:
    """The county writes down a problem. :raises FilingRefused: not under review."""
    filing = Filing.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=filing.pk)
    if filing.stage != Stage.REVIEWING:
        raise FilingRefused("只有在审查阶段才能登记审查意见。")
    last = filing.findings.aggregate(last=Max("number"))["last"] or 0
    finding = FilingFinding.objects.create(filing=filing, number=last + 1, found_by=by, **fields)
    record(FOUND, by=by, file=filing, summary=f"{finding.clause}：{finding.problem[:80]}")
    return finding


@transaction.atomic
def answer_finding(finding: FilingFinding, *, by, answer: str, answer_text: str) -> FilingFinding:
    """The town answers one finding. :raises FilingRefused: nothing to answer now, or no words."""
    finding = FilingFinding.objects.select_for_update(of=("self",)).select_related("filing__organisation").get(pk=finding.pk)
    if finding.filing.stage != Stage.CORRECTION:
        raise FilingRefused("现在不需要答复审查意见。")
    if not answer_text.strip():
        raise FilingRefused("请说明如何整改或者不整改的理由。")
    finding.answer, finding.answer_text, finding.answered_at = answer, answer_text.strip(), now()
    finding.save(update_fields=["answer", "answer_text", "answered_at"])
    record(ANSWERED, by=by, file=finding.filing, summary=f"第 {finding.number} 条：{finding.get_answer_display()}")
    return finding


@transaction.atomic
def settle_finding(finding: FilingFinding, *, by, reason: str) -> FilingFinding:
    """The county takes a finding back or regards it as settled before deciding (销号)."""
    if not reason.strip():
        raise FilingRefused("请填写销号理由。")
    finding = FilingFinding.objects.select_for_update(of=("self",)).select_related("filing__organisation").get(pk=finding.pk)
    finding.settled_at = now()
    finding.save(update_fields=["settled_at"])
    record(SETTLED, by=by, file=finding.filing, summary=f"第 {finding.number} 条：{reason[:100]}")
    return finding
