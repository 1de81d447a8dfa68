"""The demo as it is built on a day, once for the whole file: building takes longer than all its questions."""

from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from portal.demo.building import build
from tests.conftest import PASSWORD

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker, tmp_path_factory):
    """云溪县 seen from ``TODAY``; what a test changes is rolled back after it, the county after the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("county"))):
            world = build(TODAY, PASSWORD)
        yield world
        transaction.set_rollback(True)
