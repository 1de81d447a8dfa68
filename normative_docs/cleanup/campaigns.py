"""Opening a clean-up and settling which documents are on its list."""

from django.db import transaction
from django.db.models import Max

from normative_docs.cleanup.models import CleanupCampaign, CleanupItem
from normative_docs.cleanup.outcomes import CampaignKind, Trigger
from normative_docs.cleanup.scope import Conditions, before_the_public, documents_in_scope
from normative_docs.cleanup.workflow import Stage
from normative_docs.models import Effect, NormativeDocument
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure
from portal.workflow.perform import open_file
from portal.workflow.refusals import NotAuthorised, StepRefused

GATHERED = verbs.declare("cleanup.gathered", "生成清理清单")
RESCOPED = verbs.declare("cleanup.rescoped", "调整清理范围")
ADDED = verbs.declare("cleanup.added", "补入清理文件")
TAKEN_OUT = verbs.declare("cleanup.taken_out", "移出清理文件")
PUT_BACK = verbs.declare("cleanup.put_back", "恢复清理文件")

CLEAN_UP = "normative_docs.clean_up"
CHANGED_MEANWHILE = "这一条刚刚已由他人修改。您填写的内容没有保存，请核对后再改。"
CONDITIONS = ("reference_on", "basis_words", "topic", "issued_before", "only_market")


class CleanupRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


@transaction.atomic
def open_campaign(*, by, organisation, title: str, campaign_kind: str, **fields) -> CleanupCampaign:
    """Open a clean-up and gather the documents in its scope.

    :param fields: ``trigger_kind``, ``trigger``, ``reference_on``, ``finish_by``, ``handling_unit`` and, for a special
        campaign, the conditions of :class:`Conditions`.
    :raises NotAuthorised: the person may not clean up there. :raises CleanupRefused: a full one is running already.
    """
    if not may(by, CLEAN_UP, organisation):
        raise NotAuthorised("您没有在该机构开展清理的权限。")
    if campaign_kind == CampaignKind.FULL:
        _require_no_other_full(organisation)
        fields = {name: value for name, value in fields.items() if name not in CONDITIONS[1:]}
        fields["trigger_kind"] = Trigger.TWO_YEARS
    campaign = open_file(
        CleanupCampaign, by=by, organisation=organisation, title=title, disclosure=Disclosure.PROACTIVE,
        town=organisation, campaign_kind=campaign_kind, **fields,
    )  # fmt: skip
    count = _gather(campaign)
    record(GATHERED, by=by, file=campaign, summary=f"{campaign.reference_on:%Y-%m-%d} 有效的文件 {count} 件")
    return campaign


def _require_no_other_full(organisation) -> None:
    # The town's row is the lock: of two who open a full clean-up at once, the second is told.
    type(organisation).objects.select_for_update().get(pk=organisation.pk)
    over = (Stage.PUBLISHED, Stage.TERMINATED)
    full = CleanupCampaign.objects.filter(town=organisation, campaign_kind=CampaignKind.FULL)
    if running := full.exclude(stage__in=over).first():
        raise CleanupRefused(f"本机关已有一次全面清理正在进行：{running.title}（{running.number}）。")


def held(campaign, *stages: str) -> CleanupCampaign:
    """The campaign, locked and in one of these stages. :raises CleanupRefused: it has moved on."""
    locked = (
        CleanupCampaign.objects.select_for_update(of=("self",)).select_related("organisation", "town").get(
            pk=campaign.pk
        )
    )  # fmt: skip
    if locked.stage not in stages:
        raise CleanupRefused(f"清理已到「{locked.stage_label}」环节，清单不能再改。")
    return locked


def held_item(item, seen: str | None) -> CleanupItem:
    """The row as it stands, locked. :raises CleanupRefused: somebody changed or removed it since it was seen."""
    found = (
        CleanupItem.objects.select_for_update(of=("self",)).select_related("document", "campaign").filter(pk=item.pk)
    ).first()
    if found is None:
        raise CleanupRefused("这件文件刚刚已由他人移出清单。")
    if seen is not None and seen != found.seen:
        raise CleanupRefused(CHANGED_MEANWHILE)
    return found


