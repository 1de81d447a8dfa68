"""Acts that end, change or prolong a published document (立改废释): repeal, amend, continue.

Each is called by a step or page that has asked who may; it locks the document, refuses what cannot be, writes the
relation once, brings the dates and the public register after, and records who did it. The same act again gives the
relation that stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from normative_docs.effects import forget_expiry, watch_expiry
from normative_docs.in_force import versions
from normative_docs.in_force.articles import announced, changes_from
from normative_docs.in_force.models import Relation, RelationKind
from normative_docs.models import OF_RECORD, NormativeDocument
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now
from portal.notifications.messages import notify
from portal.publishing.register import follow_validity
from portal.workflow.refusals import StepRefused

ENDED = verbs.declare("normative_docs.ended", "废止、失效、撤销")
CHANGED = verbs.declare("normative_docs.changed", "修改")
CONTINUED = verbs.declare("normative_docs.continued", "延续有效期")
ACTED = verbs.declare("normative_docs.acted", "变动其他文件")


class ActRefused(StepRefused):
    message = "不能登记这项变动。"


@dataclass(frozen=True)
class OutsideAct:
    """An act that does not lie in the portal: a decision of a superior, or a document from before its time."""

    title: str = ""
    number: str = ""


@transaction.atomic
def repeal(
    target: NormativeDocument,
    *,
    by,
    on: date,
    kind: RelationKind = RelationKind.REPEALS,
    through: NormativeDocument | None = None,
    reason: str,
    basis: str = "",
    part: str = "",
    act: OutsideAct | None = None,
) -> Relation:
    """End a document from ``on`` 00:00, or a part of it (``REPEALS_PART``, which leaves the document in force).

    :param kind: one of REPEALS, REPEALS_PART, REPLACES, DECLARES_LAPSED, REVOKES.
    :param through: the published document of the portal that does it. :param act: or the act from outside.
    :param part: the articles, for a partial repeal.
    :raises ActRefused: not published, closed, ended already by another act, or a partial repeal without its part.
    """
    kind = RelationKind(kind)
    if not (kind.ends_document or kind is RelationKind.REPEALS_PART):
        raise ActRefused(f"“{kind.label}”不是废止。")
    held = _held(target, through, reason)
    if kind is RelationKind.REPEALS_PART and not part.strip():
        raise ActRefused("部分废止应当写明条款。")
    known = _known(held, kind, through, act, on)
    if known is not None:
        return known
    if held.repealed_on is not None and held.repealed_on <= on:
        raise ActRefused(f"《{held.title}》已自 {held.repealed_on:%Y-%m-%d} 起{_ended_how(held)}。")
    articles = announced(f"删去{part}") if kind is RelationKind.REPEALS_PART else ()
    relation = _write(held, kind, by, on, through, act, reason, basis, part=part, articles=articles)
    if kind.ends_document:
        held.repealed_on = on
        held.save(update_fields=["repealed_on"])
        forget_expiry(held, by, f"文件{kind.passive}")
    _after(held, relation, by, ENDED)
    target.repealed_on = held.repealed_on
    return relation


@transaction.atomic
def amend(
    target: NormativeDocument,
    *,
    by,
    on: date,
    through: NormativeDocument | None,
    new_text: str = "",
    articles: Iterable = (),
    reason: str,
    basis: str = "",
    act: OutsideAct | None = None,
) -> Relation:
    """Record that a document is amended from ``on``. With ``new_text`` its consolidated text is prepared too; the legal
    reviewer confirms it before the public sees it.

    :param articles: what the amendment changes (:class:`ArticleChange`, or labels of changed articles); read from the
        amending document when empty.
    :raises ActRefused: as for :func:`repeal`, or the day lies before the text now in force began.
    """
    held = _held(target, through, reason)
    known = _known(held, RelationKind.AMENDS, through, act, on)
    if known is not None:
        return known
    if held.repealed_on is not None and held.repealed_on <= on:
        raise ActRefused(f"《{held.title}》已自 {held.repealed_on:%Y-%m-%d} 起{_ended_how(held)}，不能再修改。")
    newest = versions.newest_confirmed(held)
    if newest is not None and newest.effective_from is not None and on <= newest.effective_from:
        raise ActRefused(f"修改应当晚于现行文本的开始日期（{newest.effective_from:%Y-%m-%d}）。")
    changes = changes_from(articles) or (announced(through.draft_text) if through is not None else ())
    relation = _write(held, RelationKind.AMENDS, by, on, through, act, reason, basis, articles=changes)
    _after(held, relation, by, CHANGED)
    if new_text.strip():
        versions.prepare(relation, by=by, text=new_text, mismatch_reason=reason)
    return relation


@transaction.atomic
def continue_until(
    target: NormativeDocument,
    *,
    by,
    on: date,
    valid_until: date,
    through: NormativeDocument | None,
    reason: str,
    basis: str = "",
    act: OutsideAct | None = None,
) -> Relation:
    """Prolong a document before it lapses, by an act that was registered and published anew.

    :param on: the day of the act. :param valid_until: the new last day.
    :raises ActRefused: lapsed or ended by ``on``, without a last day, or the new last day is not later.
    """
    held = _held(target, through, reason)
    known = _known(held, RelationKind.CONTINUES, through, act, on)
    if known is not None:
        return known
    if held.repealed_on is not None and held.repealed_on <= on:
        raise ActRefused(f"《{held.title}》已自 {held.repealed_on:%Y-%m-%d} 起{_ended_how(held)}，不能延续。")
    if held.valid_until is None:
        raise ActRefused("这件文件没有载明有效期，无须延续。")
    if held.valid_until < on:
        raise ActRefused(f"有效期已于 {held.valid_until:%Y-%m-%d} 届满，失效的文件不能延续，应当重新制定。")
    if valid_until <= held.valid_until:
        raise ActRefused(f"延续后的有效期应当晚于 {held.valid_until:%Y-%m-%d}。")
    relation = _write(held, RelationKind.CONTINUES, by, on, through, act, reason, basis, valid_until=valid_until)
    held.valid_until = valid_until
    held.save(update_fields=["valid_until"])
    forget_expiry(held, by, f"有效期延至 {valid_until:%Y-%m-%d}")
    watch_expiry(held, by)
    _after(held, relation, by, CONTINUED)
    target.valid_until = valid_until
    return relation


@transaction.atomic
def reissue(target: NormativeDocument, *, by, through: NormativeDocument) -> Relation:
    """A document was registered and published anew (延续): the new one takes the place of the old from its first day.

    Where the old one would still be in force then, it ends; otherwise it lapses by its own date.

    :raises ActRefused: as for :func:`repeal`.
    """
    on = through.effective_on or through.published_on
    held = _held(target, through, f"重新登记、重新公布：《{through.title}》")
    known = _known(held, RelationKind.CONTINUES, through, None, on)
    if known is not None:
        return known
    ends = held.repealed_on is None and (held.valid_until is None or held.valid_until >= on)
    reason = "期满前重新登记、重新公布"
    until = through.valid_until or on
    relation = _write(held, RelationKind.CONTINUES, by, on, through, None, reason, "", valid_until=until)
    if ends:
        held.repealed_on = on
        held.save(update_fields=["repealed_on"])
    forget_expiry(held, by, reason)
    _after(held, relation, by, CONTINUED)
    target.repealed_on = held.repealed_on
    return relation


def why_not(target: NormativeDocument) -> str:
    """Why no act can touch this document, in Chinese; empty when one can."""
    if target.is_closed:
        return "案卷已经办结，不能再变动。"
    if target.stage not in OF_RECORD:
        return f"《{target.title}》尚未公布，没有可以变动的效力。"
    return ""


def _held(target, through, reason: str) -> NormativeDocument:
    """The document, locked. :raises ActRefused: nothing can be done to it, or not by this act."""
    if not reason.strip():
        raise ActRefused("请填写理由。")
    held = (
        NormativeDocument.objects.select_for_update(of=("self",))
        .select_related("organisation", "issuing_authority")
        .get(pk=target.pk)
    )
    fault = why_not(held)
    if fault:
        raise ActRefused(fault)
    if through is None:
        return held
    if through.pk == held.pk:
        raise ActRefused("文件不能废止、修改自身。")
    if through.published_on is None:
        raise ActRefused(f"《{through.title}》尚未公布，不能据以变动其他文件。")
    if not held.issuing_authority.is_within(through.issuing_authority):
        raise ActRefused(
            f"《{through.title}》由{through.issuing_authority.name}制定；只有原制定机关或者其上级机关可以变动《{held.title}》。"
        )
    return held


def _known(held, kind: RelationKind, through, act: OutsideAct | None, on: date) -> Relation | None:
    same = Relation.objects.filter(target=held, kind=kind, on=on)
    if through is not None:
        return same.filter(source=through).first()
    act = act or OutsideAct()
    return same.filter(source__isnull=True, source_title=act.title, source_number=act.number).first()


def _ended_how(held) -> str:
    """废止, 失效 …: by which act it ended."""
    ends = [one for one in held.relations_in.all() if one.how.ends_document and one.on == held.repealed_on]
    return ends[-1].how.passive.removeprefix("已") if ends else "废止"


def _write(held, kind, by, on, through, act, reason, basis, *, part="", articles=(), valid_until=None) -> Relation:
    act = act or OutsideAct()
    return Relation.objects.create(
        kind=kind, source=through, source_title="" if through else act.title[:200],
        source_number="" if through else act.number[:80], target=held, on=on, part=part.strip()[:300],
        articles=[change.as_dict() for change in articles], valid_until=valid_until, reason=reason.strip()[:500],
        basis=basis.strip()[:300], made_by=by, made_at=now(),
    )  # fmt: skip


def _after(held, relation: Relation, by, verb: str) -> None:
    """The public register follows, both files remember, and the town is told of what others did to its document."""
    follow_validity(held)
    kind = relation.how
    through = f"，依据{relation.name_of_source}" if relation.name_of_source else ""
    until = f"，有效期延至 {relation.valid_until:%Y-%m-%d}" if relation.valid_until else ""
    part = f"（{relation.part}）" if relation.part else ""
    payload = {"relation": relation.pk, "kind": relation.kind, "on": relation.on.isoformat()}
    record(
        verb,
        by=by,
        file=held,
        summary=f"{kind.label}{part}，自 {relation.on:%Y-%m-%d} 起{through}{until}",
        payload=payload,
    )
    if relation.source is not None:
        record(
            ACTED, by=by, file=relation.source, payload=payload,
            summary=f"{kind.label}《{held.title}》{part}，自 {relation.on:%Y-%m-%d} 起",
        )  # fmt: skip
    people = [
        person for person in holders("normative_docs.draft", held.organisation) if by is None or person.pk != by.pk
    ]
    notify(
        people, f"{kind.label}：{held.title}",
        f"自 {relation.on:%Y-%m-%d} 起{kind.passive}{part}{through}{until}。理由：{relation.reason}",
        file=held, key=f"relation:{relation.pk}",
    )  # fmt: skip
