"""The report of an evaluation and its conclusion, as papers."""

from decisions.evaluation.models import DecisionEvaluation
from decisions.evaluation.vocabulary import Outcome, Voice
from portal.casefiles.titles import quoted
from portal.documents.rendering import Layout, OfficialPaper, parse_blocks
from portal.documents.rendering.paper import chinese_date
from portal.evaluations.papers import answers_received, chapters_in_words
from portal.meetings.standing import newest_item
from portal.workflow.refusals import StepRefused

_WHAT_FOLLOWS = {
    Outcome.CONTINUE: "本决策继续实施，评估中发现的问题按纠偏措施改正。",
    Outcome.ADJUST: "本决策需要调整，另行立项，依照决策程序办理；调整决定作出前，原决策继续执行。",
    Outcome.STOP: "本决策停止实施，由执行单位做好善后工作。",
}


def _heard(evaluation: DecisionEvaluation) -> str:
    """How many of whom were heard; no names, since the report is published."""
    counts: dict[str, int] = {}
    for opinion in evaluation.opinions.all():
        counts[opinion.voice] = counts.get(opinion.voice, 0) + 1
    if not counts:
        return ""
    return "听取意见：" + "、".join(f"{Voice(voice).label} {count} 条" for voice, count in counts.items()) + "。"


def chapters(evaluation: DecisionEvaluation) -> list[tuple[str, str]]:
    """The report in words: what was evaluated and how, what was found, and what the evaluators recommend."""
    decision = evaluation.decision
    number = f"（{decision.document_number}）" if decision.document_number else ""
    found = [
        (
            "基本情况",
            f"{quoted(decision.title)}{number}由{decision.organisation.name}于{chinese_date(decision.decided_on)}作出"
            + (f"，执行单位为{decision.executing_unit.name}" if decision.executing_unit else "")
            + f"。评估情形：{evaluation.trigger_words}。评估范围：{evaluation.scope.rstrip('。')}。",
        ),
        (
            "评估工作开展情况",
            f"{evaluation.get_evaluator_kind_display()}，承担评估具体工作的单位：{evaluation.evaluator}。"
            f"评估方法：{evaluation.method_words}。参与评估：{evaluation.participants.rstrip('。')}。"
            + answers_received(evaluation)
            + _heard(evaluation),
        ),
    ]
    found += [(label, getattr(evaluation, name)) for name, label in evaluation.ASPECTS]
    if evaluation.advice:
        found.append(("评估建议", f"{evaluation.get_advice_display()}。{evaluation.advice_reason}"))
    return found


def report_title(evaluation: DecisionEvaluation) -> str:
    return f"关于{quoted(evaluation.decision.title)}的决策后评估报告"


def public_text(evaluation: DecisionEvaluation) -> str:
    """The report and the conclusion, as the public reads them."""
    found = chapters(evaluation)
    if evaluation.outcome:
        words = f"{evaluation.get_outcome_display()}。{evaluation.outcome_reason}"
        found.append(("评估结论", f"{words}\n{_WHAT_FOLLOWS[Outcome(evaluation.outcome)]}"))
    return chapters_in_words(found)


def report_paper(evaluation: DecisionEvaluation) -> OfficialPaper:
    """决策后评估报告, as it goes before the meeting. :raises StepRefused: nothing was handed in yet."""
    if not evaluation.advice:
        raise StepRefused("评估意见尚未提交。")
    taken = evaluation.transition_records.filter(code="hand_in").first()
    return OfficialPaper(
        kind="评估报告",
        layout=Layout.PLAIN,
        title=report_title(evaluation),
        body=parse_blocks(chapters_in_words(chapters(evaluation))),
        signature=(evaluation.organisation.name,),
        issued_on=taken.occurred_at.date() if taken else None,
    )


def conclusion_paper(evaluation: DecisionEvaluation) -> OfficialPaper:
    """决策后评估结论: what was decided, by which meeting, and what follows. :raises StepRefused: not yet."""
    if not evaluation.outcome:
        raise StepRefused("评估结论尚未作出。")
    decision, item = evaluation.decision, newest_item(evaluation)
    met = f"经{chinese_date(item.meeting.held_on)}{item.meeting.title}讨论，" if item else ""
    text = (
        f"{quoted(decision.title)}的决策后评估已经完成。{met}决定：{evaluation.get_outcome_display()}。\n"
        f"一、理由\n{evaluation.outcome_reason}\n"
        f"二、后续安排\n{_WHAT_FOLLOWS[Outcome(evaluation.outcome)]}"
    )
    return OfficialPaper(
        kind="评估结论",
        layout=Layout.PLAIN,
        title=f"{quoted(decision.title)}决策后评估结论",
        body=parse_blocks(text),
        signature=(evaluation.organisation.name,),
        issued_on=evaluation.decided_on,
    )
