"""Opening a catalogue and writing its items, while it is compiled."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max

from decisions.catalogue import time_limits
from decisions.catalogue.content import judged_again
from decisions.catalogue.models import CatalogueItem, DecisionCatalogue
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure
from portal.deadlines import clocks
from portal.moment import today
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

ADDED = verbs.declare("catalogue.item_added", "列入目录事项")
CHANGED = verbs.declare("catalogue.item_changed", "修改目录事项")
REMOVED = verbs.declare("catalogue.item_removed", "移除目录事项")

POWER = "decisions.draft"
CHANGED_MEANWHILE = "这一事项刚刚已由他人修改。您填写的内容没有保存，请核对后再改。"


class CatalogueRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


@transaction.atomic
def open_catalogue(*, by, organisation, year: int, handling_unit=None) -> DecisionCatalogue:
    """Open the catalogue of a town for a year; the day by which it is to be published begins to count.

    :raises NotAuthorised: the person may not draft decisions there.
    :raises CatalogueRefused: another year than this or the next, or the year has its catalogue.
    """
    if year not in (today().year, today().year + 1):
        raise CatalogueRefused("只能编制本年度或者下一年度的目录。")
    try:
        with transaction.atomic():
            catalogue = open_file(
                DecisionCatalogue, by=by, organisation=organisation, authority=POWER, town=organisation, year=year,
                title=f"{organisation.name}{year}年度重大行政决策事项目录", handling_unit=handling_unit,
                disclosure=Disclosure.PROACTIVE,
            )  # fmt: skip
    except IntegrityError as taken:
        raise CatalogueRefused(f"{year} 年度的目录已经立卷。") from taken
    clocks.start_clock(catalogue, time_limits.YEAR, date(year, 1, 1), by=by)
    return catalogue


def held(catalogue: DecisionCatalogue) -> DecisionCatalogue:
    """The catalogue as it stands, locked."""
    rows = DecisionCatalogue.objects.select_for_update(of=("self",)).select_related("organisation", "town")
    return rows.get(pk=catalogue.pk)


def _compiling(catalogue: DecisionCatalogue) -> DecisionCatalogue:
    locked = held(catalogue)
    if not locked.is_compiling:
        raise CatalogueRefused(f"目录已到「{locked.stage_label}」环节，事项不能直接修改；公布后按程序调整。")
    return locked


def _same_name(catalogue: DecisionCatalogue, item: CatalogueItem) -> bool:
    return catalogue.items.filter(is_withdrawn=False, title=item.title).exclude(pk=item.pk).exists()


@transaction.atomic
def add_item(catalogue: DecisionCatalogue, item: CatalogueItem, *, by) -> CatalogueItem:
    """Put a matter on the list; how it stands to the quantified standards of today is kept with it.

    :raises CatalogueRefused: no longer compiling, or an item of that name is on the list.
    """
    catalogue = _compiling(catalogue)
    if _same_name(catalogue, item):
        raise CatalogueRefused("目录中已有同名的事项。")
    last = catalogue.items.aggregate(last=Max("number"))["last"] or 0
    item.catalogue, item.number = catalogue, last + 1
    judged_again(item, catalogue.town)
    item.save()
    record(ADDED, by=by, file=catalogue, summary=str(item)[:400])
    return item


@transaction.atomic
def change_item(item: CatalogueItem, *, by, seen: str | None = None) -> CatalogueItem:
    """Save a changed item.

    :raises CatalogueRefused: not compiling, changed or removed meanwhile, or the name is taken.
    """
    catalogue = _compiling(item.catalogue)
    known = catalogue.items.filter(pk=item.pk).first()
    if known is None:
        raise CatalogueRefused("这一事项刚刚已由他人移除。")
    if seen is not None and seen != known.seen:
        raise CatalogueRefused(CHANGED_MEANWHILE)
    if _same_name(catalogue, item):
        raise CatalogueRefused("目录中已有同名的事项。")
    judged_again(item, catalogue.town)
    item.save()
    record(CHANGED, by=by, file=catalogue, summary=str(item)[:400])
    return item


@transaction.atomic
def remove_item(item: CatalogueItem, *, by) -> None:
    """Take an item off the list while it is compiled; the numbers behind it move up.

    :raises CatalogueRefused: no longer compiling, or removed already.
    """
    catalogue = _compiling(item.catalogue)
    known = catalogue.items.filter(pk=item.pk).first()
    if known is None:
        raise CatalogueRefused("这一事项刚刚已由他人移除。")
    name = str(known)
    known.delete()
    for number, row in enumerate(catalogue.items.order_by("number"), start=1):
        if row.number != number:
            row.number = number
            row.save(update_fields=["number"])
    record(REMOVED, by=by, file=catalogue, summary=name[:400])
