"""The law as data: complete, cited, dated, and off where nobody has confirmed it."""

from datetime import date, datetime

import pytest

from portal.deadlines.counting import (
    BadPeriod,
    NoLawfulExtension,
    NoLawfulSuspension,
    NothingToCount,
    reckon,
    stated,
)
from portal.deadlines.limits import WITHOUT_NUMBER, LimitNotInForce, NoRuleOnDay, TimeLimit, UnknownLimit
from portal.deadlines.rules import limit, registry, resolve
from portal.deadlines.shipped import shipped_calendar

CALENDAR = shipped_calendar()
ON = date(2026, 9, 18)
EVERY = [limit(code, "yunxi") for code in registry().codes("yunxi")]


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row.code)
def test_every_limit_is_complete_and_can_be_frozen(row):
    assert all((row.label, row.start_event, row.bound_party, row.at_expiry))
    assert row.state != "有效" or (row.citation and row.valid_from)
    assert TimeLimit.thawed(row.frozen()) == row


ACTIVE_ROWS = [row for row in EVERY if row.state == "有效"]


@pytest.mark.parametrize("row", [row for row in ACTIVE_ROWS if row.mode in WITHOUT_NUMBER], ids=lambda row: row.code)
def test_a_limit_without_number_says_where_the_number_stands(row):
    with pytest.raises(NothingToCount) as refusal:
        reckon(resolve(row.code, ON, "yunxi"), ON, calendar=CALENDAR)
    assert row.stated_in in str(refusal.value)


@pytest.mark.parametrize(
    "row", [row for row in ACTIVE_ROWS if row.mode not in WITHOUT_NUMBER], ids=lambda row: row.code
)
def test_every_other_active_limit_counts_and_explains_itself(row):
    result = reckon(resolve(row.code, ON, "yunxi"), ON, calendar=CALENDAR)
    assert result.basis == row.citation
    assert len(result.steps) >= 3


@pytest.mark.parametrize(
    "row", [row for row in EVERY if row.extension is None and row.length], ids=lambda row: row.code
)
def test_an_unlawful_extension_is_refused_with_the_article(row):
    with pytest.raises(NoLawfulExtension) as refusal:
        reckon(row, ON, calendar=CALENDAR, extend=True)
    assert row.citation in str(refusal.value)


def test_a_stop_the_rule_does_not_know_is_refused():
    with pytest.raises(NoLawfulSuspension, match="第六十条"):
        reckon(limit("pen_decide"), ON, calendar=CALENDAR, suspensions=[(ON, date(2026, 9, 30))])


def test_a_shorter_extension_may_be_granted_but_no_longer_one():
    handled = limit("pet_handle")
    assert reckon(handled, date(2026, 8, 4), calendar=CALENDAR, extend_by=10).nominal_end == date(2026, 10, 13)
    with pytest.raises(NoLawfulExtension, match="最多延长 30日"):
        reckon(handled, date(2026, 8, 4), calendar=CALENDAR, extend_by=31)


def test_a_stop_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadPeriod):
        reckon(limit("foi_reply"), ON, calendar=CALENDAR, suspensions=[(date(2026, 10, 2), date(2026, 10, 1))])


@pytest.mark.parametrize(
    ("code", "first_day"),
    [("arl_reply_normal", date(2024, 1, 1)), ("pen_decide", date(2021, 7, 15)), ("nd_filing", date(2015, 2, 1))],
)
def test_no_newer_rule_is_applied_to_an_earlier_day(code, first_day):
    assert resolve(code, first_day, "yunxi").code == code
    with pytest.raises(NoRuleOnDay, match="该日无有效规则"):
        resolve(code, date.fromordinal(first_day.toordinal() - 1), "yunxi")


def test_an_unconfirmed_limit_is_loaded_but_off():
    assert limit("foi_fee_pay").state == "待核"
    with pytest.raises(LimitNotInForce, match="待核"):
        resolve("foi_fee_pay", ON, "yunxi")


def test_a_local_example_holds_only_where_a_profile_takes_it():
    with pytest.raises(LimitNotInForce, match="示例"):
        resolve("nd_filing", ON)
    assert resolve("nd_filing", ON, "云溪县").length == 15
    with pytest.raises(LimitNotInForce):
        resolve("nd_expiry_revise", ON, "yunxi")


def test_a_code_of_the_region_alone_is_unknown_elsewhere():
    with pytest.raises(UnknownLimit, match="云溪县"):
        resolve("foi_annual", ON)


def test_unknown_codes_and_regions_are_named():
    with pytest.raises(UnknownLimit, match="no_such"):
        resolve("no_such", ON)
    with pytest.raises(UnknownLimit, match="某县"):
        resolve("foi_reply", ON, "某县")


def test_hours_run_from_the_moment_and_never_roll():
    begun = datetime(2026, 9, 30, 17, 30)
    assert reckon(limit("coe_emergency_report"), begun, calendar=CALENDAR).effective_end == datetime(
        2026, 10, 1, 17, 30
    )


def test_a_stated_period_is_taken_as_the_paper_states_it():
    result = stated(limit("foi_correct_by_applicant"), ON, date(2026, 10, 9), calendar=CALENDAR)
    assert result.effective_end == date(2026, 10, 9)
    with pytest.raises(BadPeriod):
        stated(limit("foi_reply"), ON, date(2026, 10, 9), calendar=CALENDAR)


def test_the_region_keeps_its_amounts_marked_as_examples():
    region = registry().region("云溪县")
    assert region.mark == "地方示例"
    assert region.amounts["large_penalty"]["organisation_yuan"] == 50000
