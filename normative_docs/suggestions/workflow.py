"""A suggestion's way: received, accepted or not, the maker heard, concluded, replied to, and the correction watched."""

from django.db.models import TextChoices

from normative_docs.suggestions import effects, gates, time_limits
from normative_docs.suggestions.vocabulary import PRESSING
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    RECEIVED = "received", "收到"
    REVIEWING = "reviewing", "审查"
    STATEMENT = "statement", "听取制定机关说明"
    REPLYING = "replying", "拟答复"
    CORRECTING = "correcting", "制定机关处理"
    CHECKING = "checking", "核查处理情况"
    REPLIED = "replied", "已答复"
    CORRECTED = "corrected", "已纠正"


REPLIED = (Stage.CORRECTING, Stage.CHECKING, Stage.REPLIED, Stage.CORRECTED)
"""The stages in which the proposer has the reply in hand."""

_FORMS = "normative_docs.suggestions.forms"

WORKFLOW = Workflow(
    code="normative_docs.suggestion",
    label="审查建议",
    mark="审建",
    basis=gates.BASIS,
    stages=Stage,
    initial=Stage.RECEIVED,
    # The statement is heard before the result; of the last four, the page leaves out what the result doesn't call for.
    track=(
        Stage.RECEIVED, Stage.STATEMENT, Stage.REVIEWING, Stage.REPLYING, Stage.CORRECTING, Stage.CHECKING,
        Stage.CORRECTED, Stage.REPLIED,
    ),
    final=(Stage.REPLIED, Stage.CORRECTED),
    papers=(
        PapersOpen((Stage.RECEIVED, Stage.REVIEWING)),
        PapersOpen((Stage.STATEMENT, Stage.REPLYING, Stage.CORRECTING, Stage.CHECKING), withdraw=False),
    ),
    papers_note="审查建议的材料和答复须保持原样。",
    transitions=(
        Transition(
            "accept", "受理", sources=(Stage.RECEIVED,), target=Stage.REVIEWING, authority="suggestions.review",
            gates=(gates.DOCUMENT_IDENTIFIED,), effect=effects.accept,
        ),
        Transition(
            "refuse", "不予受理", sources=(Stage.RECEIVED,), target=Stage.REPLYING, authority="suggestions.review",
            main=False, effect=effects.refuse, form=f"{_FORMS}.RefuseForm",
            help="不予受理的，也在期限内书面答复并说明理由。",
        ),
        Transition(
            "ask_maker", "要求制定机关说明", sources=(Stage.REVIEWING,), target=Stage.STATEMENT,
            authority="suggestions.review", main=False, effect=effects.ask_maker, form=f"{_FORMS}.AskMakerForm",
            applies=lambda suggestion: not suggestion.statement,
        ),
        Transition(
            "state", "报送说明", sources=(Stage.STATEMENT,), target=Stage.REVIEWING, authority="suggestions.answer",
            effect=effects.state, form=f"{_FORMS}.StatementForm", stops=(time_limits.STATEMENT,),
        ),
        Transition(
            "go_on_without", "逾期未说明，继续审查", sources=(Stage.STATEMENT,), target=Stage.REVIEWING,
            authority="suggestions.review", main=False, effect=effects.go_on_without,
            form=f"{_FORMS}.GoOnForm", cancels=(time_limits.STATEMENT,),
        ),
        Transition(
            "conclude", "提出审查结果", sources=(Stage.REVIEWING,), target=Stage.REPLYING,
            authority="suggestions.review", gates=(gates.MAKER_HEARD,), effect=effects.conclude,
            form=f"{_FORMS}.ConcludeForm",
        ),
        Transition(
            "rework", "退回重拟", sources=(Stage.REPLYING,), target=Stage.REVIEWING, authority="suggestions.reply",
            main=False, needs_note=True, effect=effects.rework,
            applies=lambda suggestion: suggestion.accepted_on is not None,
        ),
        Transition(
            "reply", "签发答复", sources=(Stage.REPLYING,), target=Stage.REPLIED, authority="suggestions.reply",
            gates=(gates.LETTER_MADE,), effect=effects.reply, stops=(time_limits.REVIEW,), closes=True,
            applies=lambda suggestion: suggestion.result not in PRESSING,
            declaration="答复书签发后，建议人凭回执编号和查询码可以查看；结果隐去个人信息后公开。",
        ),
        Transition(
            "reply_and_press", "签发答复，交制定机关处理", sources=(Stage.REPLYING,), target=Stage.CORRECTING,
            authority="suggestions.reply", gates=(gates.LETTER_MADE,), effect=effects.reply_and_press,
            stops=(time_limits.REVIEW,), applies=lambda suggestion: suggestion.result in PRESSING,
            declaration="答复书签发后，建议人凭回执编号和查询码可以查看；制定机关应当在期限内报告处理情况。",
        ),
        Transition(
            "report_correction", "报告处理情况", sources=(Stage.CORRECTING,), target=Stage.CHECKING,
            authority="suggestions.answer", effect=effects.report_correction, form=f"{_FORMS}.CorrectionForm",
            stops=(time_limits.CORRECT,),
        ),
        Transition(
            "confirm_correction", "处理到位，办结", sources=(Stage.CHECKING,), target=Stage.CORRECTED,
            authority="suggestions.review", closes=True,
        ),
        Transition(
            "reject_correction", "处理不到位，退回", sources=(Stage.CHECKING,), target=Stage.CORRECTING,
            authority="suggestions.review", main=False, needs_note=True, effect=effects.reject_correction,
        ),
    ),
)  # fmt: skip
