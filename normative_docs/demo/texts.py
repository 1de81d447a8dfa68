"""Invented drafts of an invented town, in the form that such documents have."""

from dataclasses import dataclass

from normative_docs.models import DocumentKind


@dataclass(frozen=True)
class DraftText:
    title: str
    kind: str
    topic: str
    body: str
    notes: str
    basis: str
    summary: str
    recognition: str
    affects_market: bool = False
    necessity: str = "现有做法不统一，矛盾时有发生，需要统一规则。"
    research: str = "起草单位走访各村，召开座谈会，收集村民和有关单位的意见。"
    answers: tuple[str, str, str] = (
        "已采纳，在相应条款中补充。",
        "已吸收其中关于期限的建议；其余内容上位法已有规定，不再重复。",
        "该事项由上级部门规定，本办法不宜另行设定，已转有关部门研究。",
    )


def _body(
    town: str, subject: str, articles: tuple[str, ...], validity: str = "本办法自公布之日起三十日后施行，有效期两年。"
) -> str:
    numerals = "一二三四五六七八九十"
    lines = []
    for number, article in enumerate((*articles, validity)):
        head = numerals[number] if number < 10 else f"十{numerals[number - 10]}"
        lines.append(f"第{head}条　{article}")
    return "\n\n".join(lines)


def draft(town: str, subject: str, kind: str, topic: str, articles: tuple[str, ...], **more) -> DraftText:
    label = dict(DocumentKind.choices)[kind]
    return DraftText(
        title=f"{town}{subject}{label}",
        kind=kind,
        topic=topic,
        body=_body(town, subject, articles),
        notes=(
            f"一、制定的必要性\n近年来，{subject}方面的矛盾时有发生，村民多次建议统一规则、公开流程。\n"
            "二、制定过程\n起草单位走访各村，召开座谈会，形成草案。\n"
            f"三、主要内容\n明确适用范围、各方职责、办理流程和监督方式，共{len(articles) + 1}条。"
        ),
        basis=more.pop("basis", "《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》第七十六条"),
        summary=f"为规范{subject}工作，保障群众合法权益，我镇起草了《{town}{subject}{label}（征求意见稿）》，现向社会公开征求意见。",
        recognition="涉及村民和有关单位的权利义务，在全镇普遍适用，有效期内反复适用，向社会公开发布。",
        **more,
    )


def housing(town="龙潭镇"):
    return draft(
        town, "农村住房建设管理", DocumentKind.MEASURES, "城乡建设、土地管理",
        (
            f"为规范农村村民住房建设，节约集约用地，根据有关法律、法规，结合{town}实际，制定本办法。",
            f"{town}行政区域内农村村民新建、改建、扩建住房，适用本办法。",
            "农村村民一户只能拥有一处宅基地，面积不得超过省规定的标准。",
            "申请建房的，由户主向村民小组提出，经村民会议或者村民代表会议讨论同意后公示，公示期不少于七日。",
            "镇人民政府自收到村级材料之日起二十个工作日内作出是否批准的决定。",
            "开工前由镇规划建设机构会同村民委员会到场放样，竣工后到场核实，均不收取费用。",
            "村民委员会发现未经批准擅自占地建房的，应当及时劝阻并报告镇人民政府。",
            "对办理过程有意见的，可以向镇人民政府投诉，镇人民政府应当在十五个工作日内答复。",
        ),
        basis="《中华人民共和国土地管理法》第六十二条；《中华人民共和国城乡规划法》第四十一条",
    )  # fmt: skip


def waste(town="龙潭镇"):
    return draft(
        town, "农村生活垃圾分类", DocumentKind.MEASURES, "生态环境",
        (
            f"为推进农村生活垃圾分类和资源化利用，改善人居环境，结合{town}实际，制定本办法。",
            "生活垃圾分为可回收物、易腐垃圾、有害垃圾和其他垃圾。",
            "镇人民政府负责分类设施的规划和建设，村民委员会负责宣传和日常指导。",
            "集中投放点的设置方案应当听取周边住户的意见，并在村务公开栏公示。",
            "鼓励通过积分兑换等方式引导村民参与分类，积分规则由村民会议讨论决定。",
            "收运单位应当按照约定的时间和路线收运，做到日产日清。",
        ),
    )  # fmt: skip


def market(town="龙潭镇"):
    return draft(
        town, "集贸市场摊位使用管理", DocumentKind.PROVISIONS, "市场监管",
        (
            f"为规范{town}集贸市场摊位使用，维护经营者和消费者合法权益，制定本规定。",
            "摊位的使用通过公开报名、公开抽签确定，不得限定经营者的户籍和住所。",
            "摊位使用期限为一年，期满重新公开确定。",
            "市场开办单位应当公布摊位图、使用费标准和投诉电话。",
            "经营者应当按照划定的摊位经营，保持通道畅通。",
        ),
        affects_market=True,
    )  # fmt: skip


def water(town="龙潭镇"):
    return draft(
        town, "农村供水设施管护", DocumentKind.MEASURES, "农业、水利",
        (
            f"为保障农村供水安全，明确管护责任，结合{town}实际，制定本办法。",
            "单村供水工程由村民委员会负责日常管护，跨村供水工程由供水单位负责。",
            "管护经费由财政补助、水费收入和村集体投入共同承担，收支情况每半年公示一次。",
            "因检修需要停水的，应当提前二十四小时告知用户。",
            "任何单位和个人不得擅自改动、拆除公共供水设施。",
        ),
    )  # fmt: skip


def fire(town="龙潭镇"):
    return draft(
        town, "野外用火管理", DocumentKind.CIRCULAR, "应急管理",
        (
            f"为预防森林火灾，保护人民生命财产安全，就{town}行政区域内野外用火管理通告如下。",
            "森林防火期为每年十月一日至次年五月三十一日。",
            "确需野外用火的，应当依法申请批准，并落实扑救人员和工具。",
            "发现火情，任何人都可以拨打报警电话。",
        ),
    )  # fmt: skip


def parking(town="龙潭镇"):
    return draft(
        town, "集镇停车秩序管理", DocumentKind.MEASURES, "城镇管理",
        (
            f"为改善{town}集镇停车秩序，方便群众出行，制定本办法。",
            "公共停车泊位免费使用，泊位的设置应当公示。",
            "不得擅自在公共区域设置障碍物占用停车泊位。",
            "赶集日临时停车区域由镇人民政府提前三日公布。",
        ),
    )  # fmt: skip


def elderly(town="龙潭镇"):
    return draft(
        town, "老年人助餐服务补贴", DocumentKind.RULES, "民政、养老",
        (
            "为规范老年人助餐服务补贴的申请和发放，制定本细则。",
            f"具有{town}户籍或者在本镇居住满一年、年满七十周岁的老年人，可以申请助餐服务补贴。",
            "申请人向所在村民委员会提出，行动不便的，由村级工作人员上门受理。",
            "镇人民政府在十个工作日内审核，并将结果公示七日。",
            "补贴按月发放，名单和金额每季度公示一次。",
        ),
    )  # fmt: skip


COMMENTS = (
    ("第四条", "公示期建议延长到十日，外出务工的人来不及看。", "张桂英"),
    ("第五条", "希望写明材料不齐怎么补，不要来回跑。", ""),
    ("", "建议增加对困难户的照顾条款。", "黎明"),
    ("第六条", "到场放样最好提前一天打电话。", ""),
)
