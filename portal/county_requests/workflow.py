"""A request's way: written by the town, answered by the county."""

from django.db.models import TextChoices

from portal.county_requests import effects, gates
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    PREPARING = "preparing", "拟稿"
    SUBMITTED = "submitted", "等待答复"
    ANSWERED = "answered", "已答复"
    WITHDRAWN = "withdrawn", "已撤回"


WORKFLOW = Workflow(
    code="county_requests",
    label="请示和预审",
    mark="请示",
    basis=gates.BASIS,
    stages=Stage,
    initial=Stage.PREPARING,
    track=(Stage.PREPARING, Stage.SUBMITTED, Stage.ANSWERED),
    final=(Stage.ANSWERED, Stage.WITHDRAWN),
    papers=(PapersOpen((Stage.PREPARING,)),),
    papers_note="已经报送，材料须保持原样；需要补充的，由县级退回。",
    transitions=(
        Transition(
            "submit", "报送", sources=(Stage.PREPARING,), target=Stage.SUBMITTED, authority="oversight.file",
            gates=(gates.MATTER_WRITTEN, gates.PAPERS_ON_FILE), effect=effects.submitted, addresses_county=True,
            declaration="所报材料与正在办理的草案一致；县级的答复只对这一稿有效，草案修改后须重新报送。",
        ),
        Transition(
            "withdraw", "撤回", sources=(Stage.PREPARING, Stage.SUBMITTED), target=Stage.WITHDRAWN,
            authority="oversight.file", main=False, needs_note=True, closes=True,
        ),
        Transition(
            "return_papers", "退回补充材料", sources=(Stage.SUBMITTED,), target=Stage.PREPARING,
            authority="county_requests.answer", main=False, needs_note=True, effect=effects.returned,
            help="一次说明需要补充的全部材料。",
        ),
        Transition(
            "answer", "答复", sources=(Stage.SUBMITTED,), target=Stage.ANSWERED, authority="county_requests.answer",
            effect=effects.answered, form="portal.county_requests.forms.ReplyForm",
            declaration="答复函编号后送达报送单位，不能撤回。",
        ),
    ),
)  # fmt: skip
