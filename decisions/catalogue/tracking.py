"""What became of each item, and where the year deviates from the catalogue. Computed, never entered (S1-12.1b).

A step is late when the last day of its planned month passed by more than thirty days. What is found is explained by
the town; once the results are published it stands as it was on that day.
"""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max
from django.utils.timezone import localdate

from decisions.catalogue.vocabulary import PLANNED_BY_CODE, DeviationKind, ItemOutcome
from decisions.models import ExpertArgumentation, MajorDecision, RiskAssessment
from decisions.vocabulary import STEPS
from decisions.workflow import Stage as DecisionStage
from portal.casefiles.models import Disclosure
from portal.consultation.models import Session, SessionKind
from portal.publishing.models import Publication
from portal.workflow.models import TransitionRecord

GRACE = timedelta(days=30)
_ENDED = (DecisionStage.DECLINED, DecisionStage.TERMINATED)
# By which step of a decision a planned step was done.
_DONE_BY = {
    "conclude_participation": "participation", "send_to_review": "fair_competition",
    "put_to_deliberation": "legality_review", "adopt": "deliberation", "publish": "publication",
    "carry_out_in_confidence": "publication",
}  # fmt: skip


@dataclass
class Progress:
    """One item: the decision that carries it out, and on which day each planned step was done."""

    item: object
    decision: MajorDecision | None = None
    done: dict[str, date] = field(default_factory=dict)

    @property
    def outcome(self) -> ItemOutcome:
        """Where it stands; after the year-end results as they say."""
        if self.item.outcome:
            return ItemOutcome(self.item.outcome)
        if self.item.is_withdrawn:
            return ItemOutcome.WITHDRAWN
        if self.decision is None:
            return ItemOutcome.NOT_STARTED
        if self.decision.decided_on is not None:
            return ItemOutcome.DONE
        return ItemOutcome.ENDED if self.decision.stage in _ENDED else ItemOutcome.UNDER_WAY


@dataclass(frozen=True)
class Deviation:
    """One difference between catalogue and year. ``explanation`` is what the town said to it, empty so far."""

    key: str
    kind: str
    words: str
    item: object = None
    decision: MajorDecision | None = None
    explanation: str = ""

    @property
    def kind_label(self) -> str:
        return DeviationKind(self.kind).label


