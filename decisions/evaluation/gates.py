"""What an evaluation of a decision needs before it may move on."""

from decisions.evaluation.independence import conflict
from decisions.evaluation.vocabulary import TO_TAKE_PART, EvaluatorKind, Method, Outcome
from portal.casefiles.models import Disclosure
from portal.consultation import standing as consultation
from portal.documents.slots import PaperSlot, register_slots
from portal.evaluations.writing import not_written
from portal.meetings import standing as meetings
from portal.meetings.models import DeliberationItem
from portal.moment import today
from portal.publishing import standing as publishing
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started
from portal.workflow.papers_on_file import papers_on_file

LAW = "国令713 第三十六条"
LOCAL = "苏府〔2015〕12号 第十三条（地方示例）"


def asks_the_public(evaluation) -> bool:
    """Whether the plan has a questionnaire on the public site; a decision that is lawfully secret has none."""
    return Method.QUESTIONNAIRE in evaluation.methods and is_public(evaluation)


def is_public(evaluation) -> bool:
    """An evaluation is as public as its decision."""
    return evaluation.disclosure == Disclosure.PROACTIVE


def by_third_party(evaluation) -> bool:
    return evaluation.evaluator_kind == EvaluatorKind.THIRD_PARTY


PLAN = PaperSlot("de_plan", "评估方案", LAW, needed=False)
CONTRACT = PaperSlot("de_contract", "委托评估合同", f"{LAW}第二款", applies=by_third_party)
MATERIAL = PaperSlot("de_material", "座谈、走访和绩效数据材料", LAW, needed=False)
RESULTS = PaperSlot("de_results", "问卷调查结果", f"{LAW}第三款", applies=asks_the_public)
THIRD_PARTY_REPORT = PaperSlot("de_third_party", "第三方评估报告", f"{LAW}第二款", applies=by_third_party)
REPORT = PaperSlot("de_report", "决策后评估报告", LAW, by_system=True)
REPORT_DOCX = PaperSlot("de_report_docx", "决策后评估报告（可编辑）", "", needed=False, by_system=True)
CONCLUSION = PaperSlot("de_conclusion", "决策后评估结论", f"{LAW}第四款", by_system=True)
CONCLUSION_DOCX = PaperSlot("de_conclusion_docx", "决策后评估结论（可编辑）", "", needed=False, by_system=True)
PAPERS = register_slots(
    PLAN, CONTRACT, MATERIAL, RESULTS, THIRD_PARTY_REPORT, REPORT, REPORT_DOCX, CONCLUSION, CONCLUSION_DOCX
)


def _plan(evaluation) -> Standing:
    values = (
        ("评估范围", evaluation.scope), ("评估单位", evaluation.evaluator), ("评估方法", evaluation.methods),
        ("参与评估的代表和组织", evaluation.participants), ("完成日期", evaluation.finish_by),
    )  # fmt: skip
    missing = [label for label, value in values if not value]
    if not missing:
        return met(f"{evaluation.plan_words}，{evaluation.finish_by:%Y-%m-%d} 前完成")
    return in_progress("未填写：" + "、".join(missing)) if len(missing) < len(values) else not_started("尚未填写")


def _independent(evaluation) -> Standing:
    why = conflict(evaluation.decision, evaluation.evaluator)
    return in_progress(why) if why else met(f"{evaluation.evaluator}没有承担过本决策作出前的论证评估")


def _opinions(evaluation) -> Standing:
    heard = list(evaluation.opinions.all())
    named = [opinion for opinion in heard if opinion.voice in TO_TAKE_PART]
    if not named:
        words = "人大代表、政协委员、人民团体、基层组织、社会组织的意见"
        return in_progress(f"已登记 {len(heard)} 条，没有{words}") if heard else not_started(f"尚未登记{words}")
    return met(f"已登记 {len(heard)} 条意见，其中代表、委员和组织 {len(named)} 条")


def _findings(evaluation) -> Standing:
    missing = not_written(evaluation)
    if not missing:
        return met("各方面评估意见均已填写")
    kind = in_progress if len(missing) < len(evaluation.ASPECTS) else not_started
    return kind("未填写：" + "、".join(missing))


def _report(evaluation) -> Standing:
    return met("评估报告已入卷") if evaluation.report_id else not_started("提交评估意见后由系统生成评估报告")


def _conclusion(evaluation) -> Standing:
    return met("评估结论已入卷") if evaluation.conclusion_id else not_started("作出结论后由系统生成")


def _published(evaluation) -> Standing:
    if evaluation.published_on is None:
        return not_started("评估结果尚未公开")
    return met(f"{evaluation.published_on:%Y-%m-%d} 公开")


def _carried_out(evaluation) -> Standing:
    if not evaluation.is_carried_out:
        return not_started(f"结论为“{evaluation.get_outcome_display()}”，尚未办理")
    if evaluation.follow_up_id:
        return met(f"已立项：{evaluation.follow_up.title}")
    return met(f"{evaluation.stopped_on:%Y-%m-%d} 停止实施")


