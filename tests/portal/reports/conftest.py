"""A town whose year 2025 has records, and its report."""

from datetime import date

import pytest

from tests.ground import made_once
from tests.portal.reports.desk import Desk, record_document


@made_once
def recorded(world):
    """Two documents recorded by 龙潭镇 in 2025, one by 清河镇."""
    return [
        record_document(world, on=date(2025, 5, 12), number="龙政规〔2025〕1号"),
        record_document(world, on=date(2025, 9, 1), number="龙政规〔2025〕2号", valid_until=date(2025, 11, 30)),
        record_document(world, on=date(2025, 6, 3), number="清政规〔2025〕1号", clerk="qh_clerk"),
    ]


@pytest.fixture
def desk(world, recorded):
    return Desk(world)
