"""The dates that everybody must get: notices of 2026, rolling, stops, months, years and days counted back."""

import pytest

from tests.portal.deadlines.counted import counted

VECTORS = [
    # code, start, extend, stops, nominal end, effective end
    ("foi_reply", "2026-09-18", False, (), "2026-10-22", "2026-10-22"),
    ("foi_reply", "2026-09-18", True, (), "2026-11-19", "2026-11-19"),
    ("foi_reply", "2026-09-18", False, ("2026-09-22:2026-10-12",), "2026-11-04", "2026-11-04"),
    ("foi_correct_notice", "2026-09-18", False, (), "2026-09-29", "2026-09-29"),
    ("foi_reply", "2026-02-10", False, (), "2026-03-16", "2026-03-16"),
    ("arl_reply_normal", "2026-09-28", False, (), "2026-10-16", "2026-10-16"),
    ("arl_reply_simple", "2026-09-24", False, (), "2026-10-09", "2026-10-09"),
    ("lit_answer", "2026-09-18", False, (), "2026-10-03", "2026-10-08"),
    ("nd_filing", "2026-09-05", False, (), "2026-09-20", "2026-09-20"),
    ("nd_filing", "2026-09-20", False, (), "2026-10-05", "2026-10-08"),
    ("pen_decide", "2026-07-03", False, (), "2026-10-01", "2026-10-08"),
    ("pen_evidence_hold", "2026-09-24", False, (), "2026-10-12", "2026-10-12"),
    ("pen_hearing_notice", "2026-10-12", False, (), "2026-09-23", "2026-09-23"),
    ("coe_court_demand", "2026-09-24", False, (), "2026-10-15", "2026-10-15"),
    ("med_judicial_confirm", "2026-09-03", False, (), "2026-10-03", "2026-10-08"),
    ("pet_handle", "2026-08-10", False, (), "2026-10-09", "2026-10-09"),
    ("lit_sue", "2026-08-31", False, (), "2027-02-28", "2027-03-01"),
    ("nd_validity_normal", "2024-02-29", False, (), "2029-02-28", "2029-02-28"),
    ("nd_validity_trial", "2026-03-01", False, (), "2028-02-29", "2028-02-29"),
    ("nd_validity_normal", "2023-03-01", False, (), "2028-02-29", "2028-02-29"),
    # Further: extension of a calendar period runs from its nominal end; a stop inside the extension counts too.
    ("pet_handle", "2026-08-04", True, (), "2026-11-02", "2026-11-02"),
    ("arl_decide_normal", "2026-07-01", False, ("2026-08-01:2026-08-11",), "2026-09-09", "2026-09-09"),
    ("arl_decide_normal", "2026-07-01", True, ("2026-08-01:2026-08-11",), "2026-10-09", "2026-10-09"),
    ("arl_decide_normal", "2026-07-01", True, ("2026-09-10:2026-09-20",), "2026-10-09", "2026-10-09"),
    ("foi_reply", "2026-09-18", True, ("2026-09-22:2026-10-12",), "2026-12-02", "2026-12-02"),
    # Overlapping and touching stops are one.
    ("foi_reply", "2026-09-18", False, ("2026-09-22:2026-10-09", "2026-09-28:2026-10-12"), "2026-11-04", "2026-11-04"),
    ("foi_reply", "2026-09-18", False, ("2026-09-22:2026-09-28", "2026-09-28:2026-10-12"), "2026-11-04", "2026-11-04"),
    # A stop that starts before the period leaves out only its own days; one after the end changes nothing.
    ("lic_decide", "2026-03-02", False, ("2026-02-24:2026-03-06",), "2026-04-03", "2026-04-03"),
    ("lic_decide", "2026-03-02", False, ("2026-03-30:2026-04-20",), "2026-03-30", "2026-03-30"),
    # A restraint never rolls: 2026-10-03 is a holiday.
    ("coe_seize", "2026-09-03", False, (), "2026-10-03", "2026-10-03"),
    ("coe_seize", "2026-09-03", True, (), "2026-11-02", "2026-11-02"),
    ("coe_seize", "2026-09-03", False, ("2026-09-10:2026-09-15",), "2026-10-08", "2026-10-08"),
    # Month ends, leap years, and a month period with a stop.
    ("lit_duty", "2025-12-31", False, (), "2026-02-28", "2026-02-28"),
    ("lit_duty", "2023-12-31", False, (), "2024-02-29", "2024-02-29"),
    ("lit_first", "2026-01-31", False, ("2026-03-01:2026-03-31",), "2026-08-30", "2026-08-31"),
    ("coe_suspend_end", "2024-02-29", False, (), "2027-02-28", "2027-03-01"),
    ("coe_court_apply", "2026-07-01", False, (), "2026-10-01", "2026-10-08"),
    # Minimum periods that end on a day of rest are prolonged.
    ("mad_public_comment_min", "2026-09-03", False, (), "2026-10-03", "2026-10-08"),
    ("nd_legality_review_min", "2026-09-24", False, (), "2026-10-09", "2026-10-09"),
    # Clear days before an event.
    ("mad_hearing_material", "2026-10-12", False, (), "2026-10-04", "2026-10-04"),
    ("coe_substitute_notice", "2026-10-09", False, (), "2026-09-28", "2026-09-28"),
    ("lit_head_notice", "2026-03-02", False, (), "2026-02-26", "2026-02-26"),
    # A start on a day of rest, hours, and yearly dates of the start's year.
    ("foi_correct_notice", "2026-10-03", False, (), "2026-10-15", "2026-10-15"),
    ("coe_emergency_report", "2026-10-01", False, (), "2026-10-02", "2026-10-02"),
    ("rol_report_up", "2026-01-05", False, (), "2026-02-28", "2026-02-28"),
    ("rol_report_up", "2028-01-05", False, (), "2028-02-29", "2028-02-29"),
    ("rol_publish", "2026-05-05", False, (), "2026-03-31", "2026-03-31"),
    ("foi_annual", "2027-01-01", False, (), "2027-01-31", "2027-01-31"),
    # Earlier years come from the package: National Day 2024 with make-up days.
    ("arl_reply_normal", "2024-09-27", False, (), "2024-10-16", "2024-10-16"),
]


