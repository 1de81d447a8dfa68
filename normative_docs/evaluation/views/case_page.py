"""What an evaluation adds to the case page, and its register."""

from django.urls import reverse

from normative_docs.evaluation.filters import EvaluationFilter
from normative_docs.evaluation.gates import FILING, PAPERS, REPORT
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.workflow import WORKFLOW, Stage
from portal.evaluations.sections import FINDINGS, QUESTIONNAIRE, may_work_on
from portal.evaluations.setting import job_of
from portal.oversight.filing import standing_filing
from portal.publishing.pages import document_url
from portal.publishing.register import publication_of
from portal.web.inside import case_page
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.inside.worklist import Start, starts
from portal.web.tables import Cell


def _day(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def facts(evaluation):
    plan = reverse("evaluation:plan", args=[evaluation.public_id]) if evaluation.is_planned else ""
    document = evaluation.document
    rows = [
        {"key": "评估对象", "value": f"《{document.title}》{document.document_number}", "wide": True},
        {"key": "评估种类", "value": evaluation.get_evaluation_kind_display()},
        {"key": "公布日期", "value": _day(document.published_on), "is_number": True},
        {"key": "评估方法", "value": evaluation.method_words, "change_url": f"{plan}#id_methods" if plan else ""},
        {"key": "评估人员", "value": evaluation.team, "change_url": f"{plan}#id_team" if plan else ""},
        {"key": "调查对象", "value": evaluation.respondents, "change_url": f"{plan}#id_respondents" if plan else ""},
        {
            "key": "完成日期", "value": _day(evaluation.finish_by), "is_number": True,
            "change_url": f"{plan}#id_finish_by" if plan else "",
        },
    ]  # fmt: skip
    if evaluation.outcome:
        rows += [
            {"key": "评估结论", "value": f"{evaluation.get_outcome_display()}　{_day(evaluation.decided_on)}"},
            {"key": "结论的理由", "value": evaluation.outcome_reason, "wide": True},
        ]
    return rows


def edit_url(evaluation, person):
    if not evaluation.is_planned or not may_work_on(evaluation, person):
        return ""
    return reverse("evaluation:plan", args=[evaluation.public_id])


def tags(evaluation):
    return [{"text": evaluation.get_outcome_display(), "kind": ""}] if evaluation.outcome else []


def report(evaluation, person):
    if not evaluation.outcome:
        return None
    filing = standing_filing(evaluation, FILING)
    publication = publication_of(evaluation)
    rows = [
        {"label": "评估报告", "text": "已生成入卷" if evaluation.report_id else "正在生成", "url": ""},
        {
            "label": "报备",
            "text": f"{filing.number}　{filing.stage_label}" if filing else "尚未建立报备事项",
            "url": case_url(filing) if filing else "",
        },
        {
            "label": "公开",
            "text": publication.public_number if publication else "尚未公开",
            "url": document_url(publication) if publication else "",
        },
    ]
    if not evaluation.is_post:
        rows = rows[:1]
    if evaluation.follow_up_id:
        rows.append(
            {"label": "落实", "text": f"《{evaluation.follow_up.title}》", "url": case_url(evaluation.follow_up)}
        )
    elif evaluation.improvement:
        rows.append({"label": "落实", "text": evaluation.improvement, "url": ""})
    return {
        "rows": rows,
        "job": job_of(evaluation, REPORT.code),
        "poll_url": reverse("evaluations:paper", args=[evaluation.public_id, REPORT.code]),
        "may_ask": may_work_on(evaluation, person) and evaluation.report_id is None,
    }


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        tags=tags,
        edit_url=edit_url,
        slots=lambda evaluation: PAPERS,
        sections=(
            QUESTIONNAIRE,
            FINDINGS,
            case_page.Section("normative_docs/evaluation/part_report.html", report, anchor="report"),
        ),
    )
)


def _rows(person):
    return Evaluation.objects.visible_to(person).select_related("organisation", "document")


REGISTER = register(
    Register(
        code="evaluations",
        label="规范性文件评估台账",
        rows=_rows,
        filterset=EvaluationFilter,
        columns=(
            RegisterColumn(
                "title", "评估对象", lambda e: e.document.title,
                lambda e: Cell(
                    e.document.title, kind="title", url=case_url(e), sub=e.document.document_number or e.number
                ),
                kind="title", order="title",
            ),
            RegisterColumn("kind", "评估种类", lambda e: e.get_evaluation_kind_display(), kind="nowrap"),
            RegisterColumn("stage", "环节", lambda e: e.stage_label, lambda e: Cell(tag=e.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "单位", lambda e: e.organisation.short_name, kind="nowrap"),
            RegisterColumn("methods", "评估方法", lambda e: e.method_words, shown=False),
            RegisterColumn("finish_by", "完成日期", lambda e: e.finish_by, kind="date"),
            RegisterColumn("outcome", "结论", lambda e: e.get_outcome_display(), kind="nowrap"),
            RegisterColumn("decided_on", "审定日期", lambda e: e.decided_on, kind="date"),
            RegisterColumn("published_on", "公开日期", lambda e: e.published_on, kind="date"),
            RegisterColumn("opened_on", "立卷日期", lambda e: e.opened_on, kind="date", order="opened_on", shown=False),
            RegisterColumn("number", "案卷号", lambda e: e.number, kind="no", shown=False),
        ),
        presets=tuple((one.label, f"stage={one.value}") for one in (Stage.STUDY, Stage.FOLLOW_UP, Stage.FINISHED)),
        empty_text="规范性文件后评估和到期前评估。",
        new_url="evaluation:due",
        new_label="查看到期清单",
    )
)  # fmt: skip

starts.append(
    Start(
        "规范性文件评估",
        "从到期清单选择文件：公布满二年、直接涉及切身利益的重要文件作后评估；有效期届满前六个月内作到期前评估。",
        "evaluation:due",
        "normative_docs.evaluate",
    )
)
