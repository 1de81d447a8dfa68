"""The way of a decision's evaluation: planned, carried out, deliberated, concluded, published, followed by deeds."""

from django.db.models import TextChoices

from decisions.evaluation import effects, gates, time_limits
from decisions.evaluation.vocabulary import Outcome
from portal.documents.slots import OTHER
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    PLANNING = "planning", "制定方案"
    STUDY = "study", "调查评估"
    DELIBERATION = "deliberation", "集体讨论"
    FOLLOW_UP = "follow_up", "公开和落实"
    FINISHED = "finished", "已办结"
    ABANDONED = "abandoned", "终止"


def _carry_out_authority(evaluation) -> str:
    """Whoever puts decisions forward adjusts one; stopping one is for whoever signs them."""
    return "decisions.sign" if evaluation.outcome == Outcome.STOP else "decisions.draft"


_UNTIL_STUDIED = (Stage.PLANNING, Stage.STUDY)
_LATER = (Stage.DELIBERATION, Stage.FOLLOW_UP)

WORKFLOW = Workflow(
    code="decisions.evaluation",
    label="决策后评估",
    mark="决评",
    basis="重大行政决策程序暂行条例（国令713号）第三十六条；苏府〔2015〕12号 第十三条（地方示例）",
    stages=Stage,
    initial=Stage.PLANNING,
    track=(Stage.PLANNING, Stage.STUDY, Stage.DELIBERATION, Stage.FOLLOW_UP, Stage.FINISHED),
    final=(Stage.FINISHED, Stage.ABANDONED),
    papers=(PapersOpen(_UNTIL_STUDIED), PapersOpen(_LATER, slots=(OTHER.code,), withdraw=False)),
    papers_note="评估报告依据的材料须保持原样；会议要求补充评估的，退回后再提交。",
    transitions=(
        Transition(
            "begin", "决定开展评估", sources=(Stage.PLANNING,), target=Stage.STUDY, authority="decisions.decide",
            gates=(gates.PLAN_COMPLETE, gates.EVALUATOR_INDEPENDENT, gates.CONTRACT_ON_FILE), effect=effects.begin,
            help="由决策机关组织评估，并确定承担评估具体工作的单位（国令713 第三十六条）。",
        ),
        Transition(
            "replan", "修改方案", sources=(Stage.STUDY,), target=Stage.PLANNING, authority="decisions.evaluate",
            main=False, needs_note=True, cancels=(time_limits.FINISH,),
        ),
        Transition(
            "hand_in", "提交评估意见", sources=(Stage.STUDY,), target=Stage.DELIBERATION,
            authority="decisions.evaluate",
            gates=(
                gates.QUESTIONNAIRE_OVER, gates.RESULTS_ON_FILE, gates.OPINIONS_HEARD, gates.THIRD_PARTY_REPORTED,
                gates.FINDINGS_WRITTEN,
            ),
            effect=effects.hand_in, form="decisions.evaluation.forms.HandInForm",
            help="提交后由系统生成评估报告，提请集体讨论。",
        ),
        Transition(
            "send_back", "补充评估", sources=(Stage.DELIBERATION,), target=Stage.STUDY, authority="meetings.record",
            gates=(gates.SENT_BACK,), main=False, needs_note=True, effect=effects.send_back,
        ),
        Transition(
            "conclude", "作出评估结论", sources=(Stage.DELIBERATION,), target=Stage.FOLLOW_UP,
            authority="decisions.decide", gates=(gates.REPORT_MADE, gates.DELIBERATED), effect=effects.conclude,
            stops=(time_limits.FINISH,), form="decisions.evaluation.forms.ConcludeForm",
            declaration="结论与会议决定一致；作出后载入评估结论，不能修改。",
        ),
        Transition(
            "publish", "公开评估结果", sources=(Stage.FOLLOW_UP,), target=None, authority="publishing.prepare",
            main=False, gates=(gates.CONCLUSION_MADE, gates.REVIEWED_FOR_PUBLIC), effect=effects.make_public,
            stops=(time_limits.MAKE_PUBLIC,),
            applies=lambda evaluation: gates.is_public(evaluation) and evaluation.published_on is None,
            declaration="公开的内容与评估报告和结论一致，不含国家秘密和个人隐私。",
        ),
        Transition(
            "carry_out", "办理评估结论", sources=(Stage.FOLLOW_UP,), target=None, authority="decisions.draft",
            authority_for=_carry_out_authority, main=False, effect=effects.carry_out,
            applies=lambda evaluation: evaluation.outcome != Outcome.CONTINUE and not evaluation.is_carried_out,
            help="结论为调整的，另立一件决策建议，按程序办理；结论为停止实施的，停止执行原决策。",
            declaration="办理后不能撤销。",
        ),
        Transition(
            "finish", "办结", sources=(Stage.FOLLOW_UP,), target=Stage.FINISHED, authority="decisions.evaluate",
            gates=(gates.CONCLUSION_MADE, gates.RESULT_PUBLISHED, gates.CARRIED_OUT, gates.CORRECTED), closes=True,
        ),
        Transition(
            "abandon", "终止评估", sources=(Stage.PLANNING, Stage.STUDY, Stage.DELIBERATION), target=Stage.ABANDONED,
            authority="casefiles.lead", main=False, needs_note=True, closes=True, cancels=(time_limits.FINISH,),
        ),
    ),
)  # fmt: skip
