"""Decisions that are carried out, and evaluations at every point of their way."""

from datetime import date

from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from decisions.evaluation.rehearsal import EvaluationJourney
from decisions.models import MajorDecision
from portal.demo.walking import cast_of

DECIDED = date(2025, 1, 6)
"""When the decision was put forward; it is carried out from the spring on."""
START = date(2026, 7, 6)


def decision(world, text=texts.bus, *, secret=False) -> MajorDecision:
    """A decision of 龙潭镇 that is carried out."""
    return DecisionJourney(cast_of(world, "longtan"), text("龙潭镇"), DECIDED, secret=secret).walk("publish")


def of(world) -> MajorDecision:
    """The decision of the module's county; one of its own where the county has none."""
    made = getattr(world, "decision", None)
    return decision(world) if made is None else MajorDecision.objects.get(pk=made.pk)


def journey(world, made=None) -> EvaluationJourney:
    return EvaluationJourney(cast_of(world, "longtan"), made or of(world), START)


def walked(world, until, made=None, **more) -> EvaluationJourney:
    way = journey(world, made)
    way.walk(until, **more)
    return way
