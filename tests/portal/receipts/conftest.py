import pytest

from tests.portal.receipts.counter import declared_kind


@pytest.fixture(autouse=True)
def a_kind_of_receipt():
    with declared_kind():
        yield
