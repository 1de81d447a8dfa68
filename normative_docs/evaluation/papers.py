"""The report of an evaluation as a paper."""

from normative_docs.evaluation.models import Evaluation
from portal.documents.rendering import Layout, OfficialPaper, parse_blocks
from portal.documents.rendering.paper import chinese_date
from portal.evaluations.papers import answers_received, chapters_in_words
from portal.workflow.refusals import StepRefused


def report_text(evaluation: Evaluation) -> str:
    """The report in words: what was evaluated and how, what was found, and the outcome."""
    document = evaluation.document
    number = f"（{document.document_number}）" if document.document_number else ""
    chapters = [
        (
            "基本情况",
            f"《{document.title}》{number}由{document.issuing_authority.name}制定，{chinese_date(document.published_on)}公布"
            + (f"，{chinese_date(document.effective_on)}施行" if document.effective_on else "")
            + (f"，有效期至{chinese_date(document.valid_until)}" if document.valid_until else "")
            + "。",
        ),
        (
            "评估工作开展情况",
            f"评估人员：{evaluation.team}。评估方法：{evaluation.method_words}。调查对象：{evaluation.respondents}。"
            + answers_received(evaluation),
        ),
    ]
    chapters += [(label, getattr(evaluation, name)) for name, label in evaluation.ASPECTS]
    if evaluation.outcome:
        chapters.append(("评估结论", f"{evaluation.get_outcome_display()}。{evaluation.outcome_reason}"))
    return chapters_in_words(chapters)


def report_title(evaluation: Evaluation) -> str:
    return f"关于《{evaluation.document.title}》的{evaluation.get_evaluation_kind_display()}报告"


def report_paper(evaluation: Evaluation) -> OfficialPaper:
    """评估报告, as it is filed and shown to the public. :raises StepRefused: nothing is decided yet."""
    if not evaluation.outcome:
        raise StepRefused("评估结论尚未审定。")
    return OfficialPaper(
        kind="评估报告",
        layout=Layout.PLAIN,
        title=report_title(evaluation),
        body=parse_blocks(report_text(evaluation)),
        signature=(evaluation.organisation.name,),
        issued_on=evaluation.decided_on,
    )
