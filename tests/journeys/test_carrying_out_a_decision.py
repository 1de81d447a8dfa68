"""A decision is carried out before everybody's eyes: tasks, a problem, a change, the county's note, the last report."""

from datetime import date

import pytest

from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from portal.demo.walking import cast_of

pytestmark = pytest.mark.full


@pytest.fixture
def decision(world, clock):
    """Published on the Friday before the journey begins."""
    journey = DecisionJourney(cast_of(world, "longtan"), texts.bus("龙潭镇"), date(2026, 4, 20))
    return journey.walk("publish", comments=texts.COMMENTS[:2])


def test_a_decision_is_carried_out_to_its_end(desk, clock, decision):
    clerk, head, county = desk(), desk(), desk()
    case = f"/staff/cases/{decision.public_id}/"
    page = f"{case}decision/execution/"

    clerk.sign_in("lt_clerk").open(case).follow("任务、报告和问题").shows("还没有分解任务")
    for what, due_on in (("确定线路和班次", "2026-08-14"), ("签订运营服务协议", "2026-08-31")):
        clerk.open(page).follow("分解任务").write(what=what, due_on=due_on).choose("unit", "党政综合办公室")
        clerk.press("保存").shows(what)
    clerk.take_step(case, "报告执行情况", progress="刚刚开始。", next_steps="下达任务。").refused("执行任务已下达")
    head.sign_in("lt_head").take_step(case, "下达执行任务").done()

    clock.go_to(date(2026, 8, 13))
    clerk.sign_in("lt_clerk").open(page).follow("登记完成").write(result="两条线路、十二个班次。").press("保存")
    clerk.shows("已完成", "两条线路、十二个班次。")
    clerk.follow("报告问题").write(kind="circumstances", found_on="2026-08-12", what="运营单位更换，须重新比选。")
    clerk.press("报告").shows("待答复")
    head.sign_in("lt_head").open(page).follow("答复").write(outcome="minor", answer="抓紧比选，可以顺延一个月。")
    head.press("答复").shows("作局部调整")
    clerk.open(page).follow("提出执行调整").write(kind="change", due_on="2026-09-11", reason="重新比选运营单位。")
    clerk.press("提交审批")
    assert "请选择要调整的任务" in clerk.errors
    clerk.choose("task", "签订运营服务协议").press("提交审批").shows("待审批")
    head.open(page).follow("审批").shows("2026-08-31").write(outcome="approved").press("审批").shows("2026-09-11")

    clock.go_to(date(2026, 10, 15))
    county.sign_in("county_supervisor").open("/staff/registers/decision-execution/").shows(decision.title, "逾期")
    county.follow(decision.title).take_step(case, "督办", demand="协议签订逾期，请说明。", answer_until="2026-10-30")
    county.done()
    head.sign_in("lt_head").open("/staff/?tab=alerts").shows(decision.title)
    clerk.sign_in("lt_clerk").open(page).follow("登记完成").write(on="2026-10-12", result="已签订协议。").press("保存")
    clerk.shows("逾期 31 日")
    clerk.take_step(case, "报告执行情况", progress="两项任务均已完成，班车已开行。", is_final=True).done()
    head.take_step(case, "执行完毕").refused("上级督办均已答复")
    clerk.open(case).start_step("答复督办").choose("number", "协议签订逾期").write(answer="比选延误，现已签订。")
    clerk.press("答复督办").done()
    head.take_step(case, "执行完毕").done().shows("执行完毕")
    county.open(page).shows("比选延误，现已签订。", "末次", "逾期")
