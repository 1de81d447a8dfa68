"""How evaluations of decisions are worked on: whom they ask what, and which papers they make."""

from decisions.evaluation.choosing import POWER
from decisions.evaluation.forms import FindingsForm
from decisions.evaluation.gates import CONCLUSION, CONCLUSION_DOCX, REPORT, REPORT_DOCX, RESULTS, asks_the_public
from decisions.evaluation.models import DecisionEvaluation
from decisions.evaluation.papers import conclusion_paper, report_paper
from decisions.evaluation.workflow import WORKFLOW
from portal.casefiles.titles import quoted
from portal.consultation.models import Question
from portal.consultation.questionnaires import Asked
from portal.evaluations.desks import Desk, register


def usual_questions(evaluation: DecisionEvaluation) -> list[Asked]:
    """The questions that every evaluation of a decision asks the public."""
    kind = Question.Kind
    return [
        Asked("您的身份", kind.SINGLE, ("本地居民", "企业或者个体工商户", "村（社区）工作人员", "其他")),
        Asked(f"您是否了解{quoted(evaluation.decision.title[:100])}", kind.SINGLE, ("了解", "听说过", "不了解")),
        Asked("这项决策对您生活或者经营的影响", kind.SINGLE, ("有利", "有利有弊", "不利", "没有影响")),
        Asked("您对实施效果的评价", kind.SCALE),
        Asked(
            "您认为实施中存在哪些问题", kind.MULTIPLE,
            ("没有问题", "进度慢", "质量不好", "花钱多见效少", "方便群众不够", "影响正常生活或者经营", "公开不够"),
        ),
        Asked("您认为这项决策应当", kind.SINGLE, ("继续实施", "调整", "停止实施", "说不清")),
        Asked("其他意见和建议", kind.TEXT, required=False),
    ]  # fmt: skip


def invitation(evaluation: DecisionEvaluation) -> tuple[str, str]:
    name = quoted(evaluation.decision.title)
    return (
        f"{name}实施情况调查",
        f"{evaluation.organisation.name}正在对{name}开展决策后评估，了解实施效果，听取意见。"
        "问卷不记名，结果载入评估报告并公开。",
    )


def keep(evaluation: DecisionEvaluation, slot: str, version, by) -> None:
    """The newest report and conclusion are the ones that the meeting reads and the public is shown."""
    name = {REPORT.code: "report", CONCLUSION.code: "conclusion"}.get(slot)
    if name:
        setattr(evaluation, name, version)
        evaluation.save(update_fields=[name])


DESK = register(
    Desk(
        kind=WORKFLOW.code,
        authority=POWER,
        findings_form=FindingsForm,
        asks_the_public=asks_the_public,
        questions=usual_questions,
        invitation=invitation,
        results=RESULTS,
        compose={REPORT.code: report_paper, CONCLUSION.code: conclusion_paper},
        editable={REPORT.code: REPORT_DOCX.code, CONCLUSION.code: CONCLUSION_DOCX.code},
        keep=keep,
        related=("organisation", "decision__organisation", "decision__executing_unit"),
    )
)
