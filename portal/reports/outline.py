"""What the annual report must say, chapter by chapter, and which registered figures each chapter states.

The chapters are those of 法治政府建设与责任落实督察工作规定 art. 25; the five parts of the first are those in which
towns report. A sentence is made of figures only. Where no room delivers figures yet, the clerk writes, with a hint.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.core.checks import Error

from portal.indicators.registry import Figure, Indicator, indicators

BASIS = "法治政府建设与责任落实督察工作规定 第二十五条"
NOTHING = "无"


@dataclass(frozen=True)
class Sentence:
    """Words around figures: ``{0}`` is the first code's figure with its unit, 无 where there is nothing to count."""

    words: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """One heading of the report.

    ``beside`` names figures that help the writer and are not stated; ``hint`` says what belongs here;
    ``required`` chapters must be filled before the report is approved.
    """

    code: str
    title: str
    level: int
    hint: str
    sentences: tuple[Sentence, ...] = ()
    beside: tuple[str, ...] = ()
    required: bool = True
    heading_only: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """All figures of this chapter, each once, in the order of the text."""
        stated = [code for sentence in self.sentences for code in sentence.codes]
        return tuple(dict.fromkeys((*stated, *self.beside)))


OUTLINE = (
    Chapter(
        "measures", "上一年度推进法治政府建设的主要举措和成效", 1, "分五个部分撰写。", required=False, heading_only=True
    ),
    Chapter(
        "measures_services", "推进“放管服”改革", 2,
        "写明本年度承接、调整的事项，便民服务和证明事项清理等实际做法；没有开展的如实写明。",
    ),
    Chapter(
        "measures_enforcement", "健全行政执法体制机制", 2,
        "写明综合执法队伍、执法人员资格管理、执法公示和案卷评查等情况；数据由经办人依台账填写。",
    ),
    Chapter(
        "measures_integrity", "推进政务公开和诚信建设", 2,
        "系统已按记录列出公开和征求意见的数据；请补充政务诚信方面的工作。",
        (
            Sentence("全年主动公开文件{0}。", ("reports.published",)),
            Sentence(
                "就行政规范性文件草案公开征求意见{0}，收到公众意见{1}。",
                ("normative_docs.consultations", "normative_docs.comments"),
            ),
        ),
    ),
    Chapter(
        "measures_disputes", "依法化解社会矛盾", 2,
        "写明法治宣传、人民调解和行政调解、行政复议和行政应诉情况；数据由经办人依台账填写。",
        (Sentence("召开行政调解工作动员会{0}。", ("meetings.mediation_rally",)),),
    ),
    Chapter(
        "measures_capacity", "提升依法行政能力", 2,
        "系统已按记录列出制度建设、合法性审核、集体讨论和备案的数据；请补充学法培训等情况。",
        (
            Sentence(
                "全年制发行政规范性文件{0}，登记存量行政规范性文件{1}，年末现行有效行政规范性文件{2}。",
                ("normative_docs.issued", "normative_docs.recorded", "normative_docs.in_force"),
            ),
            Sentence(
                "出具合法性审核意见{0}，行政规范性文件合法性审核率：{1}。",
                ("normative_docs.reviews", "normative_docs.legality_review_rate"),
            ),
            Sentence("召开依法行政工作会议{0}。", ("meetings.rule_of_law_work",)),
            Sentence("提交集体讨论事项{0}。", ("reports.deliberated",)),
            Sentence(
                "向上级报送备案{0}；报备率：{1}，及时率：{2}，规范率：{3}。",
                (
                    "reports.filed", "normative_docs.filing_rate", "normative_docs.timeliness_rate",
                    "normative_docs.conformity_rate",
                ),
            ),
            Sentence("法定期限按期办结率：{0}。", ("reports.deadlines_kept_rate",)),
        ),
    ),
    Chapter(
        "shortcomings", "存在的不足和原因", 1, "逐条写明问题和原因；旁边列出未达百分之百的比率及其案卷，供对照。",
        beside=(
            "reports.deadlines_kept_rate", "normative_docs.filing_rate", "normative_docs.timeliness_rate",
            "normative_docs.conformity_rate",
        ),
    ),
    Chapter(
        "first_responsible", "党政主要负责人履行推进法治建设第一责任人职责情况", 1,
        "写明研究部署、听取汇报、带头学法和督促落实等情况。",
        (
            Sentence("专题研究法治政府建设{0}。", ("meetings.special_study",)),
            Sentence("党政主要负责人出席集体讨论会议{0}。", ("reports.meetings_with_head",)),
        ),
    ),
    Chapter("next_year", "下一年度推进法治政府建设的主要安排", 1, "对照存在的不足，写明任务、责任单位和时限。"),
    Chapter("other", "其他需要报告的情况", 1, "没有的可以不写，报告中不列这一部分。", required=False),
)  # fmt: skip


def chapter(code: str) -> Chapter:
    """:raises KeyError: the outline has no such chapter."""
    for one in OUTLINE:
        if one.code == code:
            return one
    raise KeyError(code)


def outline_codes() -> tuple[str, ...]:
    """Every figure that the report uses, each once, in the order of the text."""
    return tuple(dict.fromkeys(code for one in OUTLINE for code in one.codes))


def number_text(value: Decimal | None) -> str:
    """A value as it is printed: no needless zeros, 无 where there is nothing to count."""
    if value is None:
        return NOTHING
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(indicator: Indicator, value: Decimal | None) -> str:
    """A value with its unit, as in running text: 3件, 66.7%."""
    return number_text(value) + (indicator.unit.value if value is not None else "")


def composed(one: Chapter, figures: dict[str, Figure]) -> str:
    """The sentences of a chapter with their figures, one paragraph; empty where none are declared."""
    return "".join(
        sentence.words.format(*(amount(indicators[code], figures[code].value) for code in sentence.codes))
        for sentence in one.sentences
    )


def figures_are_registered(app_configs, **kwargs):
    """System check: a figure that no app registers is a red build, not a gap in the report."""
    problems = []
    for one in OUTLINE:
        for code in one.codes:
            if code not in indicators:
                problems.append(Error(f"annual report, {one.code}: no indicator {code}", id="portal.E070"))
        for sentence in one.sentences:
            try:
                sentence.words.format(*sentence.codes)
            except IndexError:
                problems.append(Error(f"annual report, {one.code}: more places than figures", id="portal.E071"))
    return problems
