"""What a draft is going to do to other documents: noted while drafting, checked before publication, done with it."""

from datetime import date

from django.db import transaction

from normative_docs.in_force import acts, targets
from normative_docs.in_force.articles import listed_articles
from normative_docs.in_force.models import ENDING, PlannedRelation, RelationKind
from normative_docs.models import PUBLISHED, NormativeDocument
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now
from portal.workflow.declare import Standing, in_progress, met, not_started
from portal.workflow.refusals import StepRefused

PLANNED = verbs.declare("normative_docs.planned", "拟定废止、修改")
PLANNABLE = (
    RelationKind.REPEALS, RelationKind.REPEALS_PART, RelationKind.REPLACES, RelationKind.DECLARES_LAPSED,
    RelationKind.AMENDS,
)  # fmt: skip


class PlanRefused(StepRefused):
    message = "没有保存。"


@transaction.atomic
def plan(
    source: NormativeDocument, *, by, kind: RelationKind, target: NormativeDocument | None = None, title: str = "",
    number: str = "", part: str = "", on: date | None = None, absent_reason: str = "",
) -> PlannedRelation:  # fmt: skip
    """Note that a draft will end or change a document. What the portal does not hold is noted with the reason.

    :raises PlanRefused: published already, noted already, no reason for an absent one, or not this authority's to end.
    """
    kind = RelationKind(kind)
    held = (
        NormativeDocument.objects.select_for_update(of=("self",)).select_related("issuing_authority").get(pk=source.pk)
    )
    if held.published_on is not None or held.is_closed:
        raise PlanRefused("文件已经公布或者终止，不能再拟定；已公布的，请在被变动的文件上登记。")
    if kind not in PLANNABLE:
        raise PlanRefused("起草的文件不能作这种变动。")
    if kind is RelationKind.REPEALS_PART and not part.strip():
        raise PlanRefused("部分废止应当写明条款。")
    if target is None and not absent_reason.strip():
        raise PlanRefused("库内没有这件文件的，应当说明。")
    if target is not None:
        _require_fit(held, target)
        if PlannedRelation.objects.filter(source=held, target=target, kind=kind).exists():
            raise PlanRefused(f"《{target.title}》已经列入。")
    planned = PlannedRelation.objects.create(
        source=held, kind=kind, target=target, target_title=(target.title if target else title)[:200],
        target_number=(target.document_number if target else number)[:80], part=part.strip()[:300], on=on,
        absent_reason=absent_reason.strip()[:300], made_by=by, made_at=now(),
    )  # fmt: skip
    record(PLANNED, by=by, file=held, summary=f"列入：{kind.label}{name_of(planned)}")
    return planned


@transaction.atomic
def drop(planned: PlannedRelation, *, by) -> None:
    """Take a noted one out again. :raises PlanRefused: it was carried out."""
    held = (
        PlannedRelation.objects.select_for_update(of=("self",))
        .select_related("source__organisation")
        .get(pk=planned.pk)
    )
    if held.relation_id is not None or held.source.published_on is not None:
        raise PlanRefused("文件已经公布，不能再撤出。")
    record(PLANNED, by=by, file=held.source, summary=f"撤出：{held.get_kind_display()}{name_of(held)}")
    held.delete()


def name_of(planned: PlannedRelation) -> str:
    title = f"《{planned.target_title}》" if planned.target_title else ""
    return title + (f"（{planned.target_number}）" if planned.target_number else "")


def _require_fit(source, target) -> None:
    if target.pk == source.pk:
        raise PlanRefused("文件不能废止、修改自身。")
    fault = acts.why_not(target)
    if fault:
        raise PlanRefused(fault)
    if not target.issuing_authority.is_within(source.issuing_authority):
        raise PlanRefused(
            f"《{target.title}》由{target.issuing_authority.name}制定，只有原制定机关或者其上级机关可以变动。"
        )


def not_listed(document) -> list[targets.Proposal]:
    """What the text ends according to its own words and nobody has listed yet."""
    listed = list(document.planned_relations.all())
    # The one it continues is replaced by nature.
    known = {one.target_id for one in listed if one.target_id} | {document.continues_id}
    absent = [(one.target_title, one.target_number) for one in listed if one.target_id is None]
    return [
        proposal
        for proposal in targets.proposals(document)
        if not any(one.pk in known for one in proposal.found) and (proposal.title, proposal.number) not in absent
    ]


def standing(document) -> Standing:
    """The gate before publication: everything the text ends is listed, and every listed document can be ended."""
    missing = not_listed(document)
    listed = list(document.planned_relations.select_related("target__issuing_authority"))
    if missing:
        return not_started("正文写明废止、但尚未列入：" + "、".join(one.name for one in missing))
    faults = []
    for one in listed:
        if one.target is None:
            continue
        fault = acts.why_not(one.target)
        if not fault and one.target.repealed_on is not None and one.kind in ENDING:
            fault = f"已于 {one.target.repealed_on:%Y-%m-%d} 终止效力"
        if fault:
            faults.append(f"《{one.target.title}》{fault}")
    if faults:
        return in_progress("；".join(faults))
    return met(f"已列入 {len(listed)} 件" if listed else "正文没有废止、修改其他文件")


@transaction.atomic
def carry_out(document, by) -> None:
    """On publication: everything listed is set in one act, from its own day or from the day of effect."""
    # An existing document is registered, not issued: what it ended is entered by people who look at both.
    if document.stage not in PUBLISHED:
        return
    if document.continues is not None:
        acts.reissue(document.continues, by=by, through=document)
    for planned in document.planned_relations.select_related("target").filter(
        relation__isnull=True, target__isnull=False
    ):
        on = planned.on or document.effective_on or document.published_on
        reason = f"《{document.title}》"
        if planned.kind in (*ENDING, RelationKind.REPEALS_PART):
            planned.relation = acts.repeal(
                planned.target, by=by, on=on, kind=planned.kind, through=document, part=planned.part, reason=reason
            )
        else:
            articles = listed_articles(planned.part)
            planned.relation = acts.amend(
                planned.target, by=by, on=on, through=document, articles=articles, reason=reason
            )
        planned.save(update_fields=["relation"])
