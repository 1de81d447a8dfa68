import pytest

from tests.portal.draws.pools import declared_kind


@pytest.fixture(autouse=True)
def a_kind_of_draw():
    with declared_kind():
        yield
