"""The county with one decision that is carried out, built once for the tests of a module, each undone at its end."""

import pytest
from django.db import transaction

from portal.demo.county import build_county
from tests.decisions.evaluation import evaluations
from tests.ground import PASSWORD, a_place_of_its_own


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), a_place_of_its_own(folder):
        built = build_county(PASSWORD)
        built.media, built.decision = folder, evaluations.decision(built)
        yield built


@pytest.fixture(autouse=True)
def media_folder(county, settings):
    settings.MEDIA_ROOT = county.media


@pytest.fixture
def world(county):
    with transaction.atomic():
        yield county
        transaction.set_rollback(True)
