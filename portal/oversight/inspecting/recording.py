"""Writing an inspection down, and the town's answers."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile, Disclosure
from portal.moment import now, today
from portal.oversight.inspecting.workflow import Stage
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing, InspectedDocument, Inspection, InspectionFinding
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

WRITTEN = verbs.declare("inspection.written", "修改检查记录")
FOUND = verbs.declare("inspection.found", "登记检查问题")
TAKEN_BACK = verbs.declare("inspection.taken_back", "撤回检查问题")
ANSWERED = verbs.declare("inspection.answered", "答复检查问题")


class InspectionRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


def documents_of(town):
    """Files of a town that the county knows from its filings and may name as looked at."""
    kinds = [kind.code for kind in filing_kinds.all() if kind.in_directory]
    filed = Filing.objects.filter(organisation=town, filing_kind__in=kinds, addressed_to_county_at__isnull=False)
    return CaseFile.objects.filter(pk__in=filed.values("subject")).order_by("-id")


@transaction.atomic
def open_inspection(
    *, by, town, kind: str, inspected_on, inspectors: str, scope_text: str = "", files: Iterable[CaseFile] = (),
    others: Iterable[str] = (),
) -> Inspection:  # fmt: skip
    """Start the record of one inspection of one town.

    :param files: files of the portal that were looked at. :param others: names of documents that are in none.
    :raises NotAuthorised: the person does not inspect that town. :raises InspectionRefused: the day lies ahead.
    """
    if inspected_on > today():
        raise InspectionRefused("检查日期不能晚于今天。")
    label = Inspection.Kind(kind).label
    inspection = open_file(
        Inspection, by=by, organisation=town, authority="oversight.inspect",
        title=f"{town.short_name}规范性文件工作{label}（{inspected_on:%Y-%m-%d}）",
        disclosure=Disclosure.ON_REQUEST, disclosure_reason="检查过程材料", addressed_to_county_at=now(),
        inspection_kind=kind, inspected_on=inspected_on, inspectors=inspectors.strip(), scope_text=scope_text.strip(),
    )  # fmt: skip
    look_at(inspection, by=by, files=files, others=others)
    return inspection


def _writable(inspection) -> Inspection:
    held = Inspection.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=inspection.pk)
    if not held.is_writable:
        raise InspectionRefused("检查意见已经下达或者检查已经办结，记录不能修改。")
    return held


@transaction.atomic
def look_at(inspection, *, by, files: Iterable[CaseFile] = (), others: Iterable[str] = ()) -> None:
    """Name further documents that were looked at; one already named stays once.

    :raises InspectionRefused: the opinion was issued.
    """
    held = _writable(inspection)
    rows = [InspectedDocument(inspection=held, file=file, title=file.title[:200]) for file in files]
    rows += [InspectedDocument(inspection=held, title=name.strip()[:200]) for name in others if name.strip()]
    InspectedDocument.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        record(WRITTEN, by=by, file=held, summary=f"所查文件 {len(rows)} 件")


@transaction.atomic
def write_summary(inspection, *, by, summary: str) -> None:
    """Keep the account of what was seen. :raises InspectionRefused: the opinion was issued."""
    held = _writable(inspection)
    held.summary = summary.strip()
    held.save(update_fields=["summary"])
    record(WRITTEN, by=by, file=held, summary=f"检查情况（{len(held.summary)} 字）")


@transaction.atomic
def add_finding(inspection, *, by, document: str, problem: str, basis: str, demand: str) -> InspectionFinding:
    """Write down a problem and what is asked of the town. :raises InspectionRefused: the opinion was issued."""
    held = _writable(inspection)
    last = held.findings.aggregate(last=Max("number"))["last"] or 0
    finding = InspectionFinding.objects.create(
        inspection=held, number=last + 1, document=document, problem=problem, basis=basis, demand=demand, found_by=by
    )
    record(FOUND, by=by, file=held, summary=f"{finding}：{problem[:80]}")
    return finding


@transaction.atomic
def take_back(finding: InspectionFinding, *, by) -> None:
    """Strike a problem from a record that has not been issued; its history keeps it.

    :raises InspectionRefused: the opinion was issued.
    """
    held = _writable(finding.inspection)
    record(TAKEN_BACK, by=by, file=held, summary=f"{finding}：{finding.problem[:80]}")
    finding.delete()


@transaction.atomic
def answer_finding(finding: InspectionFinding, *, by, answer: str) -> InspectionFinding:
    """The town says how it put one problem right. :raises InspectionRefused: nothing to answer now, or no words."""
    held = Inspection.objects.select_for_update(of=("self",)).get(pk=finding.inspection_id)
    if held.stage != Stage.RECTIFYING:
        raise InspectionRefused("现在不需要报告整改情况。")
    if not answer.strip():
        raise InspectionRefused("请写明整改情况。")
    finding.answer, finding.answered_at = answer.strip(), now()
    finding.save(update_fields=["answer", "answered_at"])
    record(ANSWERED, by=by, file=held, summary=f"{finding}：{finding.answer[:80]}")
    return finding
