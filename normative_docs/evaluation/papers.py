"""The report of an evaluation and the results of its questionnaire, as papers."""

from normative_docs.evaluation.gates import REPORT, RESULTS
from normative_docs.evaluation.models import Evaluation
from portal.consultation.models import Question
from portal.consultation.questionnaires import results
from portal.consultation.standing import newest_questionnaire
from portal.documents.rendering import Layout, OfficialPaper, Table, parse_blocks
from portal.documents.rendering.paper import chinese_date
from portal.workflow.refusals import StepRefused

_NUMERALS = "一二三四五六七八九"


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
            + _answers_received(evaluation),
        ),
    ]
    chapters += [(label, getattr(evaluation, name)) for name, label in evaluation.ASPECTS]
    if evaluation.outcome:
        chapters.append(("评估结论", f"{evaluation.get_outcome_display()}。{evaluation.outcome_reason}"))
    return "\n".join(f"{_NUMERALS[index]}、{heading}\n{text}" for index, (heading, text) in enumerate(chapters))


def _answers_received(evaluation: Evaluation) -> str:
    questionnaire = newest_questionnaire(evaluation)
    if questionnaire is None:
        return ""
    count = questionnaire.answers.count()
    return f"{_period(questionnaire)}在政府网站发布问卷，收回 {count} 份。"


def _period(questionnaire) -> str:
    return f"{chinese_date(questionnaire.opens_on)}至{chinese_date(questionnaire.closes_on)}"


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


def results_paper(evaluation: Evaluation) -> OfficialPaper:
    """问卷调查结果: how many chose what, question by question. :raises StepRefused: there is no questionnaire."""
    questionnaire = newest_questionnaire(evaluation)
    if questionnaire is None:
        raise StepRefused("没有发布问卷。")
    counted = results(questionnaire, texts=50)
    body = list(parse_blocks(f"{_period(questionnaire)}，收回答卷 {counted.total} 份。"))
    for order, result in enumerate(counted.questions, start=1):
        body += parse_blocks(f"{order}. {result.question.text}（{result.answered} 人回答）")
        if result.question.kind == Question.Kind.TEXT:
            body += [block for text in result.texts for block in parse_blocks(text)]
            continue
        rows = tuple((one.label, str(one.count), f"{one.percent}%") for one in result.options)
        body.append(Table(header=("选项", "人数", "占比"), rows=rows, widths=(12.0, 3.0, 3.0)))
        if result.average is not None:
            body += parse_blocks(f"平均分：{result.average}")
    return OfficialPaper(
        kind="调查结果",
        layout=Layout.PLAIN,
        title=f"《{evaluation.document.title}》实施情况问卷调查结果",
        body=tuple(body),
        signature=(evaluation.organisation.name,),
        issued_on=questionnaire.closes_on,
        sealed=False,
    )


COMPOSED = {REPORT.code: report_paper, RESULTS.code: results_paper}
