"""An inspection's way: written down, its opinion issued, put right by the town, checked, closed."""

from django.db.models import TextChoices

from portal.oversight.inspecting import effects, gates
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    RECORDING = "recording", "检查记录"
    RECTIFYING = "rectifying", "限期整改"
    CHECKING = "checking", "核查整改"
    CLOSED = "closed", "已办结"


WORKFLOW = Workflow(
    code="oversight.inspection",
    label="文件工作检查",
    mark="文检",
    basis="云溪县地方规则（地方示例）：对规范性文件工作的日常检查和重点督查",
    stages=Stage,
    initial=Stage.RECORDING,
    track=(Stage.RECORDING, Stage.RECTIFYING, Stage.CHECKING, Stage.CLOSED),
    final=(Stage.CLOSED,),
    papers=(
        PapersOpen((Stage.RECORDING,)),
        PapersOpen((Stage.RECTIFYING,), withdraw=False),
    ),
    papers_note="检查意见发出后，检查记录的材料须保持原样。",
    transitions=(
        Transition(
            "issue", "下达检查意见", sources=(Stage.RECORDING,), target=Stage.RECTIFYING,
            authority="oversight.inspect", gates=(gates.DOCUMENTS_NAMED, gates.FINDINGS_ON_RECORD),
            effect=effects.issued, form="portal.oversight.inspecting.forms.IssueForm",
            declaration="检查意见书送达被检查单位后，检查记录不再修改。",
        ),
        Transition(
            "close_clean", "未发现问题，办结", sources=(Stage.RECORDING,), target=Stage.CLOSED,
            authority="oversight.inspect", gates=(gates.DOCUMENTS_NAMED, gates.NOTHING_FOUND),
            effect=effects.closed_clean, main=False, closes=True,
        ),
        Transition(
            "answer", "报送整改情况", sources=(Stage.RECTIFYING,), target=Stage.CHECKING,
            authority="oversight.file", gates=(gates.ALL_ANSWERED,), effect=effects.answered,
            stops=(effects.RECTIFY,),
        ),
        Transition(
            "accept", "整改到位，办结", sources=(Stage.CHECKING,), target=Stage.CLOSED,
            authority="oversight.inspect", gates=(gates.OPINION_ON_FILE,), effect=effects.accepted, closes=True,
        ),
        Transition(
            "reject", "整改不到位，退回", sources=(Stage.CHECKING,), target=Stage.RECTIFYING,
            authority="oversight.inspect", main=False, needs_note=True, effect=effects.rejected,
            form="portal.oversight.inspecting.forms.AgainForm",
            help="所有问题须重新答复，原答复的文字保留，供修改。",
        ),
    ),
)  # fmt: skip
