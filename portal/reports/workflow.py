"""An annual report's way: written, approved and frozen, sent upward, published."""

from django.db.models import TextChoices

from portal.reports import effects, gates
from portal.workflow.declare import PapersOpen, Transition, Workflow

REPORT_UP = "rol_report_up"
PUBLISH = "rol_publish"


class Stage(TextChoices):
    DRAFTING = "drafting", "撰写"
    REVIEW = "review", "审定"
    APPROVED = "approved", "上报"
    SUBMITTED = "submitted", "公开"
    PUBLISHED = "published", "已公开"


_READY = (gates.SECTIONS_FILLED, gates.FIGURES_CURRENT, gates.TEXT_CHECKED)

WORKFLOW = Workflow(
    code="reports.annual",
    label="法治政府建设年度报告",
    mark="年报",
    basis="法治政府建设与责任落实督察工作规定 第二十三条至第二十六条",
    stages=Stage,
    initial=Stage.DRAFTING,
    track=(Stage.DRAFTING, Stage.REVIEW, Stage.APPROVED, Stage.SUBMITTED, Stage.PUBLISHED),
    final=(Stage.PUBLISHED,),
    # The report itself is set by the system from what was approved; what belongs to it is settled with the approval.
    papers=(PapersOpen((Stage.DRAFTING, Stage.REVIEW)), PapersOpen((Stage.APPROVED, Stage.SUBMITTED), withdraw=False)),
    papers_note="审定以后，材料只能增加，不能撤下。",
    transitions=(
        Transition(
            "hand_in", "送主要负责人审定", sources=(Stage.DRAFTING,), target=Stage.REVIEW,
            authority="reports.prepare", gates=_READY,
        ),
        Transition(
            "approve", "审定", sources=(Stage.REVIEW,), target=Stage.APPROVED, authority="reports.approve",
            gates=_READY, effect=effects.freeze,
            declaration="同意以本机关名义上报和公开。审定后数据和文字固定，不再随记录变化。",
        ),
        Transition(
            "send_back", "退回修改", sources=(Stage.REVIEW,), target=Stage.DRAFTING, authority="reports.approve",
            main=False, needs_note=True,
        ),
        Transition(
            "reopen", "撤销审定，退回修改", sources=(Stage.APPROVED,), target=Stage.DRAFTING,
            authority="reports.approve", main=False, needs_note=True, effect=effects.thaw,
        ),
        Transition(
            "submit", "上报", sources=(Stage.APPROVED,), target=Stage.SUBMITTED, authority="reports.prepare",
            gates=(gates.PAPER_MADE,), effect=effects.hand_over, stops=(REPORT_UP,), addresses_county=True,
            form="portal.reports.forms.SubmitForm",
            declaration="已按规定向所选机关报送审定的报告文本。",
        ),
        Transition(
            "publish", "向社会公开", sources=(Stage.SUBMITTED,), target=Stage.PUBLISHED,
            authority="publishing.prepare", gates=(gates.PAPER_MADE, gates.REVIEWED_FOR_PUBLIC),
            effect=effects.make_public, stops=(PUBLISH,), closes=True,
            declaration="公开的内容不含国家秘密，与上报的文本一致。",
        ),
    ),
)  # fmt: skip
