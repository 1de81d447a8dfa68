"""From proposal to the end. Which steps a decision needs follows from its facts; none can be slipped past."""

from django.db.models import TextChoices

from decisions import effects, execution_effects, execution_gates, gates, time_limits
from decisions.switches import COUNTY_REQUEST, INTEGRITY_REVIEW
from decisions.vocabulary import PARTICIPATION
from portal.documents.slots import OTHER
from portal.legal_review.reviewing_body import review_authority
from portal.legal_review.standing import awaits_opinion
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    PROPOSED = "proposed", "决策建议"
    DRAFTING = "drafting", "起草"
    PARTICIPATION = "participation", "公众参与"
    ASSESSMENT = "assessment", "论证评估"
    LEGALITY_REVIEW = "legality_review", "合法性审查"
    DELIBERATION = "deliberation", "集体讨论"
    PARTY_REPORT = "party_report", "请示报告"
    PUBLICATION = "publication", "公布"
    EXECUTION = "execution", "执行"
    SUSPENDED = "suspended", "中止执行"
    EXECUTED = "executed", "执行完毕"
    DECLINED = "declined", "不予启动"
    STOPPED = "stopped", "停止执行"
    ARCHIVED = "archived", "已归档"
    TERMINATED = "terminated", "终止"


def _is_public(decision) -> bool:
    return decision.needs(PARTICIPATION)


def _is_secret(decision) -> bool:
    return not decision.needs(PARTICIPATION)


def _is_unplanned(decision) -> bool:
    return decision.plan_settled_on is None


def _has_open_follow_up(decision) -> bool:
    return decision.execution_follow_ups.filter(answered_on__isnull=True).exists()


def _still_reports(decision) -> bool:
    return not decision.execution_reports.filter(is_final=True).exists()


_BEFORE_REVIEW = (Stage.PROPOSED, Stage.DRAFTING, Stage.PARTICIPATION, Stage.ASSESSMENT)
_BEFORE_DECISION = (*_BEFORE_REVIEW, Stage.LEGALITY_REVIEW, Stage.DELIBERATION, Stage.PARTY_REPORT)
_TO_ARCHIVE = (Stage.EXECUTED, Stage.STOPPED)
_AFTER = (Stage.PUBLICATION, Stage.EXECUTION, Stage.SUSPENDED, *_TO_ARCHIVE)
_PACK = tuple(slot.code for slot in gates.REVIEW_PACK)
_REVIEW_CLOCKS = (time_limits.REVIEW_MIN,)
_CARRIED_OUT = (Stage.EXECUTION, Stage.SUSPENDED)

