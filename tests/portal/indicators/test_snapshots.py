"""A frozen figure keeps its value and the files that were counted, and nobody can change it afterwards."""

from datetime import date

import pytest
from django.db import InternalError, transaction

from portal.indicators.models import IndicatorValue
from portal.indicators.registry import Indicators, Scope, Unit, indicator, indicators, percentage
from portal.indicators.snapshots import snapshots, still_holds
from tests.ground import made_once
from tests.portal.reports.desk import record_document

CODE = "normative_docs.recorded"


@made_once
def scope(world):
    return Scope.of_year(world.longtan, 2025)


def snapshot(code, scope):
    (kept,) = snapshots([(code, scope, indicators[code].compute(scope))])
    return kept


@pytest.fixture
def document(world):
    return record_document(world, on=date(2025, 5, 12), number="龙政规〔2025〕1号")


def test_a_snapshot_keeps_value_period_and_files(document, scope):
    kept = snapshot(CODE, scope)
    assert (kept.value, kept.counted) == (1, [str(document.public_id)])
    assert (kept.period_start, kept.period_end) == (date(2025, 1, 1), date(2025, 12, 31))


def test_it_holds_until_the_records_change(document, scope, world):
    kept = IndicatorValue.objects.get(pk=snapshot(CODE, scope).pk)
    assert still_holds(kept, indicators[CODE].compute(scope))
    record_document(world, on=date(2025, 6, 2), number="龙政规〔2025〕2号")
    assert not still_holds(kept, indicators[CODE].compute(scope))


def test_a_rate_read_back_from_the_database_still_holds(document, scope):
    kept = IndicatorValue.objects.get(pk=snapshot("reports.deadlines_kept_rate", scope).pk)
    assert still_holds(kept, indicators["reports.deadlines_kept_rate"].compute(scope))


@pytest.mark.parametrize("change", [lambda rows: rows.update(value=9), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_a_snapshot(document, scope, change):
    snapshot(CODE, scope)
    with pytest.raises(InternalError), transaction.atomic():
        change(IndicatorValue.objects.all())


def test_another_town_is_not_counted(document, world):
    assert indicators[CODE].compute(Scope.of_year(world.qinghe, 2025)).value == 0


def test_every_figure_has_words_for_its_page():
    assert all(one.label and one.basis and one.formula_text for one in indicators.all())


def test_a_code_registered_twice_is_a_mistake_at_start():
    own = Indicators()
    own.register(indicators[CODE])
    with pytest.raises(ValueError, match="registered twice"):
        own.register(indicators[CODE])
    with pytest.raises(ValueError, match="registered twice"):
        indicator(CODE, label="重复", unit=Unit.COUNT, section="x", basis="x")(lambda scope: None)


def test_a_rate_of_nothing_is_nothing():
    assert percentage(0, 0) is None
    assert str(percentage(2, 3)) == "66.7"
