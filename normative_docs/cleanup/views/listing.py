"""How documents of a clean-up stand in a list."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from normative_docs.models import Effect
from portal.moment import today
from portal.web.tables import Cell, Column, Row

_SHORT = 60


def day(value) -> str:
    """A day, or the day of a moment, as tables print it; empty where there is none."""
    if isinstance(value, datetime):
        value = localtime(value)
    return f"{value:%Y-%m-%d}" if value else ""


def age_in_words(document) -> str:
    """How long ago it was issued: 5 年 3 个月."""
    start = document.issued_on or document.published_on
    if start is None:
        return ""
    now = today()
    months = (now.year - start.year) * 12 + now.month - start.month - (now.day < start.day)
    years, rest = divmod(max(months, 0), 12)
    return f"{years} 年 {rest} 个月" if years else f"{rest} 个月"


def dead_word(document) -> str:
    """已失效 or 已废止 before the title of what is no longer in force today; empty otherwise."""
    effect = document.effect_on()
    return f"已{effect.label}" if effect in (Effect.LAPSED, Effect.REPEALED) else ""


def shortened(text: str) -> str:
    """A reason as it fits into a table."""
    return text if len(text) <= _SHORT else text[:_SHORT] + "…"


def document_columns() -> list[Column]:
    """Columns of a plain list of documents."""
    return [
        Column("文件", kind="title"), Column("主题"), Column("成文日期", kind="date"), Column("有效期至", kind="date"),
    ]  # fmt: skip


def document_row(document) -> Row:
    """A document that would be, or is, in scope."""
    return Row(
        key=str(document.public_id), name=document.title,
        cells=[
            Cell(document.title, kind="title", sub=document.document_number, prefix=dead_word(document)),
            Cell(document.topic, kind="nowrap", drop=True),
            Cell(day(document.issued_on), kind="date", stack_label="成文"),
            Cell(day(document.valid_until), kind="date", stack_label="有效期至"),
        ],
    )  # fmt: skip


def item_columns() -> list[Column]:
    """Columns of the list of one clean-up."""
    return [
        Column("序号", kind="number"), Column("文件", kind="title"), Column("结论"), Column("理由"), Column("提出单位"),
        Column("成文日期", kind="date"), Column("有效期至", kind="date"), Column("法制核对"),
    ]  # fmt: skip


def item_row(campaign, item, *, picked: bool = False) -> Row:
    """One document with its conclusion; the title leads to the page where it is written."""
    document = item.document
    address = reverse("cleanup:item", kwargs={"public_id": campaign.public_id, "number": item.number})
    reason = shortened(item.reason) + (f"（{shortened(item.basis)}）" if item.basis else "")
    return Row(
        key=str(item.number), name=document.title, picked=picked,
        cells=[
            Cell(item.number, kind="number", drop=True),
            Cell(
                document.title, kind="title", url=address, prefix=dead_word(document),
                sub="　".join(filter(None, (document.document_number, age_in_words(document)))),
            ),
            Cell("未填写", stack_label="结论", tag=item.get_verdict_display(), tag_kind="now"),
            Cell(reason, stack_label="理由"),
            Cell(item.unit.short_name if item.unit else "", kind="nowrap", drop=True),
            Cell(day(document.issued_on), kind="date", drop=True),
            Cell(day(document.valid_until), kind="date", stack_label="有效期至"),
            Cell(day(item.checked_at), kind="date", stack_label="法制核对"),
        ],
    )  # fmt: skip
