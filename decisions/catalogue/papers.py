"""The catalogue as a paper, in the columns in which towns publish it."""

from decisions.catalogue.models import DecisionCatalogue
from portal.documents.rendering import Layout, OfficialPaper, Table, parse_blocks

# 序号 | 事项名称 | 决策主体 | 承办单位 | 法律政策依据 | 履行程序要求 | 细化完成时间
HEADS = ("序号", "事项名称", "决策主体", "承办单位", "法律政策依据", "履行程序要求", "细化完成时间")


def rows_of(catalogue: DecisionCatalogue) -> list[tuple[str, ...]]:
    """The items in those columns."""
    items = catalogue.items.filter(is_withdrawn=False).select_related("handling_unit").order_by("number")
    return [
        (
            str(item.number), item.title, item.deciding_body, item.handling_unit.short_name, item.legal_basis,
            item.steps_words, item.months_words,
        )
        for item in items
    ]  # fmt: skip


def catalogue_paper(catalogue: DecisionCatalogue) -> OfficialPaper:
    """The catalogue as it was adopted."""
    opening = (
        f"根据《重大行政决策程序暂行条例》第三条，经同级党委同意、{catalogue.adopted_at}讨论通过，"
        f"{catalogue.year}年度重大行政决策事项如下："
    )
    table = Table(header=HEADS, rows=tuple(rows_of(catalogue)), widths=(1.6, 4.6, 3.2, 3.0, 5.0, 4.6, 5.0))
    return OfficialPaper(
        kind="目录",
        layout=Layout.PLAIN,
        title=catalogue.title,
        body=(*parse_blocks(opening), table),
        signature=(catalogue.town.name,),
        issued_on=catalogue.adopted_on,
    )