WORKFLOW = Workflow(
    code="decisions",
    label="重大行政决策",
    mark="决策",
    basis="重大行政决策程序暂行条例（国令713号）；乡镇参照执行（第四十二条）",
    stages=Stage,
    initial=Stage.PROPOSED,
    track=(
        Stage.PROPOSED, Stage.DRAFTING, Stage.PARTICIPATION, Stage.ASSESSMENT, Stage.LEGALITY_REVIEW,
        Stage.DELIBERATION, Stage.PARTY_REPORT, Stage.PUBLICATION, Stage.EXECUTION, Stage.EXECUTED, Stage.ARCHIVED,
    ),
    final=(Stage.DECLINED, Stage.ARCHIVED, Stage.TERMINATED),
    papers=(
        PapersOpen(_BEFORE_REVIEW, slots=(gates.PROPOSAL.code, *_PACK)),
        PapersOpen(_BEFORE_REVIEW, slots=(gates.EXPERT_PAPER.code, gates.RISK_PAPER.code)),
        PapersOpen((Stage.LEGALITY_REVIEW,), slots=_PACK, when=gates.awaits_rework),
        PapersOpen((Stage.LEGALITY_REVIEW,), slots=(gates.ADVISER.code, gates.RISK_PAPER.code), withdraw=False),
        PapersOpen((Stage.PARTY_REPORT,), slots=(gates.PARTY_REPORT.code, gates.FINAL_TEXT.code)),
        PapersOpen(_BEFORE_DECISION, slots=(OTHER.code,)),
        PapersOpen(_AFTER, slots=(OTHER.code,), withdraw=False),
    ),
    papers_note="已经送审、讨论或者公布所依据的材料须保持原样；需要修改的，先退回到相应环节。",
    transitions=(
        Transition(
            "start", "启动决策", sources=(Stage.PROPOSED,), target=Stage.DRAFTING, authority="decisions.decide",
            gates=(gates.PROPOSAL_COMPLETE, gates.LEAD_NAMED, gates.IN_CATALOGUE), effect=effects.start,
            form="decisions.forms.ProposalAnswerForm",
            declaration="决策机关决定启动，并将结果答复建议的提出人。",
        ),
        Transition(
            "decline", "不予启动", sources=(Stage.PROPOSED,), target=Stage.DECLINED, authority="decisions.decide",
            gates=(gates.PROPOSAL_COMPLETE,), effect=effects.decline, form="decisions.forms.ProposalAnswerForm",
            main=False, closes=True, cancels=(time_limits.DECIDE,), declaration="理由将答复建议的提出人。",
        ),
        Transition(
            "ask_county", "报县级请示", sources=(Stage.DRAFTING,), target=None, authority="decisions.draft", main=False,
            effect=effects.ask_for_leave, form="portal.county_requests.forms.AskForm",
            applies=lambda decision: decision.is_switched_on(COUNTY_REQUEST),
            help="拟出请示，核对材料后报送；县级的答复只对所报的这一稿有效。",
        ),
        Transition(
            "open_participation", "公开征求意见", sources=(Stage.DRAFTING,), target=Stage.PARTICIPATION,
            authority="consultation.run",
            gates=(
                gates.DRAFT_COMPLETE, gates.OPTIONS_WEIGHED, gates.DEPARTMENTS_CONSULTED, gates.COUNTY_REQUESTED,
            ),
            effect=effects.put_to_public, form="decisions.forms.OpenParticipationForm", applies=_is_public,
            declaration="公告内容和草案可以公开，不含国家秘密、工作秘密和个人隐私。",
        ),
        Transition(
            "go_on_in_confidence", "依法不公开，转入论证评估", sources=(Stage.DRAFTING,), target=Stage.ASSESSMENT,
            authority="decisions.draft",
            gates=(
                gates.SECRECY_REVIEWED, gates.DRAFT_COMPLETE, gates.OPTIONS_WEIGHED, gates.DEPARTMENTS_CONSULTED,
                gates.COUNTY_REQUESTED,
            ),
            applies=_is_secret, needs_note=True,
            help="依法不予公开的决策不经过公众参与，其他环节不能省略。",
        ),
        Transition(
            "publish_answers", "公布意见采纳情况", sources=(Stage.PARTICIPATION,), target=None,
            authority="consultation.run", gates=(gates.COMMENT_PERIOD_OVER, gates.COMMENTS_ANSWERED),
            effect=effects.announce_answers, main=False,
        ),
        Transition(
            "conclude_participation", "公众参与结束，转入论证评估", sources=(Stage.PARTICIPATION,),
            target=Stage.ASSESSMENT, authority="decisions.draft",
            gates=(
                gates.COMMENT_PERIOD_OVER, gates.COMMENTS_ANSWERED, gates.ANSWERS_PUBLISHED, gates.GROUPS_HEARD,
                gates.HEARING_HELD,
            ),
            stops=(time_limits.PUBLIC_COMMENT,),
        ),
        Transition(
            "return_to_drafting", "退回修改草案",
            sources=(Stage.PARTICIPATION, Stage.ASSESSMENT, Stage.LEGALITY_REVIEW), target=Stage.DRAFTING,
            authority="decisions.draft", needs_note=True, main=False,
            cancels=(time_limits.PUBLIC_COMMENT, *_REVIEW_CLOCKS),
            help="重大修改的，重新公开征求意见。",
        ),
        Transition(
            "send_to_review", "送合法性审查", sources=(Stage.ASSESSMENT,), target=Stage.LEGALITY_REVIEW,
            authority="decisions.draft",
            gates=(
                gates.EXPERTS_HEARD, gates.EXPERTS_SIGNED, gates.RISK_ACCEPTABLE, gates.RISK_REPORTED,
                gates.FAIR_COMPETITION_REVIEWED, gates.PACK_COMPLETE,
            ),
            effect=effects.put_to_review, starts=_REVIEW_CLOCKS,
        ),
        Transition(
            "return_pack", "材料不齐，退回补正", sources=(Stage.LEGALITY_REVIEW,), target=Stage.ASSESSMENT,
            authority="legal_review.review", authority_for=review_authority, needs_note=True, main=False,
            cancels=_REVIEW_CLOCKS, help="材料齐备后重新送审，审查时间重新起算。",
        ),
        Transition(
            "issue_opinion", "出具合法性审查意见书", sources=(Stage.LEGALITY_REVIEW,), target=None,
            authority="legal_review.review", authority_for=review_authority, not_by=("send_to_review", "resubmit"),
            gates=(gates.CHECKLIST_ANSWERED, gates.ADVISER_HEARD), effect=effects.issue_opinion,
            form="decisions.forms.OpinionForm", applies=awaits_opinion,
            declaration="审查意见书出具后不能修改；草案修改后须重新审查。",
            help="不得以征求意见、会签、参加审议等方式代替合法性审查。",
        ),
        Transition(
            "resubmit", "修改后重新送审", sources=(Stage.LEGALITY_REVIEW,), target=None, authority="decisions.draft",
            main=False,
            gates=(gates.OPINION_ISSUED, gates.FINDINGS_ANSWERED, gates.DRAFT_REWORKED, gates.PACK_COMPLETE),
            effect=effects.put_to_review, cancels=_REVIEW_CLOCKS, starts=_REVIEW_CLOCKS,
        ),
        Transition(
            "assess_integrity", "登记廉洁性审查", sources=(Stage.LEGALITY_REVIEW,), target=None,
            authority="legal_review.review", authority_for=review_authority, not_by=("send_to_review", "resubmit"),
            main=False, effect=effects.note_integrity, form="decisions.forms.IntegrityForm",
            applies=lambda decision: decision.is_switched_on(INTEGRITY_REVIEW),
        ),
        Transition(
            "put_to_deliberation", "提请集体讨论", sources=(Stage.LEGALITY_REVIEW,), target=Stage.DELIBERATION,
            authority="decisions.draft",
            gates=(
                gates.LEGALITY_OPINION, gates.FINDINGS_ANSWERED, gates.REVIEW_TIME_GIVEN, gates.INTEGRITY_REVIEWED,
                gates.RISK_ACCEPTABLE, gates.FAIR_COMPETITION_REVIEWED,
            ),
            stops=_REVIEW_CLOCKS,
        ),
        Transition(
            "adopt", "集体讨论通过", sources=(Stage.DELIBERATION,), target=Stage.PARTY_REPORT,
            authority="meetings.record", gates=(gates.LEGALITY_OPINION, gates.DELIBERATION_PASSED),
        ),
        Transition(
            "send_back", "会议要求修改", sources=(Stage.DELIBERATION,), target=Stage.LEGALITY_REVIEW,
            authority="meetings.record", gates=(gates.DELIBERATION_SENT_BACK,), main=False, needs_note=True,
            effect=effects.ask_for_rework,
        ),
        Transition(
            "reject", "会议不予通过", sources=(Stage.DELIBERATION,), target=Stage.TERMINATED,
            authority="meetings.record", gates=(gates.DELIBERATION_REJECTED,), main=False, needs_note=True,
            closes=True, cancels=(time_limits.DECIDE,),
        ),
        Transition(
            "decide", "作出决策并编号", sources=(Stage.PARTY_REPORT,), target=Stage.PUBLICATION,
            authority="decisions.sign",
            gates=(gates.PARTY_REPORTED, gates.FINAL_TEXT_ON_FILE, gates.EXECUTION_SET), effect=effects.decide,
            starts=(time_limits.PUBLISH,), stops=(time_limits.DECIDE,), form="decisions.forms.DecideForm",
            declaration="决策作出后即取得文号，不能撤销；需要改变的，按程序调整或者停止执行。",
        ),
        Transition(
            "publish", "公布决策", sources=(Stage.PUBLICATION,), target=Stage.EXECUTION,
            authority="publishing.prepare",
            gates=(gates.NUMBERED, gates.ADOPTION_EXPLAINED, gates.MASKING_REVIEWED, gates.INTERPRETATION_READY),
            effect=execution_effects.make_public, stops=(time_limits.PUBLISH,), addresses_county=True,
            applies=_is_public, declaration="公布事项、依据和结果，并说明意见采纳情况。",
        ),
        Transition(
            "carry_out_in_confidence", "不予公布，转入执行", sources=(Stage.PUBLICATION,), target=Stage.EXECUTION,
            authority="publishing.prepare", gates=(gates.NUMBERED, gates.SECRECY_REVIEWED),
            cancels=(time_limits.PUBLISH,), applies=_is_secret, needs_note=True, addresses_county=True,
            effect=execution_effects.begin,
        ),
        Transition(
            "suspend", "中止执行", sources=(Stage.EXECUTION,), target=Stage.SUSPENDED, authority="decisions.sign",
            main=False, needs_note=True, cancels=(time_limits.EXECUTION_REPORT,),
            help="严重影响决策目标实现、情况紧急的，行政首长可以先决定中止（国令713 第三十五条、第三十七条）。",
        ),
        Transition(
            "resume", "恢复执行", sources=(Stage.SUSPENDED,), target=Stage.EXECUTION, authority="decisions.sign",
            gates=(execution_gates.NOT_BEING_REMADE,), main=False, needs_note=True, effect=execution_effects.begin,
        ),
        Transition(
            "stop", "停止执行", sources=_CARRIED_OUT, target=Stage.STOPPED,
            authority="decisions.sign", gates=(execution_gates.FOLLOW_UPS_ANSWERED,), main=False, needs_note=True,
            cancels=(time_limits.EXECUTION_REPORT,),
            help="未经法定程序不得停止执行（国令713 第三十七条）。作重大调整的，在执行页面提出，重新履行决策程序。",
        ),
        Transition(
            "settle_plan", "下达执行任务", sources=(Stage.EXECUTION,), target=None, authority="decisions.sign",
            gates=(execution_gates.TASKS_LISTED,), effect=execution_effects.settle_plan, applies=_is_unplanned,
            declaration="任务下达后，修改、增加或者取消任务须说明理由并经批准。",
        ),
        Transition(
            "follow_up", "督办", sources=_CARRIED_OUT, target=None, authority="county.supervise", main=False,
            effect=execution_effects.follow_up, form="decisions.execution_forms.FollowUpForm", addresses_county=True,
            help="上级行政机关应当加强对下级行政机关重大行政决策的监督（国令713 第七条）。",
        ),
        Transition(
            "answer_follow_up", "答复督办", sources=_CARRIED_OUT, target=None, authority="decisions.draft",
            effect=execution_effects.answer_follow_up, form="decisions.execution_forms.FollowUpAnswerForm",
            stops=(time_limits.FOLLOW_UP,), applies=_has_open_follow_up,
        ),
        Transition(
            "report_execution", "报告执行情况", sources=(Stage.EXECUTION,), target=None, authority="decisions.draft",
            gates=(execution_gates.PLANNED,), effect=execution_effects.report,
            form="decisions.execution_forms.ReportForm", stops=(time_limits.EXECUTION_REPORT,), applies=_still_reports,
            declaration="报告提交后不能修改。",
        ),
        Transition(
            "finish_execution", "执行完毕", sources=(Stage.EXECUTION,), target=Stage.EXECUTED,
            authority="decisions.sign",
            gates=(
                execution_gates.PLANNED, execution_gates.TASKS_SETTLED, execution_gates.LAST_REPORT,
                execution_gates.PROBLEMS_ANSWERED, execution_gates.FOLLOW_UPS_ANSWERED,
            ),
            effect=execution_effects.finish, declaration="决策机关已核实各项任务的完成情况。",
        ),
        Transition(
            "archive", "归档", sources=_TO_ARCHIVE, target=Stage.ARCHIVED, authority="decisions.draft",
            gates=(gates.ARCHIVE_COMPLETE, gates.DOSSIER_SEALED), closes=True,
            declaration="归档后案卷办结，不再增加、替换或者撤下材料。",
        ),
        Transition(
            "terminate", "终止", sources=_BEFORE_DECISION[1:], target=Stage.TERMINATED, authority="casefiles.lead",
            needs_note=True, main=False, closes=True,
            cancels=(time_limits.PUBLIC_COMMENT, *_REVIEW_CLOCKS, time_limits.DECIDE),
        ),
    ),
)  # fmt: skip