def _gather(campaign) -> int:
    """Put what the conditions find on the list, and take off what they no longer find; how many are in scope.

    What was added or taken out by hand stays as it is.
    """
    wanted = {document.pk: document for document in documents_in_scope(campaign.town, Conditions.of(campaign))}
    listed = campaign.items.all()
    listed.filter(by_hand=False).exclude(document__in=wanted).delete()
    known = set(listed.values_list("document_id", flat=True))
    first = (listed.aggregate(last=Max("number"))["last"] or 0) + 1
    missing = [document for pk, document in wanted.items() if pk not in known]
    CleanupItem.objects.bulk_create(
        CleanupItem(campaign=campaign, number=number, document=document, unit_id=document.handling_unit_id)
        for number, document in enumerate(missing, start=first)
    )
    return campaign.items.filter(in_scope=True).count()


@transaction.atomic
def change_campaign(campaign, *, by, **fields) -> CleanupCampaign:
    """Change facts and conditions while the scope isn't settled; the list is gathered anew.

    :raises CleanupRefused: the scope is settled already.
    """
    campaign = held(campaign, Stage.SCOPING)
    for name, value in fields.items():
        setattr(campaign, name, value)
    campaign.save(update_fields=list(fields))
    count = _gather(campaign)
    record(RESCOPED, by=by, file=campaign, summary=f"调整后范围内 {count} 件")
    return campaign


@transaction.atomic
def add_document(campaign, document: NormativeDocument, *, by, reason: str) -> CleanupItem:
    """Put a document on the list that the conditions didn't find.

    :raises CleanupRefused: no reason; not of this town; published after the reference day; repealed; on it already.
    """
    campaign = held(campaign, Stage.SCOPING, Stage.WORKING)
    reason = _given(reason)
    document = before_the_public(campaign.town).filter(pk=document.pk).first()
    if document is None:
        raise CleanupRefused("只能补入本机关已经公布的文件。")
    if document.published_on > campaign.reference_on:
        raise CleanupRefused(
            f"《{document.title}》在清理基准日 {campaign.reference_on:%Y-%m-%d} 之后公布，不在本次清理范围。"
        )
    if document.effect_on() == Effect.REPEALED:
        raise CleanupRefused(f"《{document.title}》已经废止，不需要清理。")
    if campaign.items.filter(document=document).exists():
        raise CleanupRefused(f"《{document.title}》已在清单上；移出过的，请在移出清单中恢复。")
    last = campaign.items.aggregate(last=Max("number"))["last"] or 0
    item = CleanupItem.objects.create(
        campaign=campaign, number=last + 1, document=document, unit_id=document.handling_unit_id, by_hand=True,
        scope_reason=reason,
    )  # fmt: skip
    record(ADDED, by=by, file=campaign, summary=f"《{document.title}》：{reason}"[:400])
    return item


@transaction.atomic
def take_out(item: CleanupItem, *, by, reason: str, seen: str | None = None) -> CleanupItem:
    """Take a document off the list; it stays visible there with the reason.

    :raises CleanupRefused: no reason, the list is closed, or somebody was faster.
    """
    return _move(item, by, reason, seen, in_scope=False, verb=TAKEN_OUT)


@transaction.atomic
def put_back(item: CleanupItem, *, by, reason: str, seen: str | None = None) -> CleanupItem:
    """Put a document back that was taken out. :raises CleanupRefused: as for :func:`take_out`."""
    return _move(item, by, reason, seen, in_scope=True, verb=PUT_BACK)


def _move(item, by, reason: str, seen, *, in_scope: bool, verb: str) -> CleanupItem:
    campaign = held(item.campaign, Stage.SCOPING, Stage.WORKING)
    item = held_item(item, seen)
    if item.in_scope == in_scope:
        raise CleanupRefused("这件文件已在清单上。" if in_scope else "这件文件已经移出清单。")
    item.in_scope, item.by_hand, item.scope_reason = in_scope, True, _given(reason)
    item.save(update_fields=["in_scope", "by_hand", "scope_reason"])
    record(verb, by=by, file=campaign, summary=f"《{item.document.title}》：{item.scope_reason}"[:400])
    return item


def _given(reason: str) -> str:
    if not reason.strip():
        raise CleanupRefused("请填写理由。")
    return reason.strip()[:300]