@pytest.mark.parametrize(("code", "start", "extend", "stops", "nominal", "effective"), VECTORS)
def test_a_period_ends_on_the_lawful_day(code, start, extend, stops, nominal, effective):
    result = counted(code, start, extend, stops)
    assert (str(result.nominal_end), str(result.effective_end)) == (nominal, effective)


@pytest.mark.parametrize(
    ("code", "start", "provisional"),
    [
        ("lit_sue", "2026-08-31", True),
        ("foi_reply", "2026-12-25", True),
        ("nd_filing", "2026-12-20", True),
        ("pen_hearing_notice", "2027-01-04", True),
        ("foi_reply", "2026-09-18", False),
        ("lit_first", "2025-01-10", False),
        ("rol_report_up", "2027-01-05", False),
        ("nd_validity_normal", "2026-03-01", False),
        ("coe_seize", "2026-12-20", False),
    ],
)
def test_a_date_is_provisional_where_a_missing_notice_could_move_it(code, start, provisional):
    result = counted(code, start)
    assert result.provisional is provisional
    assert any("暂定" in step for step in result.steps) is provisional


def test_an_office_plans_before_the_holidays():
    assert str(counted("pen_decide", "2026-07-03").act_by) == "2026-09-30"


def test_a_restraint_is_acted_on_as_if_its_first_day_counted():
    answer = counted("coe_seize", "2026-09-03").as_json()
    assert answer["act_by"] == "2026-10-02"


def test_a_notice_is_served_on_the_last_working_day_at_the_latest():
    answer = counted("mad_hearing_material", "2026-10-12").as_json()
    assert answer["effective_end"] == "2026-10-04"
    assert answer["last_workday"] == "2026-09-30"
