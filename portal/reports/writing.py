"""Starting a report, bringing its figures up to date, and writing its chapters."""

import hashlib
from datetime import date

from django.db import IntegrityError, transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure
from portal.deadlines import clocks
from portal.indicators.registry import indicators
from portal.indicators.snapshots import snapshots, still_holds
from portal.jobs.models import Job
from portal.jobs.queue import retry
from portal.moment import now, today
from portal.organisations import policy
from portal.reports.effects import ask_for_paper
from portal.reports.models import STREET_OFFICES_PUBLISH, AnnualReport, ReportFigure, ReportSection
from portal.reports.outline import OUTLINE, composed, outline_codes
from portal.reports.workflow import PUBLISH, REPORT_UP
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

REFRESHED = verbs.declare("report.refreshed", "更新年度报告数据")
WRITTEN = verbs.declare("report.written", "修改年度报告文字")
PAPER_ASKED = verbs.declare("report.paper_asked", "生成年度报告文本")
FIRST_YEAR = 2015


class ReportRefused(StepRefused):
    """The report can't be started or changed now; the message says why, in Chinese."""


def title_of(organisation, year: int) -> str:
    return f"{organisation.name}{year}年度法治政府建设年度报告"


def report_of(organisation, year: int) -> AnnualReport | None:
    """The one report of an organisation on a year."""
    return AnnualReport.objects.filter(town=organisation, year=year).first()


@transaction.atomic
def start_report(*, by, organisation, year: int) -> AnnualReport:
    """Open the report on a year that has ended, with every figure and the sentences made of them.

    Its limits fall on days of the following year: reported up by the last of February, published by 31 March.

    :raises ReportRefused: there is one already, or the year has not ended. :raises NotAuthorised: no such power there.
    """
    if not FIRST_YEAR <= year < today().year:
        raise ReportRefused(f"只能编制 {FIRST_YEAR} 年以来已经结束的年度的报告。")
    if report_of(organisation, year) is not None:
        raise ReportRefused(f"{organisation.name}{year}年度的报告已经立卷。")
    try:
        with transaction.atomic():
            report = open_file(
                AnnualReport, by=by, organisation=organisation, title=title_of(organisation, year),
                disclosure=Disclosure.PROACTIVE, town=organisation, year=year,
            )  # fmt: skip
    except IntegrityError as taken:
        raise ReportRefused(f"{organisation.name}{year}年度的报告刚刚由他人立卷。") from taken
    ReportSection.objects.bulk_create(
        ReportSection(report=report, code=one.code, position=position, title=one.title)
        for position, one in enumerate(OUTLINE)
    )
    _bring_up_to_date(report)
    new_year = date(year + 1, 1, 1)
    clocks.start_clock(report, REPORT_UP, new_year, by=by)
    if organisation.is_government or policy.value(STREET_OFFICES_PUBLISH.code, organisation, today()):
        clocks.start_clock(report, PUBLISH, new_year, by=by)
    report.work_items.filter(closed_at__isnull=True).update(deadline=report.next_deadline())
    return report


def _writable(report) -> AnnualReport:
    report = (
        AnnualReport.objects.select_for_update(of=("self",)).select_related("organisation", "town").get(pk=report.pk)
    )
    if not report.is_writable:
        raise ReportRefused("报告已送审定或者已经审定，不能修改；需要修改的，由主要负责人退回。")
    return report


@transaction.atomic
def refresh(report, *, by) -> list[str]:
    """Take the figures from the records as they are now, and put them into the text; codes of those that changed.

    :raises ReportRefused: the report is no longer being drafted.
    """
    report = _writable(report)
    changed = _bring_up_to_date(report)
    names = "、".join(indicators[code].label for code in changed) or "没有变化"
    record(REFRESHED, by=by, file=report, summary=f"更新数据：{names}")
    return changed


def _bring_up_to_date(report) -> list[str]:
    scope = report.scope
    kept = report.snapshots()
    now_figures = {code: indicators[code].compute(scope) for code in outline_codes()}
    changed = [code for code, figure in now_figures.items() if code not in kept or not still_holds(kept[code], figure)]
    values = snapshots((code, scope, now_figures[code]) for code in changed)
    ReportFigure.objects.bulk_create(
        [ReportFigure(report=report, code=value.code, value=value) for value in values],
        update_conflicts=True,
        unique_fields=["report", "code"],
        update_fields=["value"],
    )
    report.figures.exclude(code__in=now_figures).delete()
    for section in report.sections.all():
        _rewrite(section, now_figures)
    return changed


def _rewrite(section: ReportSection, figures) -> None:
    """New sentences take the place of the old ones; where a writer reworded them, the chapter asks to be checked."""
    one = next((one for one in OUTLINE if one.code == section.code), None)
    sentences = composed(one, figures) if one else ""
    if sentences == section.composed:
        return
    if section.composed and section.composed in section.text:
        section.text = section.text.replace(section.composed, sentences, 1)
    elif not section.text.strip():
        section.text = sentences
    else:
        section.needs_check = True
    section.composed = sentences
    section.save(update_fields=["text", "composed", "needs_check"])


def digest_of(section: ReportSection) -> str:
    """What a writer saw, to notice that somebody else changed it meanwhile."""
    return hashlib.sha256(section.text.encode()).hexdigest()[:16]


@transaction.atomic
def write(section: ReportSection, *, by, text: str, seen: str) -> ReportSection:
    """Keep a chapter's text.

    :param seen: :func:`digest_of` the chapter as the writer saw it.
    :raises ReportRefused: no longer being drafted, or changed by somebody else meanwhile.
    """
    report = _writable(section.report)
    section = ReportSection.objects.select_for_update().get(pk=section.pk)
    if digest_of(section) != seen:
        raise ReportRefused("这一部分刚刚由他人修改。请复制您的文字，刷新后对照修改。")
    section.text, section.needs_check = text.strip(), False
    section.edited_by, section.edited_at = by, now()
    section.save(update_fields=["text", "needs_check", "edited_by", "edited_at"])
    record(WRITTEN, by=by, file=report, summary=f"{section.title}（{len(section.text)} 字）")
    return section


@transaction.atomic
def ask_paper(report, *, by) -> Job:
    """Have PDF and Word made; what failed is tried again.

    :raises ReportRefused: the file is closed.
    """
    if report.is_closed:
        raise ReportRefused("报告已经公开，文本不再重新生成。")
    last = newest_job(report)
    if last is not None and last.state == Job.State.FAILED:
        retry(last)
        record(PAPER_ASKED, by=by, file=report, summary="重试")
        return last
    asked = ask_for_paper(report, by)
    record(PAPER_ASKED, by=by, file=report, summary="审定文本" if report.is_frozen else "草稿")
    return asked


def newest_job(report) -> Job | None:
    """The last job that made or makes the papers of this report, in the state it is in now (draft or approved)."""
    state = "frozen" if report.frozen_at else "draft"
    return Job.objects.filter(kind="reports.paper", key=f"report:{report.pk}:{state}").order_by("-id").first()