def last_day(year: int, month: int) -> date:
    """The last day of a planned month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def decision_of(item) -> MajorDecision | None:
    """The decision that carries the item out: the newest that was not given up, else the newest."""
    decisions = sorted((entry.decision for entry in item.entries.all()), key=lambda one: one.pk, reverse=True)
    standing = [one for one in decisions if one.stage not in _ENDED]
    return next(iter([*standing, *decisions]), None)


def progress_of(catalogue) -> list[Progress]:
    """Every item with its decision and the days of its steps; as many questions for many items as for few."""
    items = list(
        catalogue.items.select_related("handling_unit", "catalogue")
        .prefetch_related("entries__decision__step_choices", "entries__decision__organisation")
        .order_by("number")
    )
    chosen = {item.pk: decision_of(item) for item in items}
    days = _days_of([one.pk for one in chosen.values() if one is not None])
    return [
        Progress(item, one, days.get(one.pk, {}) if one else {})
        for item in items
        for one in [chosen[item.pk]]
    ]  # fmt: skip


def _days_of(keys: list[int]) -> dict[int, dict[str, date]]:
    found: dict[int, dict[str, date]] = {key: {} for key in keys}
    taken = TransitionRecord.objects.filter(file__in=keys, code__in=_DONE_BY).order_by("pk")
    for key, code, moment in taken.values_list("file_id", "code", "occurred_at"):
        found[key][_DONE_BY[code]] = localdate(moment)
    heard = Session.objects.filter(file__in=keys, kind=SessionKind.HEARING, reported_at__isnull=False)
    for key, moment in heard.order_by().values_list("file_id").annotate(last=Max("reported_at")):
        found[key]["hearing"] = localdate(moment)
    argued = ExpertArgumentation.objects.filter(decision__in=keys, closed_at__isnull=False)
    for key, moment in argued.order_by().values_list("decision_id").annotate(last=Max("closed_at")):
        found[key]["experts"] = localdate(moment)
    assessed = RiskAssessment.objects.filter(decision__in=keys).order_by()
    for key, day in assessed.values_list("decision_id").annotate(last=Max("assessed_on")):
        found[key]["risk"] = day
    return found


def deviations(catalogue, day: date) -> list[Deviation]:
    """All of them as of that day; of a closed catalogue those that were published."""
    explained = {row.key: row for row in catalogue.explanations.select_related("item", "decision")}
    if catalogue.results_published_on is not None:
        return [
            Deviation(row.key, row.kind, row.words, row.item, row.decision, row.explanation)
            for row in explained.values()
        ]
    found = [one for progress in progress_of(catalogue) for one in _of_item(catalogue, progress, day)]
    found += _outside(catalogue)
    return [
        Deviation(
            one.key, one.kind, one.words, one.item, one.decision,
            explained[one.key].explanation if one.key in explained else "",
        )
        for one in found
    ]  # fmt: skip


def _of_item(catalogue, progress: Progress, day: date) -> list[Deviation]:
    item, decision = progress.item, progress.decision
    if item.is_withdrawn:
        return []
    name = f"第 {item.number} 项《{item.title}》"
    found = []

    def add(kind, step, words):
        found.append(Deviation(f"{kind}-{item.number}-{step.code}", kind, f"{name}：{words}", item, decision))

    needed = _needed(decision)
    for step, month in item.planned:
        end = last_day(catalogue.year, month)
        done_on = progress.done.get(step.code)
        if decision is not None and step.code in needed and not needed[step.code]:
            continue  # left out, which is told below
        if done_on is None:
            if day > end + GRACE:
                state = "尚未立项" if decision is None else "尚未完成"
                add(DeviationKind.LATE, step, f"{step.label}计划 {month} 月完成，{state}，已超过 {(day - end).days} 日")
            break  # what comes after it waits for it
        if done_on > end + GRACE:
            add(
                DeviationKind.LATE, step,
                f"{step.label}计划 {month} 月完成，实际 {done_on:%Y-%m-%d} 完成，超过 {(done_on - end).days} 日",
            )  # fmt: skip
    for code, is_needed in needed.items():
        step = PLANNED_BY_CODE[code]
        if is_needed and code not in item.months:
            add(DeviationKind.ADDED, step, f"增加{step.label}（{decision.why(step.by_facts)}）")
        elif not is_needed and code in item.months:
            add(DeviationKind.DROPPED, step, f"减少{step.label}（{decision.why(step.by_facts)}）")
    return found


def _needed(decision: MajorDecision | None) -> dict[str, bool]:
    """Which of the steps that follow from facts the started decision needs; nothing before its start."""
    if decision is None or decision.started_on is None or decision.stage in _ENDED:
        return {}
    return {code: decision.needs(step) for code, step in STEPS.items()}


def _outside(catalogue) -> list[Deviation]:
    """Decisions that the town started in the year without an item."""
    started = (
        MajorDecision.objects.filter(organisation_id=catalogue.town_id, started_on__year=catalogue.year)
        .exclude(catalogue_entry__item__isnull=False)
        .select_related("catalogue_entry", "organisation")
        .order_by("pk")
    )
    return [
        Deviation(
            f"{DeviationKind.OUTSIDE}-{decision.pk}", DeviationKind.OUTSIDE,
            f"《{decision.title}》{decision.started_on:%Y-%m-%d} 启动，未列入目录", None, decision,
        )
        for decision in started
    ]  # fmt: skip


def is_public(deviation: Deviation) -> bool:
    """Whether everybody may read of it: all that concerns an item; of other decisions only those that are public."""
    decision = deviation.decision
    if deviation.kind != DeviationKind.OUTSIDE:
        return True
    if decision is None or decision.disclosure != Disclosure.PROACTIVE:
        return False
    return Publication.objects.live().filter(file_id=decision.pk).exists()


def freeze(catalogue, day: date) -> None:
    """Keep the outcome of every item and the words of every deviation as they are today."""
    for progress in progress_of(catalogue):
        progress.item.outcome = progress.outcome
        progress.item.save(update_fields=["outcome"])
    for one in deviations(catalogue, day):
        catalogue.explanations.filter(key=one.key).update(words=one.words, is_public=is_public(one))
