"""Two reviews that a region may ask for, the county's pre-check and the integrity review: switched on and passed."""

from datetime import date

import pytest

from tests.journeys.settings import switch_on_by_the_page
from tests.normative_docs.scenarios import begin

PRECHECK, INTEGRITY = "县级法制机构预审同意", "制度廉洁性评估通过"
RISK = "第四条的摊位分配没有公示环节，存在利益输送风险，建议增加公示。"


@pytest.mark.full
def test_the_meeting_waits_for_the_pre_check_and_the_integrity_review_where_the_county_asks_for_them(
    desk, clock, world
):
    journey = begin(world, start=date(2026, 6, 1))
    journey.walk("opinion")
    journey.workday(6)
    clock.go_to(journey.day)
    case = f"/staff/cases/{journey.document.public_id}/"
    clerk, legal, supervisor = desk(), desk(), desk()

    supervisor.sign_in("county_supervisor")
    for label in ("草案制发前报县级法制机构预审", "草案须作制度廉洁性评估"):
        switch_on_by_the_page(supervisor, label)

    clerk.sign_in("lt_clerk").take_step(case, "提请集体讨论").refused(PRECHECK, INTEGRITY)

    # From the refusal to the step that fills the gap, and from there to the paper that is still missing.
    clerk.follow(PRECHECK, among="#errors").write(conclusion="agreed", answered_on=journey.day)
    clerk.press("登记县级预审意见").refused("县级预审意见已入卷")
    clerk.upload(case, "nd_precheck", "预审意见.txt", "经预审，同意按程序制发。")
    clerk.take_step(case, "登记县级预审意见", conclusion="agreed", answered_on=journey.day).done()
    clerk.take_step(case, "提请集体讨论").refused(INTEGRITY)
    assert PRECHECK not in clerk.errors
    clerk.follow(INTEGRITY, among="#errors").shows("不能由您办理")

    legal.sign_in("lt_legal").take_step(case, "登记廉洁性评估", conclusion="amend", opinion=RISK).done()
    legal.shows("存在廉洁风险，应当修改")
    legal.page.locator("#timeline li", has_text="登记廉洁性评估").get_by_role("link").first.click()
    legal.page.wait_for_url("**/records/**")
    legal.shows("评估结论", "存在廉洁风险，应当修改", RISK)
    clerk.take_step(case, "提请集体讨论").refused("存在廉洁风险")

    passed = "已补充公示环节，未发现其他风险。"
    legal.take_step(case, "登记廉洁性评估", conclusion="passed", opinion=passed).done()
    clerk.take_step(case, "提请集体讨论").done().shows("集体讨论")
