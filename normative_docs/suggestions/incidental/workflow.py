"""An incidental review's way at the maker's: answered within its limit, its result noted, its consequence drawn."""

from django.db.models import TextChoices

from normative_docs.suggestions.incidental import effects, gates
from normative_docs.suggestions.vocabulary import Verdict
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    DRAFTING = "drafting", "拟写答复"
    SIGNING = "signing", "审签"
    AWAITING = "awaiting", "等待结果"
    CONCLUDED = "concluded", "结果落实"
    CLOSED = "closed", "已办结"


_FORMS = "normative_docs.suggestions.incidental.forms"

WORKFLOW = Workflow(
    code="normative_docs.incidental",
    label="附带审查",
    mark="附审",
    basis=f"{gates.RECONSIDERATION}；{gates.COURT}",
    stages=Stage,
    initial=Stage.DRAFTING,
    track=(Stage.DRAFTING, Stage.SIGNING, Stage.AWAITING, Stage.CONCLUDED, Stage.CLOSED),
    final=(Stage.CLOSED,),
    papers=(
        PapersOpen((Stage.DRAFTING,)),
        PapersOpen((Stage.AWAITING, Stage.CONCLUDED), withdraw=False),
    ),
    papers_note="已经送签或者报送的答复和材料须保持原样；需要修改的，先退回拟写。",
    transitions=(
        Transition(
            "hand_in", "送审签", sources=(Stage.DRAFTING,), target=Stage.SIGNING, authority="suggestions.answer",
            gates=(
                gates.NOTICE_ON_FILE, gates.STATEMENT_WRITTEN, gates.GROUNDS_ON_FILE, gates.COLLECTIVE_VIEW,
            ),
            effect=effects.hand_in,
        ),
        Transition(
            "send_back", "退回修改", sources=(Stage.SIGNING,), target=Stage.DRAFTING, authority="casefiles.approve",
            main=False, needs_note=True,
        ),
        Transition(
            "send", "签发并送出", sources=(Stage.SIGNING,), target=Stage.AWAITING, authority="casefiles.approve",
            gates=(gates.REPLY_MADE,), effect=effects.send, form=f"{_FORMS}.SendForm",
            declaration="书面答复已经签发，并连同依据材料送出。",
        ),
        Transition(
            "note_result", "登记结果", sources=(Stage.AWAITING,), target=Stage.CONCLUDED,
            authority="suggestions.answer", gates=(gates.RESULT_ON_FILE,), effect=effects.note_result,
            form=f"{_FORMS}.ResultForm",
        ),
        Transition(
            "carry_out", "启动修改或者废止", sources=(Stage.CONCLUDED,), target=None,
            authority="normative_docs.draft", main=False, effect=effects.carry_out, form=f"{_FORMS}.CarryOutForm",
            applies=lambda review: review.verdict == Verdict.UNLAWFUL and review.follow_up_id is None,
        ),
        Transition(
            "close", "办结", sources=(Stage.CONCLUDED,), target=Stage.CLOSED, authority="suggestions.answer",
            gates=(gates.CONSEQUENCE_DRAWN,), closes=True,
        ),
    ),
)  # fmt: skip
