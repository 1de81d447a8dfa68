"""Decisions that are carried out, and evaluations at every point of their way."""

from datetime import date, timedelta

from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from decisions.evaluation.rehearsal import EvaluationJourney
from decisions.models import MajorDecision
from portal.demo.walking import cast_of

DECIDED = date(2025, 1, 6)
"""When the decision was put forward; it is carried out from the spring on."""
START = date(2026, 7, 6)


def decision(world, town="longtan", text=texts.bus, *, secret=False, start=DECIDED, **facts) -> MajorDecision:
    """A decision that is carried out; with ``facts`` set on it by hand."""
    cast = cast_of(world, town)
    made = DecisionJourney(cast, text(cast.town.short_name), start, secret=secret).walk("publish")
    if facts:
        MajorDecision.objects.filter(pk=made.pk).update(**facts)
        made.refresh_from_db()
    return made


def journey(world, made=None, town="longtan", start=START) -> EvaluationJourney:
    return EvaluationJourney(cast_of(world, town), made or decision(world, town), start)


def walked(world, until, made=None, **more) -> EvaluationJourney:
    way = journey(world, made)
    way.walk(until, **more)
    return way


def days(number: int) -> timedelta:
    return timedelta(days=number)
