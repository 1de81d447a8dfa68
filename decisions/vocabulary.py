"""The closed lists of words that major administrative decisions use."""

from dataclasses import dataclass

from django.db.models import TextChoices

PRIOR_REPORT = "decisions.prior_report"  # code of the request to the county


class Matter(TextChoices):
    """What counts as a major administrative decision (国令713 art. 3)."""

    PUBLIC_POLICY = "public_policy", "公共服务、市场监管、社会管理、环境保护等方面的重大公共政策和措施"
    PLAN = "plan", "经济和社会发展等方面的重要规划"
    RESOURCES = "resources", "开发利用、保护重要自然资源和文化资源的重大公共政策和措施"
    PROJECT = "project", "在本行政区域实施的重大公共建设项目"
    OTHER = "other", "对经济社会发展有重大影响、涉及重大公共利益或者社会公众切身利益的其他重大事项"


class Proposer(TextChoices):
    """Who may put a decision forward, each to be answered (国令713 art. 10)."""

    LEADER = "leader", "决策机关领导人员"
    DEPARTMENT = "department", "所属部门、村（居）民委员会"
    DELEGATE = "delegate", "人大代表、政协委员"
    PUBLIC = "public", "公民、法人或者其他组织"


class StabilityKind(TextChoices):
    """The five kinds of matter whose risk is assessed in advance in any case (S4-13.1c)."""

    NONE = "", "不属于"
    DECISION = "decision", "重大决策"
    POLICY = "policy", "重要政策"
    REFORM = "reform", "重大改革措施"
    PROJECT = "project", "重大工程建设项目"
    EVENT = "event", "重大活动"


@dataclass(frozen=True)
class StepByFacts:
    """A step that a decision needs or not, by its facts (S1-12.3c). ``without`` is said where no fact asks for it."""

    code: str
    label: str
    basis: str
    without: str


PARTICIPATION = StepByFacts("participation", "公众参与", "国令713 第十四条、第十五条", "依法不予公开，不公开征求意见")
HEARING = StepByFacts(
    "hearing", "听证会", "国令713 第十六条", "不直接涉及群众切身利益，没有较大分歧，法律没有规定应当听证"
)
EXPERTS = StepByFacts("experts", "专家论证", "国令713 第十九条", "不属于专业性、技术性较强的事项")
RISK = StepByFacts("risk", "风险评估", "国令713 第二十二条", "不可能对社会稳定、公共安全、环境、经济造成不利影响")
FAIR_COMPETITION = StepByFacts(
    "fair_competition", "公平竞争审查", "国令713 第二十九条；公平竞争审查条例 第十四条", "不涉及经营者经济活动"
)
STEPS = {step.code: step for step in (PARTICIPATION, HEARING, EXPERTS, RISK, FAIR_COMPETITION)}
# What a person may decide against the facts, with a reason. The public's part and the review of fair competition are
# what the law asks of every decision that they concern, and stand by the facts alone.
CHOSEN_BY_HAND = (HEARING, EXPERTS, RISK)


def facts_asking_for(step: StepByFacts, matter) -> list[str]:
    """The facts that ask for a step, in Chinese; none, none needed (S1-12.3c).

    :param matter: a decision, or an item of the yearly catalogue: whatever has these facts.
    """
    interest = ("涉及重大公共利益或者群众切身利益", matter.touches_public_interest)
    asks = {
        PARTICIPATION.code: [("依法公开", not matter.is_secret)],
        HEARING.code: [interest, ("法律规定应当听证", matter.hearing_by_law), ("存在较大分歧", matter.is_disputed)],
        EXPERTS.code: [("专业性、技术性较强", matter.is_professional)],
        RISK.code: [
            interest, ("可能引发风险", matter.brings_risk),
            (f"属于{matter.get_stability_kind_display()}", bool(matter.stability_kind)),
        ],
        FAIR_COMPETITION.code: [("涉及经营者经济活动", matter.affects_market)],
    }  # fmt: skip
    if matter.is_secret and step.code == HEARING.code:
        return []
    return [words for words, holds in asks[step.code] if holds]


class ChoosableStep(TextChoices):
    HEARING = "hearing", "听证会"
    EXPERTS = "experts", "专家论证"
    RISK = "risk", "风险评估"


class RiskLevel(TextChoices):
    """From 较大 on no decision may be made (S4-13.1b)."""

    LOW = "low", "低风险"
    MEDIUM = "medium", "一般风险"
    LARGE = "large", "较大风险"
    SEVERE = "severe", "重大风险"


ACCEPTABLE = (RiskLevel.LOW, RiskLevel.MEDIUM)


class Assessor(TextChoices):
    OWN = "own", "承办单位"
    DEPARTMENT = "department", "有关主管部门"
    THIRD_PARTY = "third_party", "委托的专业机构、社会组织"


class ArgumentForm(TextChoices):
    MEETING = "meeting", "论证会"
    WRITTEN = "written", "书面咨询"
    COMMISSION = "commission", "委托咨询论证"


class Selection(TextChoices):
    REASONED = "reasoned", "按专业、代表性选定"
    LOT = "lot", "从专家库中抽取"


class ChosenBy(TextChoices):
    """How one expert came to be asked (国令713 arts. 20, 21)."""

    REASONED = "reasoned", "从专家库选定"
    LOT = "lot", "从专家库抽取"
    RESERVE = "reserve", "抽取后递补"
    INVITED = "invited", "从专家库以外邀请"


class ExpertView(TextChoices):
    SUPPORTS = "supports", "赞成"
    WITH_CHANGES = "with_changes", "修改后赞成"
    OPPOSES = "opposes", "不赞成"


class Adoption(TextChoices):
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_ADOPTED = "not_adopted", "不采纳"


class IntegrityConclusion(TextChoices):
    PASSED = "passed", "未发现廉洁风险"
    AMEND = "amend", "存在廉洁风险，应当修改"


class TaskState(TextChoices):
    """Where a task of the execution stands."""

    OPEN = "open", "进行中"
    DONE = "done", "已完成"
    DROPPED = "dropped", "不再实施"


class ProblemKind(TextChoices):
    """What whoever carries a decision out must report (国令713 art. 35)."""

    FLAWED = "flawed", "决策存在问题"
    CIRCUMSTANCES = "circumstances", "客观情况发生重大变化"
    FORCE_MAJEURE = "force_majeure", "发生不可抗力"
    RAISED = "raised", "公民、法人或者其他组织提出意见建议"


class ProblemOutcome(TextChoices):
    """What the deciding organ answers to a problem."""

    GO_ON = "go_on", "按原决策继续执行"
    MINOR = "minor", "作局部调整"
    MAJOR = "major", "作重大调整，重新履行决策程序"
    SUSPEND = "suspend", "中止执行"
    STOP = "stop", "停止执行"


class AdjustmentKind(TextChoices):
    """How the execution is adjusted; a major adjustment repeats the procedure (国令713 art. 37)."""

    CHANGE = "change", "修改任务"
    ADD = "add", "增加任务"
    DROP = "drop", "不再实施任务"
    MAJOR = "major", "重大调整"


MINOR_ADJUSTMENTS = (AdjustmentKind.CHANGE, AdjustmentKind.ADD, AdjustmentKind.DROP)


class Approval(TextChoices):
    APPROVED = "approved", "同意"
    REFUSED = "refused", "不同意"
