"""Two reviews that a region may ask for, the county's pre-check and the integrity review: switched on and passed."""

from datetime import date

import pytest

from tests.journeys.settings import switch_on_by_the_page
from tests.normative_docs.scenarios import begin

PRECHECK, INTEGRITY = "县级法制机构预审同意", "制度廉洁性评估通过"
RISK = "第四条的摊位分配没有公示环节，存在利益输送风险，建议增加公示。"


@pytest.mark.full
def test_the_meeting_waits_for_the_pre_check_and_the_integrity_review_where_the_county_asks_for_them(
    desk, clock, world, run_jobs
):
    journey = begin(world, start=date(2026, 6, 1))
    journey.walk("opinion")
    journey.workday(6)
    clock.go_to(journey.day)
    case = f"/staff/cases/{journey.document.public_id}/"
    clerk, legal, supervisor, reviewer = desk(), desk(), desk(), desk()

    supervisor.sign_in("county_supervisor")
    for label in ("草案制发前报县级法制机构预审", "草案须作制度廉洁性评估"):
        switch_on_by_the_page(supervisor, label)

    clerk.sign_in("lt_clerk").take_step(case, "提请集体讨论").refused(PRECHECK, INTEGRITY)

    # From the refusal to the step that fills the gap: the request is written, checked and handed in.
    clerk.follow(PRECHECK, among="#errors").write(matter="草案涉及摊贩管理，现报请预审。")
    clerk.press("报县级预审").done().follow("规范性文件草案预审")
    request = clerk.path
    clerk.shows("草案涉及摊贩管理", "规范性文件草案", "起草说明", "制定依据")
    clerk.take_step(request, "报送").done()
    reviewer.sign_in("county_reviewer").open("/county/").shows("规范性文件草案预审")
    reviewer.take_step(request, "答复", conclusion="changes", reply="第四条的摊位分配应当公示，修改后再报。").done()
    clerk.take_step(case, "提请集体讨论").refused("修改后再报", INTEGRITY)
    clerk.open(case).shows("第四条的摊位分配应当公示")

    clerk.take_step(case, "报县级预审", matter="已与起草单位商定在实施细则中公示，请予审定。").done()
    clerk.follow("规范性文件草案预审")
    again = clerk.path
    assert again != request
    clerk.take_step(again, "报送").done()
    reviewer.take_step(again, "答复", conclusion="agreed", reply="同意。").done()
    run_jobs()
    clerk.open(case).shows("县级预审意见（", "复函")
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
