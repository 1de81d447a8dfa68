"""Choosing the experts of an argumentation: from the pool with a reason or by lot, or invited from outside.

Law: 国令713 arts. 20 (professional, representative, balanced; nobody with a direct interest), 21; S4-13.1 (pool and
statement on conflicts). A known tie never shuts anybody out by itself: it is shown, and whoever chooses says why.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from decisions.arguing import open_argumentation
from decisions.models import ChosenExpert, ExpertArgumentation
from decisions.vocabulary import ChosenBy
from portal.audit import verbs
from portal.audit.record import record
from portal.capacity import experts
from portal.capacity.experts.vocabulary import in_words
from portal.capacity.models import Expert
from portal.draws import drawing
from portal.draws.drawing import Entrant, Side
from portal.draws.models import DrawnPlace
from portal.moment import now, today
from portal.workflow.refusals import StepRefused

DRAW_KIND = "decision_experts"
CHOSEN = verbs.declare("decisions.expert_chosen", "选定论证专家")
RELEASED = verbs.declare("decisions.expert_released", "论证专家不参加")

Outcome = DrawnPlace.Outcome


def candidates(argumentation: ExpertArgumentation, fields: Iterable[str]) -> list[tuple[Expert, list[str]]]:
    """Experts who may be asked today and have not been, each with the ties that are known, one sentence each."""
    decision = argumentation.decision
    asked = argumentation.chosen.filter(expert__isnull=False).values("expert")
    found = experts.suitable(decision.organisation, fields, today()).exclude(pk__in=asked)
    known = experts.conflicts_of(found, decision, [decision.proposer])
    return [(expert, [tie.text for tie in ties]) for expert, ties in known]


def _keep(argumentation, *, by, way: str, ties: Iterable[str] = (), reason: str = "", expert=None, **who):
    if expert is not None:
        who = {
            "name": expert.name, "employer": " ".join(filter(None, (expert.employer, expert.title))),
            "field": in_words(expert.expertise)[:60],
        }  # fmt: skip
    if argumentation.chosen.filter(name=who["name"], employer=who["employer"]).exists():
        raise StepRefused(f"{who['name']}已经选定。")
    last = argumentation.chosen.aggregate(last=Max("number"))["last"] or 0
    chosen = ChosenExpert.objects.create(
        argumentation=argumentation, number=last + 1, expert=expert, way=way, ties="\n".join(ties), reason=reason,
        chosen_by=by, chosen_at=now(), **who,
    )  # fmt: skip
    record(
        CHOSEN, by=by, file=argumentation.decision,
        summary=f"{argumentation}：{chosen.name}，{chosen.get_way_display()}" + ("，有已知利益关联" if ties else ""),
    )  # fmt: skip
    return chosen


@transaction.atomic
def choose(argumentation: ExpertArgumentation, picked: dict[Expert, str], *, by) -> list[ChosenExpert]:
    """Ask these experts of the pool.

    :param picked: each with the reason why asked in spite of a known tie; empty where none is known.
    :raises StepRefused: the report is on file, somebody is not of the pool or asked already, or a tie has no reason.
    """
    argumentation = open_argumentation(argumentation)
    offered = {expert.pk: ties for expert, ties in candidates(argumentation, ())}
    kept = []
    for expert, reason in picked.items():
        if expert.pk not in offered:
            raise StepRefused(f"{expert.name}现在不在可以选择的专家之列，或者已经选定。")
        ties = offered[expert.pk]
        if ties and not reason.strip():
            raise StepRefused(f"{expert.name}有已知利益关联（{'；'.join(ties)}），请写明仍然选定的理由，或者另选他人。")
        kept.append(_keep(argumentation, by=by, way=ChosenBy.REASONED, ties=ties, reason=reason.strip(), expert=expert))
    return kept


@transaction.atomic
def invite(argumentation: ExpertArgumentation, *, by, name: str, employer: str, field: str, reason: str):
    """Ask somebody who is in no pool, with the reason. :raises StepRefused: the report is on file, or asked already."""
    argumentation = open_argumentation(argumentation)
    if not reason.strip():
        raise StepRefused("请写明从专家库以外邀请的理由。")
    return _keep(
        argumentation, by=by, way=ChosenBy.INVITED, reason=reason.strip(), name=name.strip(),
        employer=employer.strip(), field=field.strip(),
    )  # fmt: skip


@transaction.atomic
def freeze_lots(argumentation: ExpertArgumentation, *, by, fields: list[str], places: int) -> ExpertArgumentation:
    """Fix and publish the pool of numbers to draw from: suitable experts of these fields without a known tie.

    :raises StepRefused: fixed already, or not more experts than places.
    """
    argumentation = open_argumentation(argumentation)
    if argumentation.decision.is_secret:
        raise StepRefused("抽取的名册和结果都要公开；依法不公开的决策，请直接选定专家。")
    if argumentation.draw_id:
        raise StepRefused("抽取名册已经固定，不能再改。")
    pool = [expert for expert, ties in candidates(argumentation, fields) if not ties]
    if len(pool) <= places:
        raise StepRefused(f"符合条件、没有已知利益关联的专家只有 {len(pool)} 位，不多于名额，直接选定即可。")
    entrants = tuple(
        Entrant(number, f"专家 {number} 号", str(expert.public_id)) for number, expert in enumerate(pool, start=1)
    )
    argumentation.draw = drawing.freeze(
        by=by, kind=DRAW_KIND, organisation=argumentation.decision.organisation, file=argumentation.decision,
        purpose=f"{argumentation.decision.title}{argumentation}的专家",
        sides=[Side(in_words(fields) or "全部领域", places, entrants)],
    )  # fmt: skip
    argumentation.save(update_fields=["draw"])
    return argumentation


@transaction.atomic
def draw_lots(argumentation: ExpertArgumentation, *, by, spoken: str, witness_name: str, witness_post: str):
    """Draw before the witness; those drawn are asked. :raises StepRefused: no pool was fixed, or drawn already."""
    argumentation = open_argumentation(argumentation)
    if argumentation.draw is None:
        raise StepRefused("还没有固定抽取名册。")
    result = drawing.draw(
        argumentation.draw, by=by, spoken=spoken, witness_name=witness_name, witness_post=witness_post
    )
    drawn = result.places.filter(outcome=Outcome.DRAWN).select_related("entry").order_by("rank")
    return [_drawn(argumentation, place, ChosenBy.LOT, by=by) for place in drawn]


def _drawn(argumentation, place, way: str, *, by) -> ChosenExpert:
    return _keep(argumentation, by=by, way=way, expert=Expert.objects.get(public_id=place.entry.reference))


@transaction.atomic
def release(chosen: ChosenExpert, *, by, reason: str) -> ChosenExpert | None:
    """An expert doesn't take part: ill, tied to the matter after all, … Of those drawn the next reserve is asked.

    :returns: the reserve, or ``None``. :raises StepRefused: has spoken already, is released already, or no reason.
    """
    argumentation = open_argumentation(chosen.argumentation)
    chosen = ChosenExpert.objects.select_for_update().get(pk=chosen.pk)
    if not reason.strip():
        raise StepRefused("请写明不参加的原因。")
    if chosen.released_at is not None or hasattr(chosen, "opinion"):
        raise StepRefused(f"{chosen.name}已经发表意见或者已经登记不参加。")
    chosen.released_at, chosen.released_reason = now(), reason.strip()
    chosen.save(update_fields=["released_at", "released_reason"])
    record(RELEASED, by=by, file=argumentation.decision, summary=f"{argumentation}：{chosen.name}，{reason.strip()}")
    if chosen.way not in (ChosenBy.LOT, ChosenBy.RESERVE):
        return None
    asked = {str(key) for key in argumentation.chosen.values_list("expert__public_id", flat=True)}
    reserves = argumentation.draw.result.places.filter(outcome=Outcome.RESERVE).select_related("entry")
    following = next((place for place in reserves.order_by("rank") if place.entry.reference not in asked), None)
    return _drawn(argumentation, following, ChosenBy.RESERVE, by=by) if following is not None else None
