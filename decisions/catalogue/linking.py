"""Which item of a catalogue a decision carries out, or why it is in none (S1-12.1b, S3-9c)."""

from django.db import transaction
from django.db.models import Q

from decisions.catalogue.compiling import CatalogueRefused
from decisions.catalogue.content import judged_again
from decisions.catalogue.models import PUBLISHED, CatalogueEntry, CatalogueItem
from decisions.catalogue.thresholds import THRESHOLDS
from decisions.models import MajorDecision
from decisions.workflow import Stage
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import FileLink
from portal.moment import now
from portal.workflow.declare import Standing, met, not_started

LINKED = verbs.declare("catalogue.decision_linked", "对应目录事项")
EXPLAINED = verbs.declare("catalogue.decision_outside", "说明未列入目录的理由")


def offered(decision: MajorDecision):
    """Items that this decision may carry out: of the town's catalogues under way, and not taken by another one."""
    taken = (
        CatalogueEntry.objects.filter(item__isnull=False)
        .exclude(decision=decision)
        .exclude(decision__stage__in=(Stage.DECLINED, Stage.TERMINATED))
    )
    return (
        CatalogueItem.objects.filter(
            catalogue__town_id=decision.organisation_id, catalogue__stage__in=PUBLISHED,
            catalogue__closed_on__isnull=True, is_withdrawn=False,
        )
        .exclude(pk__in=taken.values("item"))
        .select_related("catalogue")
        .order_by("-catalogue__year", "number")
    )  # fmt: skip


def _held(decision: MajorDecision, seen: str | None) -> tuple[MajorDecision, CatalogueEntry | None]:
    held = MajorDecision.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=decision.pk)
    entry = CatalogueEntry.objects.select_related("item").filter(decision=held).first()
    if seen is not None and seen != (entry.seen if entry else ""):
        raise CatalogueRefused("这件决策与目录的对应刚刚已由他人修改，请核对后再保存。")
    if held.is_closed:
        raise CatalogueRefused("决策已经办结，不能再改。")
    if held.stage != Stage.PROPOSED and entry is not None and entry.item_id:
        raise CatalogueRefused("决策已经启动，与目录事项的对应不能再改。")
    return held, entry


@transaction.atomic
def link(decision: MajorDecision, item: CatalogueItem, *, by, seen: str | None = None) -> CatalogueEntry:
    """The decision carries out this item. After its start only a decision without item may still get one.

    :raises CatalogueRefused: the item isn't offered, the decision is lawfully secret or closed, or somebody was faster.
    """
    held, entry = _held(decision, seen)
    if held.is_secret:
        raise CatalogueRefused("依法不予公开的决策不列入公布的目录，请说明理由。")
    if not offered(held).filter(pk=item.pk).exists():
        raise CatalogueRefused("这一目录事项不在可选范围内，或者已有决策在办理。")
    if entry is not None and entry.item_id:
        _untie(entry)
    saved, _ = CatalogueEntry.objects.update_or_create(
        decision=held,
        defaults={"item": item, "reason": "", "recorded_by": by, "recorded_at": now()},
    )
    FileLink.objects.get_or_create(
        source_id=held.pk, target_id=item.catalogue_id, kind=FileLink.Kind.CARRIES_OUT
    )  # fmt: skip
    record(LINKED, by=by, file=held, summary=f"{item.catalogue.title}，{item}"[:400])
    return saved


@transaction.atomic
def explain_outside(decision: MajorDecision, *, by, reason: str, seen: str | None = None, **measures) -> CatalogueEntry:
    """Say why the decision is in no catalogue; what can be measured of it is held against the standards of today.

    :param measures: amount, people, area, villages; those that are known.
    :raises CatalogueRefused: no reason, started with an item, closed, or somebody was faster.
    """
    held, entry = _held(decision, seen)
    if not reason.strip():
        raise CatalogueRefused("请说明未列入目录的理由。")
    if entry is not None and entry.item_id:
        _untie(entry)
    row = entry or CatalogueEntry(decision=held)
    row.item, row.reason = None, reason.strip()
    row.recorded_by, row.recorded_at = by, now()
    for threshold in THRESHOLDS:
        setattr(row, threshold.name, measures.get(threshold.name))
    judged_again(row, held.organisation)
    row.save()
    record(EXPLAINED, by=by, file=held, summary=row.reason)
    return row


def _untie(entry: CatalogueEntry) -> None:
    FileLink.objects.filter(
        Q(source_id=entry.decision_id), target_id=entry.item.catalogue_id, kind=FileLink.Kind.CARRIES_OUT
    ).delete()


def standing(decision: MajorDecision) -> Standing:
    """What the gate before the start shows."""
    entry = (
        CatalogueEntry.objects.select_related("item__catalogue", "recorded_by").filter(decision_id=decision.pk).first()
    )
    if entry is None:
        return not_started("没有对应目录事项，也没有说明未列入的理由")
    if entry.item is None:
        return met(f"未列入目录，因为{entry.reason}")
    if entry.item.is_withdrawn:
        return not_started(f"{entry.item}已经调出目录，请重新对应或者说明理由")
    return met(f"{entry.item.catalogue.year} 年度目录{entry.item}")
