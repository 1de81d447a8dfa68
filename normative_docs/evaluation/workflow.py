"""An evaluation's way: planned, carried out, decided, reported upward, published, and followed by deeds."""

from django.db.models import TextChoices

from normative_docs.evaluation import effects, gates, time_limits
from normative_docs.evaluation.vocabulary import EvaluationKind, Outcome
from portal.oversight.filing import standing_filing
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    PLANNING = "planning", "制定方案"
    STUDY = "study", "调查评估"
    DECISION = "decision", "审定结论"
    FOLLOW_UP = "follow_up", "报备公开和落实"
    FINISHED = "finished", "已办结"
    ABANDONED = "abandoned", "终止"


def _is_post(evaluation) -> bool:
    return evaluation.evaluation_kind == EvaluationKind.POST


WORKFLOW = Workflow(
    code="normative_docs.evaluation",
    label="规范性文件评估",
    mark="评估",
    basis="苏府〔2015〕12号 第十一条（地方示例）",
    stages=Stage,
    initial=Stage.PLANNING,
    track=(Stage.PLANNING, Stage.STUDY, Stage.DECISION, Stage.FOLLOW_UP, Stage.FINISHED),
    final=(Stage.FINISHED, Stage.ABANDONED),
    papers=(
        PapersOpen((Stage.PLANNING, Stage.STUDY)),
        PapersOpen((Stage.DECISION, Stage.FOLLOW_UP), withdraw=False),
    ),
    papers_note="评估报告依据的材料须保持原样；需要修改的，先退回调查评估。",
    transitions=(
        Transition(
            "begin", "开始评估", sources=(Stage.PLANNING,), target=Stage.STUDY, authority="normative_docs.evaluate",
            gates=(gates.PLAN_COMPLETE,), effect=effects.begin,
        ),
        Transition(
            "replan", "修改方案", sources=(Stage.STUDY,), target=Stage.PLANNING, authority="normative_docs.evaluate",
            main=False, needs_note=True, cancels=(time_limits.FINISH,),
        ),
        Transition(
            "hand_in", "提交评估结论", sources=(Stage.STUDY,), target=Stage.DECISION,
            authority="normative_docs.evaluate",
            gates=(gates.QUESTIONNAIRE_OVER, gates.RESULTS_ON_FILE, gates.FINDINGS_WRITTEN),
        ),
        Transition(
            "send_back", "退回补充调查", sources=(Stage.DECISION,), target=Stage.STUDY,
            authority="normative_docs.sign", main=False, needs_note=True,
        ),
        Transition(
            "decide", "审定评估结论", sources=(Stage.DECISION,), target=Stage.FOLLOW_UP,
            authority="normative_docs.sign", gates=(gates.FINDINGS_WRITTEN,), effect=effects.decide,
            stops=(time_limits.FINISH,), form="normative_docs.evaluation.forms.DecideForm",
            declaration="结论审定后载入评估报告，不能修改。",
        ),
        Transition(
            "report_upward", "报县级备案", sources=(Stage.FOLLOW_UP,), target=None, authority="oversight.file",
            main=False, gates=(gates.REPORT_MADE,), effect=effects.report_upward,
            applies=lambda evaluation: _is_post(evaluation) and standing_filing(evaluation, gates.FILING) is None,
            help="建立评估报告的报备事项，评估报告自动入卷；材料齐备后在报备事项中报送。",
        ),
        Transition(
            "publish", "公开评估报告", sources=(Stage.FOLLOW_UP,), target=None, authority="publishing.prepare",
            main=False, gates=(gates.REPORT_MADE, gates.REVIEWED_FOR_PUBLIC), effect=effects.make_public,
            stops=(time_limits.MAKE_PUBLIC,),
            applies=lambda evaluation: _is_post(evaluation) and evaluation.published_on is None,
            declaration="公开的内容与审定的评估报告一致，不含国家秘密和个人隐私。",
        ),
        Transition(
            "carry_out", "落实评估结论", sources=(Stage.FOLLOW_UP,), target=None, authority="normative_docs.draft",
            main=False, effect=effects.carry_out, form="normative_docs.evaluation.forms.CarryOutForm",
            applies=lambda evaluation: evaluation.outcome != Outcome.KEEP and not evaluation.is_carried_out,
            help="结论为修改、废止的，立即立卷起草；结论为改进管理的，登记改进措施。",
        ),
        Transition(
            "finish", "办结", sources=(Stage.FOLLOW_UP,), target=Stage.FINISHED, authority="normative_docs.evaluate",
            gates=(gates.REPORT_MADE, gates.REPORT_FILED, gates.REPORT_PUBLISHED, gates.CARRIED_OUT), closes=True,
        ),
        Transition(
            "abandon", "终止评估", sources=(Stage.PLANNING, Stage.STUDY, Stage.DECISION), target=Stage.ABANDONED,
            authority="casefiles.lead", main=False, needs_note=True, closes=True, cancels=(time_limits.FINISH,),
        ),
    ),
)  # fmt: skip
