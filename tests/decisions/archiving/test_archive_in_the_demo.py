"""The demo's archive is made by the same acts: printed, sealed, closed; and the county held somebody to account."""

from datetime import timedelta

import pytest

from decisions.archiving import demo
from decisions.demo import texts
from decisions.models import MajorDecision
from portal.dossiers.models import SealedDossier
from portal.oversight.accountability.models import AccountabilityCase
from tests.decisions.scenarios import walked

pytestmark = [pytest.mark.django_db, pytest.mark.full]


def test_the_secret_decision_is_archived_and_the_public_one_looked_back_on(world):
    secret = walked(world, "publish", texts.waterworks, secret=True)
    public = walked(world, "publish", texts.market)
    demo.build(world, public.day + timedelta(days=40))
    assert MajorDecision.objects.get(pk=secret.document.pk).stage == "archived"
    made = SealedDossier.objects.get(file_id=secret.document.pk)
    assert not any("征求意见" in line[1] for line in made.index)
    assert AccountabilityCase.objects.get().file_id == public.document.pk
