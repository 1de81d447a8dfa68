"""A draft of the demo county with hints on it: two decided, the others waiting for the drafter."""

from datetime import date, timedelta

from normative_docs.clause_check.checking import check
from normative_docs.clause_check.deciding import decide
from normative_docs.clause_check.models import Decision
from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.vocabulary import DocumentKind
from portal.demo.walking import cast_of

_ARTICLES = (
    "为了规范建筑装修垃圾的投放、清运和处置，根据《中华人民共和国固体废物污染环境防治法》，结合本镇实际，制定本办法。",
    "装修户应当在开工前到镇规划建设办公室登记备案；未办理备案手续的，不得施工。",
    "镇人民政府通过比选，确定二家清运企业，全镇装修垃圾由选定的清运企业统一清运。",
    "物业服务企业负责代收装修垃圾清运费。装修垃圾处理费按照县发展改革部门核定的标准收取。",
    "对拒不整改的装修户，采取必要的行政手段，确保整改到位。",
    "违反本办法，随意倾倒、堆放装修垃圾的，由有权机关依照《中华人民共和国固体废物污染环境防治法》处罚。",
)


def build(world, today: date) -> None:
    """One draft of 龙潭镇, written two days ago."""
    cast = cast_of(world, "longtan")
    text = texts.draft("龙潭镇", "建筑装修垃圾管理", DocumentKind.MEASURES, "城乡建设、环境卫生", _ARTICLES)
    journey = Journey(cast, text, today - timedelta(days=2))
    journey.open()
    with journey.on():
        hints = list(check(journey.document, cast.clerk).hints.all())
        decide(hints[0], by=cast.clerk, decision=Decision.ACCEPTED, reason="改为告知性登记，不作为施工条件。")
        on_behalf = next(hint for hint in hints if hint.kind == "代为收取")
        decide(
            on_behalf, by=cast.clerk, decision=Decision.DISMISSED,
            reason="由清运企业委托物业服务企业代收，双方自愿签订合同，不是行政收费。",
        )  # fmt: skip
