"""Drafts of decisions for demo and tests, our own words."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DecisionText:
    """A proposal and its draft, with the facts that say which steps it needs."""

    title: str
    proposer_kind: str
    proposer: str
    problem: str
    grounds: str
    outline: str
    matter: str
    matter_reason: str
    body: str
    notes: str
    basis: str
    summary: str
    facts: dict = field(default_factory=dict)
    research: str = "走访涉及的村和商户，召开座谈会两次，查阅周边乡镇做法。"
    options: str = ""
    interpretation: str = ""  # goes out with the decision


def market(town: str) -> DecisionText:
    """A public project that touches everybody's interests: hearing, experts and risk."""
    return DecisionText(
        title=f"{town}集镇农贸市场改造方案",
        proposer_kind="delegate",
        proposer="镇人大代表 沈建平",
        problem="现有市场建于三十年前，通道狭窄、排水不畅，消防隐患突出。",
        grounds="消防检查连续两年指出问题；镇人大会议代表建议第12号。",
        outline="原址改造，分两期施工，设置临时市场；改造后摊位优先安排原经营户。",
        matter="project",
        matter_reason="公共建设项目，投资估算860万元，超过500万元的量化标准，涉及经营户132户。",
        body="""一、改造范围为集镇农贸市场及周边道路，占地约6200平方米。
二、工程分两期实施，一期改造主体和排水，二期改造外立面和停车位。
三、施工期间在文化广场东侧设置临时市场，水电费用由镇财政承担。
四、改造后摊位优先安排原经营户，摊位费标准三年内不提高。
五、项目由镇规划建设办公室组织实施，计划于次年六月底前完成。""",
        notes="一、必要性\n消除消防隐患，改善经营环境。\n二、主要内容\n明确范围、分期、临时市场和摊位安排。",
        basis="《中华人民共和国消防法》第十六条；县集贸市场升级改造三年行动计划",
        summary="集镇农贸市场拟原址改造，施工期间设临时市场，现就改造范围、摊位安排公开征求意见。",
        facts={
            "touches_public_interest": True, "is_professional": True, "brings_risk": True, "affects_market": True,
            "stability_kind": "project", "special_groups": "老年经营户、残疾人经营户",
        },
        options="方案一：原址分期改造，影响小，工期长。\n方案二：整体搬迁新建，工期短，投资和征地成本高。",
    )  # fmt: skip


def bus(town: str) -> DecisionText:
    """A policy without special risk: only the public takes part."""
    return DecisionText(
        title=f"{town}村村通公交线路优化方案",
        proposer_kind="public",
        proposer="村民 周晓明等",
        problem="三个村早晚班次少，学生和老人出行不便。",
        grounds="近一年收到同类反映二十余件。",
        outline="增加早晚班次，调整两条线路走向。",
        matter="public_policy",
        matter_reason="公共服务方面的重大公共政策，涉及全镇七个村。",
        body="""一、增加早晚班次各两班，周末保持不变。
二、二号线绕行镇卫生院，三号线延伸至新建安置点。
三、票价不作调整，六十五周岁以上老人免费乘车。
四、方案自公布之日起三十日后实施，半年后评估。""",
        notes="一、必要性\n方便群众出行。\n二、主要内容\n班次、线路和票价。",
        basis="《城市公共交通条例》；县城乡公交一体化实施意见",
        summary="为方便群众出行，拟优化村村通公交班次和线路，现公开征求意见。",
        facts={"touches_public_interest": False},
    )


def waterworks(town: str) -> DecisionText:
    """A plan that is lawfully not public in part: no public participation, no publication."""
    return DecisionText(
        title=f"{town}应急供水调度方案",
        proposer_kind="department",
        proposer=f"{town}应急管理办公室",
        problem="极端天气下集中供水点、取水口和输水线路的保护与调度没有统一方案。",
        grounds="县应急管理部门要求完善预案；涉及重要设施位置和防护安排。",
        outline="明确应急水源、调度权限和防护措施。",
        matter="other",
        matter_reason="涉及公共安全的重大事项。",
        body="一、明确两处应急水源和三条输水线路。\n二、调度由镇长决定，必要时报县应急指挥部。\n三、取水口实行专人值守。",
        notes="一、必要性\n保障极端天气下供水安全。\n二、主要内容\n水源、调度、防护。",
        basis="《中华人民共和国突发事件应对法》；《反恐怖主义法》关于重点目标的规定",
        summary="",
        facts={"touches_public_interest": False, "brings_risk": True},
    )


def riverside(town: str) -> DecisionText:
    """A public project that only asks the public: no experts, no risk of its own."""
    return DecisionText(
        title=f"{town}滨河步道建设方案",
        proposer_kind="department",
        proposer=f"{town}规划建设办公室",
        problem="河岸没有连续的步行通道，居民借道公路散步，存在安全隐患。",
        grounds="近两年公路沿线发生行人交通事故三起；县河道整治规划已预留步道用地。",
        outline="沿河新建步道3.2公里，配建照明和护栏，分两段实施。",
        matter="project",
        matter_reason="公共建设项目，投资估算610万元，达到量化标准，涉及沿河四个村。",
        body="""一、沿河新建步道3.2公里，宽二米，配建照明、护栏和救生设施。
二、工程分两段实施，汛期不安排涉水施工。
三、占用承包地的，按县公布的标准补偿，先补偿后施工。
四、建成后由沿线各村负责日常管护，经费列入年度预算。""",
        notes="一、必要性\n保障行人安全，方便群众健身。\n二、主要内容\n线路、分段、补偿和管护。",
        basis="《中华人民共和国防洪法》第二十七条；县河道整治规划",
        summary="拟沿河新建步道3.2公里，现就线路、补偿和管护安排公开征求意见。",
        facts={"touches_public_interest": False},
    )


def square(town: str) -> DecisionText:
    """A street's decision: the regulation doesn't bind it, the local rule does."""
    return DecisionText(
        title=f"{town}老旧小区加装充电设施实施方案",
        proposer_kind="leader",
        proposer="街道办事处分管负责人",
        problem="小区充电设施不足，飞线充电时有发生。",
        grounds="上半年火情通报中三起与飞线充电有关。",
        outline="分批加装充电棚，居民议事确定位置。",
        matter="public_policy",
        matter_reason="社会管理方面的重大公共政策，涉及老旧小区十一个。",
        body="一、两年内为十一个老旧小区加装集中充电设施。\n二、位置由居民议事会确定。\n三、建设费用由街道和运营单位分担。",
        notes="一、必要性\n消除火灾隐患。\n二、主要内容\n范围、选址、费用。",
        basis="《高层民用建筑消防安全管理规定》；县地方规则",
        summary="为消除飞线充电隐患，拟分批加装充电设施，现公开征求意见。",
        facts={"touches_public_interest": False, "affects_market": True},
    )


# What people say to the charging points, before and after the second version.
SQUARE_COMMENTS = (
    ("二、", "选址不要挡住消防通道，请写明。", "周晓明"),
    ("二、", "充电棚离楼道远一些，留出消防通道。", ""),
    ("三、", "希望写明居民不再另外出钱。", "吴秀兰"),
    ("", "支持，越快越好。", ""),
)
SQUARE_REWORKED = "二、位置由居民议事会确定，不得占用消防通道，与住宅楼保持安全距离。"
COMMENTS = (
    ("四、", "希望明确三年后摊位费怎么定。", "周晓明"),
    ("三、", "临时市场离公路太近，建议加装隔离栏。", ""),
    ("", "支持改造，请尽早公布工期。", "吴秀兰"),
)
