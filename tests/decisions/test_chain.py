"""A decision passes its chain by its people's acts, with every step that its facts ask for."""

from datetime import date

import pytest

from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from portal.demo.walking import cast_of
from portal.publishing.models import Publication

START = date(2026, 3, 2)


def journey_of(world, text=texts.market, town="longtan", **more) -> DecisionJourney:
    cast = cast_of(world, town)
    return DecisionJourney(cast, text(cast.town.short_name), START, **more)


def test_a_public_project_passes_from_proposal_to_publication(world):
    journey = journey_of(world)
    decision = journey.walk("publish", comments=texts.COMMENTS)
    assert decision.stage == "execution"
    assert decision.document_number == "龙潭镇重大决策〔2026〕1号"
    assert decision.proposal_answer
    assert Publication.objects.live().filter(file_id=decision.pk).exists()


def test_a_secret_decision_passes_without_the_public_and_is_not_published(world):
    journey = journey_of(world, texts.waterworks, secret=True)
    decision = journey.walk("publish")
    assert decision.stage == "execution"
    assert "open_participation" not in decision.steps_taken()
    assert not Publication.objects.filter(file_id=decision.pk).exists()


@pytest.mark.parametrize(("town", "binding"), [("longtan", "reference"), ("dongcheng", "local")])
def test_the_regulation_binds_a_town_by_reference_and_a_street_by_local_rule(world, town, binding):
    journey = journey_of(world, texts.bus, town)
    assert journey.propose().binding == binding
