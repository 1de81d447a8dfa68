"""The demo's archive is made by the same acts: printed, sealed, closed; and the county held somebody to account."""

from datetime import timedelta

import pytest

from decisions.archiving import demo
from decisions.demo import execution, texts
from decisions.models import MajorDecision
from portal.dossiers.models import SealedDossier
from portal.oversight.accountability.models import AccountabilityCase
from tests.decisions.scenarios import walked

pytestmark = [pytest.mark.django_db, pytest.mark.full]


def carried_out(world, text, **more):
    journey = walked(world, "publish", text, **more)
    execution.finish(journey)
    return journey


def test_a_secret_decision_is_archived_without_a_word_of_consultation(world):
    secret = carried_out(world, texts.waterworks, secret=True)
    demo.build(world, secret.day + timedelta(days=4))
    assert MajorDecision.objects.get(pk=secret.document.pk).stage == "archived"
    made = SealedDossier.objects.get(file_id=secret.document.pk)
    assert not any("征求意见" in line[1] for line in made.index)
    assert not AccountabilityCase.objects.exists()


def test_what_was_carried_out_is_archived_and_the_oldest_public_decision_looked_back_on(world):
    older = walked(world, "publish", texts.bus)
    done = carried_out(world, texts.market)
    demo.build(world, done.day + timedelta(days=4))
    assert MajorDecision.objects.get(stage="archived") == done.document
    assert AccountabilityCase.objects.get().file_id == older.document.pk
