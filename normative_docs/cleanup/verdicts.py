"""Writing conclusions: one document at a time or many at once, and the legal office's tick on each."""

from collections.abc import Mapping

from django.db import transaction

from normative_docs.cleanup.campaigns import CleanupRefused, held, held_item
from normative_docs.cleanup.models import CleanupItem
from normative_docs.cleanup.outcomes import CleanupOutcome, FairCompetition
from normative_docs.cleanup.workflow import WORKFLOW, Stage
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now
from portal.workflow.perform import require_authority

CONCLUDED = verbs.declare("cleanup.concluded", "填写清理结论")
CHECKED = verbs.declare("cleanup.checked", "核对清理结论")
HINDERS = "有妨碍统一市场和公平竞争的内容，不能保留，应当修改、废止或者宣布失效"
_WRITTEN = (
    "verdict", "reason", "basis", "fair_competition", "unit", "proposed_by", "proposed_at", "checked_by", "checked_at",
)  # fmt: skip


class ListChanged(CleanupRefused):
    """Some of the chosen documents were changed by others since they were looked at; nothing was written."""

    def __init__(self, items):
        self.items = items
        names = "、".join(f"《{item.document.title}》" for item in items)
        super().__init__(f"{names}刚刚已由他人修改，本次没有保存。请核对下面的现有结论后再确认。")


def _lawful(verdict: str, reason: str, fair_competition: str) -> None:
    if verdict not in CleanupOutcome.values:
        raise CleanupRefused("请选择清理结论。")
    if not reason.strip():
        raise CleanupRefused("请填写理由。")
    if verdict == CleanupOutcome.RETAIN and fair_competition == FairCompetition.FOUND:
        raise CleanupRefused(f"{HINDERS}。")


@transaction.atomic
def give_verdict(
    item: CleanupItem, *, by, verdict: str, reason: str, basis: str = "", fair_competition: str = "", unit=None,
    seen: str | None = None,
) -> CleanupItem:  # fmt: skip
    """Conclude on one document; an earlier conclusion is replaced and its check by the legal office falls away.

    :param seen: ``item.seen`` as the person saw it; another state since then is a conflict.
    :raises CleanupRefused: not in the stage of work, taken out, no reason, a hindering document is to be kept, or
        somebody was faster.
    """
    campaign = held(item.campaign, Stage.WORKING)
    item = held_item(item, seen)
    if not item.in_scope:
        raise CleanupRefused("这件文件已移出清理范围，不需要填写结论。")
    _lawful(verdict, reason, fair_competition)
    item.verdict, item.reason, item.basis = verdict, reason.strip(), basis.strip()[:300]
    item.fair_competition = fair_competition
    item.unit = unit or item.unit
    item.proposed_by, item.proposed_at, item.checked_by, item.checked_at = by, now(), None, None
    item.save(update_fields=_WRITTEN)
    record(
        CONCLUDED, by=by, file=campaign,
        summary=f"第 {item.number} 件《{item.document.title}》：{item.get_verdict_display()}"[:400],
    )  # fmt: skip
    return item


@transaction.atomic
def give_verdicts(
    campaign, seen: Mapping[int, str], *, by, verdict: str, reason: str, basis: str = "", fair_competition: str = ""
) -> list[CleanupItem]:
    """The same conclusion on many documents: all of them, or none.

    :param seen: number of each chosen document → its ``seen`` on the preview.
    :param fair_competition: left as it is on each where empty.
    :raises ListChanged: naming those that others changed meanwhile. :raises CleanupRefused: as for
        :func:`give_verdict`, naming the documents in the way.
    """
    campaign = held(campaign, Stage.WORKING)
    _lawful(verdict, reason, fair_competition)
    items = list(
        campaign.items.select_for_update(of=("self",)).filter(number__in=seen, in_scope=True)
        .select_related("document").order_by("number")
    )  # fmt: skip
    if not items:
        raise CleanupRefused("没有选择文件。")
    gone = set(seen) - {item.number for item in items}
    if gone:
        raise CleanupRefused(f"第 {'、'.join(map(str, sorted(gone)))} 件已移出清理范围，请重新选择。")
    if changed := [item for item in items if item.seen != seen[item.number]]:
        raise ListChanged(changed)
    if verdict == CleanupOutcome.RETAIN and not fair_competition:
        hindering = [item for item in items if item.fair_competition == FairCompetition.FOUND]
        if hindering:
            names = "、".join(f"《{item.document.title}》" for item in hindering)
            raise CleanupRefused(f"{names}{HINDERS}。请取消选择后再办。")
    values = {
        "verdict": verdict, "reason": reason.strip(), "basis": basis.strip()[:300], "proposed_by": by,
        "proposed_at": now(), "checked_by": None, "checked_at": None,
    }  # fmt: skip
    if fair_competition:
        values["fair_competition"] = fair_competition
    campaign.items.filter(pk__in=[item.pk for item in items]).update(**values)
    numbers = "、".join(str(item.number) for item in items)
    record(
        CONCLUDED, by=by, file=campaign,
        summary=f"批量：{CleanupOutcome(verdict).label} {len(items)} 件（第 {numbers} 件）"[:400],
        payload={"items": [item.number for item in items], "verdict": verdict},
    )  # fmt: skip
    return items


@transaction.atomic
def check_items(campaign, numbers, *, by) -> int:
    """The legal office has compared these conclusions with document and basis; how many were newly checked.

    :raises NotAuthorised: not the reviewer, or whoever sent the list. :raises CleanupRefused: not under review.
    """
    campaign = held(campaign, Stage.LEGALITY_REVIEW)
    require_authority(campaign, WORKFLOW.transition("issue_opinion"), by)
    listed = campaign.items.filter(in_scope=True, number__in=numbers, checked_at__isnull=True)
    count = listed.update(checked_by=by, checked_at=now())
    if count:
        record(CHECKED, by=by, file=campaign, summary=f"核对 {count} 件")
    return count
