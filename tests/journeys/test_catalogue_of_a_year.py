"""A town's year by its catalogue: compiled, consented to, adopted, published, filed, adjusted, accounted for."""

from datetime import date

import pytest

from decisions.catalogue.models import DecisionCatalogue
from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from portal.accounts.models import Person
from portal.demo.walking import cast_of
from portal.meetings.minutes import seal
from portal.moment import clock_set_to, now
from tests.decisions.catalogue.scenarios import begin

pytestmark = pytest.mark.full

ITEM = {
    "title": "龙潭镇村村通公交线路优化方案", "deciding_body": "云溪县龙潭镇人民政府", "matter": "public_policy",
    "people": "18000", "legal_basis": "《城市公共交通条例》", "month_legality_review": "10", "month_deliberation": "11",
    "month_publication": "11",
}  # fmt: skip


def test_a_catalogue_from_its_first_item_to_the_account_of_the_year(desk, clock, run_jobs, world):
    clock.go_to(date(2026, 9, 21))
    clerk, head, citizen = desk(), desk(), desk()
    clerk.sign_in("lt_clerk").open("/staff/").follow("决策目录", among="nav").shows("2026-03-31", "还没有立卷")
    clerk.follow("编制目录").write(year="2026").press("立卷").shows("已立卷", "目录中还没有事项")
    case = clerk.path
    clerk.take_step(case, "报请同级党委同意").refused("目录已列入事项")

    clerk.open(case).follow("列入事项").write(**ITEM)
    clerk.choose("handling_unit", "党政")
    clerk.press("列入目录")
    assert "公众参与必须安排" in clerk.errors
    clerk.write(month_participation="10").press("列入目录").shows("直接影响人数 18000 人（标准 1000 人，达到）")
    clerk.take_step(case, "报请同级党委同意").done()
    clerk.upload(case, "dc_consent", "党委会议纪要.txt", "同意目录。")
    consent = {"consented_on": "2026-09-21", "consent": "党委会议纪要〔2026〕1号"}
    clerk.take_step(case, "登记党委同意，提请集体讨论", **consent).done()

    journey = begin(world, start=date(2026, 9, 21))
    journey.document = DecisionCatalogue.objects.select_related("organisation").get()
    with journey.on():
        seal(journey.hold_meeting(), by=journey.cast.clerk)
    clerk.take_step(case, "集体讨论通过").done()
    assert run_jobs()
    clerk.open(case).shows("已生成入卷")
    clerk.open(f"{case}publication/").press("提交审查").shows("待审查")
    head.sign_in("lt_head").open(f"{case}publication/").write(checklist=True).press("确认审查并保存公开文本")
    run_jobs()
    clerk.take_step(case, "公布目录").done()
    clerk.take_step(case, "报县备案").done()
    clerk.open(case).follow("报备20")
    filing = clerk.path
    clerk.open(f"{filing}filing/").press("生成备案报告").shows("已开始生成")
    assert run_jobs()
    clerk.take_step(filing, "报送备案").done()

    citizen.open("/decision-catalogues/").follow("2026年度").shows(ITEM["title"], "未启动", "10 月公众参与")

    cast = cast_of(world, "longtan")
    decision = DecisionJourney(cast, texts.bus("龙潭镇"), date(2026, 9, 25))
    decision.walk("propose")
    with clock_set_to(date(2026, 9, 25)):
        assert decision.document.catalogue_entry.item is not None
    clock.go_to(date(2026, 9, 28))
    clerk.sign_in("lt_clerk")
    clerk.open(f"/staff/cases/{decision.document.public_id}/").shows("2026 年度目录", "第 1 项")

    clerk.open(case).follow("变更").write(
        month_publication="12",
        adjustment_reason="线路评估延后。",
        consented_on="2026-09-28",
        consent="党委会议研究同意",
    )
    clerk.press("拟订调整").shows("待公布", "计划完成时间由")
    head.sign_in("lt_head").take_step(case, "公布目录调整").done()
    citizen.open("/decision-catalogues/").follow("2026年度").shows("目录调整", "线路评估延后。", "办理中")

    clock.go_to(date(2026, 12, 10))
    Person.objects.update(password_changed_at=now())  # made in July, they have run out meanwhile
    clerk.sign_in("lt_clerk").take_step(case, "开始年终总结").done()
    clerk.open(case).follow("查看和说明").shows("公众参与计划 10 月完成，尚未完成")
    clerk.follow("说明").write(explanation="调查研究用时较长，列入下一年度。").press("保存说明").shows("已说明")
    clerk.write(results="目录一项，尚在办理。").press("保存执行情况").shows("已保存执行情况")
    head.sign_in("lt_head").take_step(case, "公布目录执行情况").done()
    citizen.open("/decision-catalogues/").follow("2026年度")
    citizen.shows("年终执行情况", "目录一项，尚在办理。", "调查研究用时较长，列入下一年度。")

    county = desk()
    county.sign_in("county_supervisor").open("/county/catalogues/")
    county.shows("没有按期公布目录", "清河镇", "逾期 174 日公布")
    phone = desk(width=320)
    phone.open("/decision-catalogues/").follow("2026年度").shows("事项和办理情况")
    content, window = phone.widths()
    assert content <= window
