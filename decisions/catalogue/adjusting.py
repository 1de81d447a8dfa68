"""Adjustments of an adopted catalogue: drafted with reason and consent, published by another person."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from decisions.catalogue.compiling import CatalogueRefused, held
from decisions.catalogue.content import content_of, judged_again
from decisions.catalogue.models import CatalogueAdjustment, CatalogueItem, DecisionCatalogue
from decisions.catalogue.vocabulary import AdjustmentAct
from decisions.catalogue.wording import described, difference
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now
from portal.notifications.messages import notify
from portal.organisations.models import Organisation
from portal.publishing.redaction import propose

DRAFTED = verbs.declare("catalogue.adjustment_drafted", "拟订目录调整")
DROPPED = verbs.declare("catalogue.adjustment_dropped", "撤回目录调整")


@transaction.atomic
def draft_adjustment(
    catalogue: DecisionCatalogue, act: AdjustmentAct, *, by, reason: str, consented_on=None, consent: str = "",
    item: CatalogueItem | None = None, content: CatalogueItem | None = None,
) -> CatalogueAdjustment:  # fmt: skip
    """Write down what is to be adjusted; it takes effect when another person publishes it (step ``adjust``).

    :param item: the item that is changed or withdrawn. :param content: what an item is to say, added or changed.
    :param consent: the meeting or paper by which the Party committee agreed; may follow until it is published.
    :raises CatalogueRefused: not being carried out, no reason, nothing changed, the name is taken, personal data in
        what would be public, a withdrawn item, or an open adjustment of the item.
    """
    catalogue = held(catalogue)
    if not catalogue.is_carried_out:
        raise CatalogueRefused("只有已经公布、正在实施的目录可以调整。")
    if not reason.strip():
        raise CatalogueRefused("请填写调整的理由。")
    if item is not None and catalogue.items.get(pk=item.pk).is_withdrawn:
        raise CatalogueRefused("这一事项已经调出目录。")
    before, after, summary = _compared(catalogue, act, item, content)
    if propose(f"{summary}\n{reason}"):
        raise CatalogueRefused("调整内容或者理由中有疑似个人信息，公布前请改写。")
    number = (catalogue.adjustments.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            row = CatalogueAdjustment.objects.create(
                catalogue=catalogue, number=number, act=act, item=item, title=(content or item).title, content=after,
                before=before, summary=summary, reason=reason.strip(), consented_on=consented_on,
                consent=consent.strip(), drafted_by=by, drafted_at=now(),
            )  # fmt: skip
    except IntegrityError as open_one:
        raise CatalogueRefused("这一事项已有一项调整尚未公布，请先公布或者撤回。") from open_one
    record(DRAFTED, by=by, file=catalogue, summary=f"{row}。{row.reason}"[:400])
    notify(
        [person for person in holders("publishing.review", catalogue.organisation) if person.pk != by.pk],
        f"目录调整待公布：{catalogue.title}", f"{by.full_name}拟订“{row}”，同级党委同意后请核对公布。", file=catalogue,
        key=f"catalogue-adjustment:{row.pk}",
    )  # fmt: skip
    return row


def _compared(catalogue, act, item, content) -> tuple[dict, dict, str]:
    """Before, after, and the sentence that is published."""
    before = content_of(CatalogueItem.objects.get(pk=item.pk)) if item is not None else {}
    if act == AdjustmentAct.WITHDRAW:
        return before, {}, "调出目录，本年度不再办理"
    judged_again(content, catalogue.town)
    after = content_of(content)
    if catalogue.items.filter(is_withdrawn=False, title=content.title).exclude(pk=item.pk if item else None).exists():
        raise CatalogueRefused("目录中已有同名的事项。")
    keys = {before.get("handling_unit_id"), after["handling_unit_id"]}
    units = dict(Organisation.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))
    if act == AdjustmentAct.ADD:
        return before, after, described(after, units)
    if before == after:
        raise CatalogueRefused("没有改动任何内容。")
    return before, after, difference(before, after, units) or "对照量化标准的数据或者事实有变动"


@transaction.atomic
def note_adjustment_consent(row: CatalogueAdjustment, *, by, consented_on, consent: str) -> CatalogueAdjustment:
    """Write down the Party committee's consent to a drafted adjustment. :raises CatalogueRefused: published already."""
    known = _open(row)
    known.consented_on, known.consent = consented_on, consent.strip()
    known.save(update_fields=["consented_on", "consent"])
    record(DRAFTED, by=by, file=known.catalogue, summary=f"{known}，{consented_on:%Y-%m-%d} {known.consent}"[:400])
    return known


@transaction.atomic
def drop_adjustment(row: CatalogueAdjustment, *, by) -> None:
    """Take back an adjustment that isn't published. :raises CatalogueRefused: published, or dropped already."""
    known = _open(row)
    name, catalogue = f"{known}。{known.reason}", known.catalogue
    known.delete()
    record(DROPPED, by=by, file=catalogue, summary=name[:400])


def _open(row: CatalogueAdjustment) -> CatalogueAdjustment:
    held(row.catalogue)
    known = CatalogueAdjustment.objects.select_related("catalogue").filter(pk=row.pk).first()
    if known is None or known.in_force_on is not None:
        raise CatalogueRefused("这项调整已经公布或者撤回。")
    return known