def _corrected(evaluation) -> Standing:
    corrections = list(evaluation.corrections.all())
    if not corrections:
        return met("没有需要纠偏的事项")
    left = [correction for correction in corrections if correction.done_on is None]
    if left:
        late = sum(correction.due_on < today() for correction in left)
        return in_progress(
            f"{len(corrections)} 项纠偏措施，还有 {len(left)} 项没有完成" + (f"，{late} 项逾期" if late else "")
        )
    return met(f"{len(corrections)} 项纠偏措施均已完成")


def _gate(code: str, label: str, standing, *, article: str = "", remedy: str, **more) -> Gate:
    """A gate of the regulation: it binds a town by reference (art. 42), a street only by the local rule."""
    return Gate(
        code=code, label=label, basis=f"{LAW}{article}", binding=Binding.REFERENCE, standing=standing, remedy=remedy,
        binding_for=lambda evaluation: evaluation.decision.binding, **more,
    )  # fmt: skip


_BY_THIRD_PARTY = {"applies": by_third_party, "not_needed": "由决策机关自行评估"}
_ASKED = {"applies": asks_the_public, "not_needed": "方案没有安排网上问卷"}
_PUBLIC = {"applies": is_public, "not_needed": "决策依法不予公开，评估结果不公开"}

PLAN_COMPLETE = _gate(
    "decision_evaluation_planned", "评估方案已填写", _plan, article="第一款", remedy="decision_evaluation:plan"
)
EVALUATOR_INDEPENDENT = _gate(
    "evaluator_independent", "第三方没有承担过决策前的主要论证评估", _independent, article="第二款",
    remedy="decision_evaluation:plan#id_evaluator", **_BY_THIRD_PARTY,
)  # fmt: skip
CONTRACT_ON_FILE = _gate(
    "evaluation_contract_on_file", "委托评估合同入卷", lambda evaluation: papers_on_file(evaluation, (CONTRACT,)),
    article="第二款", remedy="inside:papers#de_contract", **_BY_THIRD_PARTY,
)  # fmt: skip
QUESTIONNAIRE_OVER = _gate(
    "questionnaire_over", "问卷已截止", consultation.questionnaire_over, article="第三款",
    remedy="evaluations:questionnaire", **_ASKED,
)  # fmt: skip
RESULTS_ON_FILE = _gate(
    "results_on_file", "问卷调查结果已入卷", lambda evaluation: papers_on_file(evaluation, (RESULTS,)),
    article="第三款", remedy="inside:case#questionnaire", **_ASKED,
)  # fmt: skip
OPINIONS_HEARD = _gate(
    "evaluation_opinions_heard", "已听取代表、委员和有关组织的意见", _opinions, article="第三款",
    remedy="decision_evaluation:opinion",
)  # fmt: skip
THIRD_PARTY_REPORTED = _gate(
    "third_party_report_on_file", "第三方评估报告入卷",
    lambda evaluation: papers_on_file(evaluation, (THIRD_PARTY_REPORT,)), article="第二款",
    remedy="inside:papers#de_third_party", **_BY_THIRD_PARTY,
)  # fmt: skip
FINDINGS_WRITTEN = _gate(
    "evaluation_findings_written", "评估意见逐项填写", _findings, remedy="evaluations:findings"
)  # fmt: skip
REPORT_MADE = _gate(
    "evaluation_report_made", "评估报告已生成入卷", _report, remedy="inside:case#report"
)  # fmt: skip
DELIBERATED = Gate(
    code="evaluation_deliberated",
    label="评估结论已经集体讨论",
    basis=f"{LOCAL}；国令713 第三十条",
    binding=Binding.LOCAL,
    standing=meetings.passed,
    remedy="meetings:staff-deliberation",
)
SENT_BACK = Gate(
    code="evaluation_sent_back",
    label="会议要求补充评估",
    basis=LOCAL,
    binding=Binding.LOCAL,
    standing=lambda evaluation: meetings.decided(
        evaluation, DeliberationItem.Result.AMENDED, DeliberationItem.Result.DEFERRED, DeliberationItem.Result.REJECTED
    ),
    remedy="meetings:staff-deliberation",
)
CONCLUSION_MADE = _gate(
    "evaluation_conclusion_made", "评估结论已生成入卷", _conclusion, article="第四款", remedy="inside:case#report"
)
REVIEWED_FOR_PUBLIC = Gate(
    code="evaluation_reviewed_for_public",
    label="公开前的保密和个人信息审查已完成",
    basis="政府信息公开条例 第十四条、第十五条、第十七条",
    standing=publishing.copy_reviewed,
    remedy="publishing:staff-review",
)
RESULT_PUBLISHED = Gate(
    code="evaluation_published",
    label="评估结果已向社会公开",
    basis=f"{LOCAL}；政府信息公开条例 第十九条",
    binding=Binding.LOCAL,
    standing=_published,
    remedy="publishing:staff-review",
    **_PUBLIC,
)
CARRIED_OUT = _gate(
    "evaluation_carried_out", "评估结论已办理", _carried_out, article="第四款", remedy="inside:case#report",
    applies=lambda evaluation: evaluation.outcome != Outcome.CONTINUE, not_needed="结论为继续实施",
)  # fmt: skip
CORRECTED = Gate(
    code="evaluation_corrected",
    label="纠偏措施全部完成",
    basis=f"{LOCAL}（反馈纠偏）",
    binding=Binding.LOCAL,
    standing=_corrected,
    remedy="inside:case#corrections",
)
