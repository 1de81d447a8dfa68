"""How evaluations of documents are worked on: whom they ask what, and which papers they make."""

from normative_docs.evaluation.continuing import hand_to_continuation
from normative_docs.evaluation.forms import FindingsForm
from normative_docs.evaluation.gates import REPORT, REPORT_DOCX, RESULTS, asks_the_public
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.papers import report_paper
from normative_docs.evaluation.workflow import WORKFLOW
from portal.consultation.models import Question
from portal.consultation.questionnaires import Asked
from portal.evaluations.desks import Desk, register


def usual_questions(evaluation: Evaluation) -> list[Asked]:
    """The questions that every post-evaluation asks the public."""
    kind = Question.Kind
    return [
        Asked("您的身份", kind.SINGLE, ("本地居民", "企业或者个体工商户", "村（社区）工作人员", "其他")),
        Asked(f"您是否了解《{evaluation.document.title[:100]}》", kind.SINGLE, ("了解", "听说过", "不了解")),
        Asked("这件文件的规定是否清楚、便于遵守", kind.SCALE),
        Asked("这件文件的实施效果", kind.SCALE),
        Asked(
            "您认为存在哪些问题", kind.MULTIPLE,
            ("没有问题", "规定不够具体", "办理不便", "执行不到位", "与实际情况不符", "加重负担"),
        ),
        Asked("您认为这件文件应当", kind.SINGLE, ("继续执行", "修改后执行", "废止", "说不清")),
        Asked("其他意见和建议", kind.TEXT, required=False),
    ]  # fmt: skip


def invitation(evaluation: Evaluation) -> tuple[str, str]:
    document = evaluation.document
    return (
        f"《{document.title}》实施情况调查",
        f"{document.issuing_authority.name}正在对《{document.title}》开展{evaluation.get_evaluation_kind_display()}，"
        "了解实施情况，听取意见。问卷不记名，结果载入评估报告并公开。",
    )


def keep(evaluation: Evaluation, slot: str, version, by) -> None:
    """The report becomes the one that is filed and published."""
    if slot == REPORT.code:
        evaluation.report = version
        evaluation.save(update_fields=["report"])
        hand_to_continuation(evaluation, by=by)


DESK = register(
    Desk(
        kind=WORKFLOW.code,
        authority="normative_docs.evaluate",
        findings_form=FindingsForm,
        asks_the_public=asks_the_public,
        questions=usual_questions,
        invitation=invitation,
        results=RESULTS,
        compose={REPORT.code: report_paper},
        editable={REPORT.code: REPORT_DOCX.code},
        keep=keep,
        related=("document__issuing_authority", "organisation"),
    )
)
