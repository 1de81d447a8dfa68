"""Ledger, archive and catalogue name each other, and ask as often for many rows as for few (S3-9c, S4-17.1a)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.demo import texts
from portal.web.inside.register import RegisterColumn, add_column, registers
from tests.decisions.scenarios import begin


def page(register: str) -> str:
    return reverse("inside:register", kwargs={"code": register})


def columns(register: str) -> set[str]:
    return {column.label for column in registers[register].columns}


def test_each_register_has_the_columns_that_lead_to_the_others():
    assert {"年度目录", "后评估", "执行情况", "决策日期", "执行单位"} <= columns("decisions")
    assert {"档号", "年度目录"} <= columns("decision_archive")
    assert {"对应决策", "档号"} <= columns("catalogue_items")


def test_the_ledger_says_why_a_decision_is_in_no_catalogue(world, as_person):
    journey = begin(world, texts.bus)
    journey.propose()
    entry = journey.document.catalogue_entry
    entry.item, entry.reason = None, "年初无法预见"
    entry.save()
    with journey.on():
        shown = as_person("lt_clerk").get(page("decisions")).content.decode()
    assert "未列入：年初无法预见" in shown


@pytest.mark.parametrize("register", ["decisions", "decision_archive", "catalogue_items"])
def test_many_rows_ask_no_more_than_one(world, as_person, register):
    journey = begin(world, texts.bus)
    journey.propose()
    clerk = as_person("lt_clerk")

    def queries() -> int:
        with journey.on():
            clerk.get(page(register))
            with CaptureQueriesContext(connection) as asked:
                assert clerk.get(page(register)).status_code == 200
        return len(asked)

    once = queries()
    for _ in range(3):
        begin(world, texts.bus).propose()
    assert queries() == once


def test_a_column_is_hung_in_once():
    with pytest.raises(ValueError, match="already"):
        add_column("decisions", RegisterColumn("catalogue", "年度目录", str))
