import pytest

from tests.portal.deadlines.cast import Cast, gather


@pytest.fixture
def cast(db) -> Cast:
    return gather()
