"""A bulletin's way: composed from the records, approved and frozen, published."""

from django.db.models import TextChoices

from portal.bulletins import effects, gates
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    COMPOSING = "composing", "编写"
    REVIEW = "review", "审签"
    APPROVED = "approved", "公开"
    PUBLISHED = "published", "已公开"


_READY = (gates.TEXT_WRITTEN, gates.FIGURES_CURRENT, gates.TEXT_CHECKED)

WORKFLOW = Workflow(
    code="oversight.bulletin",
    label="备案审查情况通报",
    mark="备通",
    basis="法治政府建设实施纲要（定期向社会公布规范性文件备案审查情况）",
    stages=Stage,
    initial=Stage.COMPOSING,
    track=(Stage.COMPOSING, Stage.REVIEW, Stage.APPROVED, Stage.PUBLISHED),
    final=(Stage.PUBLISHED,),
    papers=(PapersOpen((Stage.COMPOSING,)),),
    papers_note="送审签后通报的材料须保持原样；需要修改的，先退回编写。",
    transitions=(
        Transition(
            "hand_in", "送审签", sources=(Stage.COMPOSING,), target=Stage.REVIEW,
            authority="oversight.report", gates=_READY,
        ),
        Transition(
            "approve", "审签", sources=(Stage.REVIEW,), target=Stage.APPROVED, authority="oversight.approve",
            gates=_READY, not_by=("hand_in",), effect=effects.freeze,
            declaration="同意印发和公开。审签后数据和文字固定，不再随记录变化；内容不含国家秘密和个人隐私。",
        ),
        Transition(
            "send_back", "退回修改", sources=(Stage.REVIEW,), target=Stage.COMPOSING, authority="oversight.approve",
            main=False, needs_note=True,
        ),
        Transition(
            "reopen", "撤销审签，退回修改", sources=(Stage.APPROVED,), target=Stage.COMPOSING,
            authority="oversight.approve", main=False, needs_note=True, effect=effects.thaw,
        ),
        Transition(
            "publish", "印发并公开", sources=(Stage.APPROVED,), target=Stage.PUBLISHED, authority="oversight.report",
            gates=(gates.PAPER_MADE, gates.MASKING_REVIEWED), effect=effects.make_public, closes=True,
            declaration="公开的文本与审签的文本一致。",
        ),
    ),
)  # fmt: skip
