"""The counted answers of the public as a paper, and words about them for a report."""

from portal.consultation.models import Question, Questionnaire
from portal.consultation.questionnaires import results
from portal.consultation.standing import newest_questionnaire
from portal.documents.rendering import Layout, OfficialPaper, Table, parse_blocks
from portal.documents.rendering.paper import chinese_date
from portal.workflow.refusals import StepRefused

NUMERALS = "一二三四五六七八九"


def chapters_in_words(chapters: list[tuple[str, str]]) -> str:
    """A report of at most nine numbered chapters, each a heading and its text."""
    return "\n".join(f"{NUMERALS[index]}、{heading}\n{text}" for index, (heading, text) in enumerate(chapters))


def answers_received(evaluation) -> str:
    """When the public was asked, and how many answered; empty where it was not."""
    questionnaire = newest_questionnaire(evaluation)
    if questionnaire is None:
        return ""
    return f"{_period(questionnaire)}在政府网站发布问卷，收回 {questionnaire.answers.count()} 份。"


def _period(questionnaire: Questionnaire) -> str:
    return f"{chinese_date(questionnaire.opens_on)}至{chinese_date(questionnaire.closes_on)}"


def results_paper(evaluation) -> OfficialPaper:
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
        title=f"{questionnaire.title}结果",
        body=tuple(body),
        signature=(evaluation.organisation.name,),
        issued_on=questionnaire.closes_on,
        sealed=False,
    )
