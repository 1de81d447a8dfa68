"""What an item says, as plain values that an adjustment keeps: before, after, and written into the list."""

from decimal import Decimal

from decisions.catalogue.thresholds import THRESHOLDS, judge
from decisions.catalogue.vocabulary import AdjustmentAct
from portal.moment import today
from portal.workflow.refusals import StepRefused

# What an adjustment may change, and what is compared when two people change the same item.
CONTENT = (
    "title", "deciding_body", "handling_unit_id", "matter", "reason", "legal_basis", "touches_public_interest",
    "is_professional", "hearing_by_law", "brings_risk", "affects_market", "is_disputed", "stability_kind",
    *(threshold.name for threshold in THRESHOLDS), "months", "step_reason", "judged",
)  # fmt: skip


def content_of(item) -> dict:
    """An item as plain values: amounts as text, the unit by its key."""
    return {name: _plain(getattr(item, name)) for name in CONTENT}


def _plain(value):
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def judged_again(item, organisation) -> None:
    """Hold the item against the numbers of today."""
    item.judged = judge(item, organisation, today())


def written(catalogue, row):
    """Write one adjustment into the list; the database asks that it be consented to.

    :returns: the item. :raises StepRefused: an item of that name is on the list already.
    """
    others = catalogue.items.filter(is_withdrawn=False, title=row.content.get("title"))
    if row.act != AdjustmentAct.WITHDRAW and others.exclude(pk=row.item_id).exists():
        raise StepRefused(f"目录中已有名为“{row.title}”的事项，请先修改或者撤回这项调整。")
    if row.act == AdjustmentAct.ADD:
        last = catalogue.items.order_by("-number").values_list("number", flat=True).first() or 0
        return catalogue.items.create(number=last + 1, adjusted_by=row, **row.content)
    item = row.item
    if row.act == AdjustmentAct.WITHDRAW:
        item.is_withdrawn = True
    else:
        for name, value in row.content.items():
            setattr(item, name, value)
    item.adjusted_by = row
    item.save(update_fields=["is_withdrawn", "adjusted_by_id", *CONTENT])
    return item
