"""The demo as it is built on a day. What a test changes is rolled back after it."""

import pytest

from tests.demo_county import in_place


@pytest.fixture(scope="module")
def county(demo_county, django_db_blocker):
    """云溪县 seen from the demo's day, for the whole file."""
    with django_db_blocker.unblock(), in_place(demo_county.database, demo_county.media):
        yield demo_county.world
