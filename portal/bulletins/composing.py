"""What a bulletin says: which figures, of whom, and the sentences and tables made of them."""

from dataclasses import dataclass
from decimal import Decimal

from portal.indicators.models import IndicatorValue
from portal.indicators.registry import indicators
from portal.organisations.models import Organisation
from portal.oversight.indicators import FINDINGS
from portal.oversight.kinds import filing_kinds

NOTHING = "无"
NUMERALS = "一二三四五六七八九"
TABLE_TITLE = "各乡镇（街道）规范性文件报备情况"
OVERDUE_TITLE = "逾期未报送备案的文件"
MOST_ACROSS = 6
"""Towns that stand side by side; more of them stand below each other."""
COUNTS = (
    "oversight.filed", "oversight.filed_on_time", "oversight.returned", "oversight.recorded", "oversight.ordered",
    "oversight.corrected", "oversight.revoked", "oversight.overdue",
)  # fmt: skip


def unit_codes() -> tuple[str, ...]:
    """The figures of every town, in the order of the table."""
    return (*COUNTS, *filing_kinds.rates())


def whole_codes() -> tuple[str, ...]:
    """The figures of the county as a whole."""
    return (*unit_codes(), *FINDINGS)


@dataclass(frozen=True)
class Part:
    """A part of the bulletin. ``sentences`` are words around codes; without them the writer writes, led by ``hint``."""

    code: str
    title: str
    sentences: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hint: str = ""
    start: str = ""


PARTS = (
    Part(
        "filing", "报送备案情况",
        (
            ("{period}，各乡镇（街道）报送备案规范性文件{0}，其中按期报送{1}，退回补正{2}。",
             ("oversight.filed", "oversight.filed_on_time", "oversight.returned")),
            ("全县报备率：{0}，及时率：{1}，规范率：{2}。",
             ("normative_docs.filing_rate", "normative_docs.timeliness_rate", "normative_docs.conformity_rate")),
            ("期限在本期届满仍未报送{0}。", ("oversight.overdue",)),
        ),
    ),
    Part(
        "review", "审查和纠正情况",
        (
            ("准予备案{0}，决定限期修改或者责令纠正{1}，已经整改到位{2}，撤销{3}。",
             ("oversight.recorded", "oversight.ordered", "oversight.corrected", "oversight.revoked")),
            (
                "审查中发现的问题：超越权限{0}，同上位法抵触{1}，违反法定程序{2}，明显不当{3}，文字或者格式{4}。",
                FINDINGS,
            ),
        ),
    ),
    Part(
        "problems", "存在的主要问题", (), "结合审查意见，写明共性问题，不点名批评个人。",
        "个别单位报送备案不够及时，制定说明不够完整。",
    ),
    Part(
        "demands", "下一步要求", (), "写明整改和报送的要求和时限。",
        "各乡镇（街道）应当自规范性文件公布之日起十五日内报送备案；逾期未报的，应当立即补报；被要求纠正的，应当按期报告整改情况。",
    ),
)  # fmt: skip


def number_text(value: Decimal | None) -> str:
    """A value as it is printed: no needless zeros, 无 where there is nothing to count."""
    if value is None:
        return NOTHING
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(code: str, value: Decimal | None) -> str:
    """A value with its unit, as in running text."""
    return number_text(value) + (indicators[code].unit.value if value is not None else "")


def sentences(part: Part, period: str, figures: dict[str, IndicatorValue]) -> str:
    """The composed sentences of a part; empty where none are declared."""
    return "".join(
        words.format(*(amount(code, figures[code].value) for code in codes), period=period)
        for words, codes in part.sentences
        if all(code in figures for code in codes)
    )


@dataclass(frozen=True)
class Composition:
    """A bulletin ready to be shown, printed or published."""

    title: str
    lead: str
    sections: tuple[tuple[str, str], ...]
    table: tuple[tuple[str, ...], ...]
    overdue: tuple[str, ...]

    def plain_text(self) -> str:
        """With level marks and the table, for publication and search."""
        lines = [self.lead]
        for number, (heading, text) in enumerate(self.sections):
            lines += [f"{NUMERALS[number]}、{heading}", text]
        lines += [f"附件1：{TABLE_TITLE}", *("| " + " | ".join(row) + " |" for row in self.table)]
        if self.overdue:
            lines += [f"附件2：{OVERDUE_TITLE}", *self.overdue]
        return "\n".join(lines)


def compose(bulletin) -> Composition:
    """A bulletin as it is written, with the figures it keeps."""
    kept = bulletin.kept()
    towns = towns_of(bulletin)
    codes = [code for code in unit_codes() if code in indicators]
    heads = ("乡镇（街道）", *(indicators[code].label for code in codes))
    rows = [heads]
    for unit in (*towns, bulletin.organisation):
        name = "全县" if unit.pk == bulletin.organisation_id else unit.short_name
        rows.append((name, *(_shown(code, kept.get((unit.pk, code))) for code in codes)))
    if len(towns) <= MOST_ACROSS:
        rows = list(zip(*rows, strict=True))
        rows[0] = ("指标", *rows[0][1:])
    whole = kept.get((bulletin.organisation_id, "oversight.overdue"))
    return Composition(
        title=bulletin.title,
        lead=f"现将{bulletin.span.label}规范性文件备案审查情况通报如下：",
        sections=tuple((section.title, section.text) for section in bulletin.sections.all()),
        table=tuple(rows),
        overdue=tuple(f"{n}. {label}" for n, (label, _) in enumerate(whole.records if whole else (), start=1)),
    )


def _shown(code: str, value: IndicatorValue | None) -> str:
    if value is None or value.value is None:
        return NOTHING
    return number_text(value.value) + ("%" if indicators[code].unit == "%" else "")


def towns_of(bulletin) -> list[Organisation]:
    """The towns whose figures it keeps, in the order of the tree."""
    units = bulletin.figures.exclude(unit_id=bulletin.organisation_id).values("unit")
    return list(Organisation.objects.filter(pk__in=units).order_by("path"))
