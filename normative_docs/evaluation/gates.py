"""What an evaluation needs before it may move on."""

from normative_docs.evaluation.vocabulary import EvaluationKind, Method, Outcome
from portal.consultation import standing as consultation
from portal.documents.slots import PaperSlot, register_slots
from portal.evaluations.writing import not_written
from portal.oversight.filing import standing_filing
from portal.publishing import standing as publishing
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started
from portal.workflow.papers_on_file import papers_on_file

BASIS = "苏府〔2015〕12号 第十一条（地方示例）"
FILING = "nd_evaluation"


def asks_the_public(evaluation) -> bool:
    """Whether the plan has a questionnaire on the public site."""
    return Method.QUESTIONNAIRE in evaluation.methods


def _is_post(evaluation) -> bool:
    return evaluation.evaluation_kind == EvaluationKind.POST


PLAN = PaperSlot("ev_plan", "评估方案", BASIS, needed=False)
RESULTS = PaperSlot("ev_results", "问卷调查结果", BASIS, applies=asks_the_public)
MATERIAL = PaperSlot("ev_material", "座谈、走访和数据材料", BASIS, needed=False)
REPORT = PaperSlot("ev_report", "评估报告", BASIS, by_system=True)
# Apart from the report, which goes before the public: there the same paper would stand twice.
REPORT_DOCX = PaperSlot("ev_report_docx", "评估报告（可编辑）", "", needed=False, by_system=True)
PAPERS = register_slots(PLAN, RESULTS, MATERIAL, REPORT, REPORT_DOCX)


def _plan(evaluation) -> Standing:
    missing = [
        label
        for label, value in (
            ("评估方法", evaluation.methods),
            ("评估人员", evaluation.team),
            ("调查对象", evaluation.respondents),
            ("完成日期", evaluation.finish_by),
        )
        if not value
    ]
    if not missing:
        return met(f"{evaluation.method_words}，{evaluation.finish_by:%Y-%m-%d} 前完成")
    return in_progress("未填写：" + "、".join(missing)) if len(missing) < 4 else not_started("尚未填写")


def _findings(evaluation) -> Standing:
    missing = not_written(evaluation)
    if not missing:
        return met("各方面评估意见均已填写")
    kind = in_progress if len(missing) < len(evaluation.ASPECTS) else not_started
    return kind("未填写：" + "、".join(missing))


def _report(evaluation) -> Standing:
    return met("评估报告已入卷") if evaluation.report_id else not_started("审定后由系统生成评估报告")


def _filed(evaluation) -> Standing:
    filing = standing_filing(evaluation, FILING)
    if filing is None:
        return not_started("尚未建立报备事项")
    if filing.submitted_on is None:
        return in_progress(f"报备事项 {filing.number}：{filing.stage_label}")
    return met(f"{filing.submitted_on:%Y-%m-%d} 报送备案")


def _published(evaluation) -> Standing:
    if evaluation.published_on is None:
        return not_started("评估报告尚未公开")
    return met(f"{evaluation.published_on:%Y-%m-%d} 公开")


def _carried_out(evaluation) -> Standing:
    if not evaluation.is_carried_out:
        return not_started(f"结论为“{evaluation.get_outcome_display()}”，尚未落实")
    return met(evaluation.improvement or f"已立卷：《{evaluation.follow_up.title}》")


PLAN_COMPLETE = Gate(
    code="plan_complete",
    label="评估方案已填写",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_plan,
    remedy="evaluation:plan",
)
QUESTIONNAIRE_OVER = Gate(
    code="questionnaire_over",
    label="问卷已截止",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=consultation.questionnaire_over,
    applies=asks_the_public,
    not_needed="方案没有安排网上问卷",
    remedy="evaluations:questionnaire",
)
RESULTS_ON_FILE = Gate(
    code="results_on_file",
    label="问卷调查结果已入卷",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=lambda evaluation: papers_on_file(evaluation, (RESULTS,)),
    applies=asks_the_public,
    not_needed="方案没有安排网上问卷",
    remedy="inside:case#questionnaire",
)
FINDINGS_WRITTEN = Gate(
    code="evaluation_findings_written",
    label="评估意见逐项填写",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_findings,
    remedy="evaluations:findings",
)
REPORT_MADE = Gate(
    code="evaluation_report_made",
    label="评估报告已生成入卷",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_report,
    remedy="inside:case#report",
)
REVIEWED_FOR_PUBLIC = Gate(
    code="evaluation_reviewed_for_public",
    label="公开前的保密和个人信息审查已完成",
    basis="政府信息公开条例 第十四条、第十五条、第十七条",
    standing=publishing.copy_reviewed,
    remedy="publishing:staff-review",
)
REPORT_FILED = Gate(
    code="evaluation_report_filed",
    label="评估报告已报县级法制机构备案",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_filed,
    applies=_is_post,
    not_needed="到期前评估报告随延续的文件一并报送",
    remedy="inside:case#report",
)
REPORT_PUBLISHED = Gate(
    code="evaluation_report_published",
    label="评估报告已向社会公开",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_published,
    applies=_is_post,
    not_needed="到期前评估报告不单独公开",
    remedy="publishing:staff-review",
)
CARRIED_OUT = Gate(
    code="evaluation_carried_out",
    label="评估结论已落实",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_carried_out,
    applies=lambda evaluation: evaluation.outcome != Outcome.KEEP,
    not_needed="结论为继续有效",
    remedy="inside:case#report",
)
