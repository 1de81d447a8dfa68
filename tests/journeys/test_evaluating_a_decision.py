"""A decision is chosen for evaluation: the public is asked, the meeting decides, it is adjusted, faults put right."""

from datetime import date

import pytest

from decisions.models import MajorDecision
from portal.meetings.minutes import seal
from portal.moment import clock_set_to
from portal.publishing.register import publication_of
from tests.decisions.evaluation import evaluations
from tests.normative_docs.in_force.stories import address

pytestmark = pytest.mark.full

FINDINGS = {
    "effect": "早晚班次开通，学生和老人出行方便。", "performance": "日均客流由二百人升到三百四十人。",
    "cost": "年补贴62万元，比预算少8万元。", "views": "问卷多数认为有利，希望增加周末班次。",
    "problems": "周末班次不足；三号线绕行时间长。",
}  # fmt: skip
REASON = "周末班次不足，需要调整线路和班次。"


def answer(citizen, verdict: str) -> None:
    citizen.open("/consultations/").follow("问卷调查").follow("实施情况调查").follow("填写问卷")
    for choice in ("本地居民", "了解", "有利", "方便群众不够", verdict):
        citizen.page.get_by_label(choice, exact=True).check()
    citizen.page.get_by_role("group", name="实施效果").get_by_label("4", exact=False).first.check()
    citizen.press("提交答卷")
    assert not citizen.errors, citizen.errors


def test_what_the_public_says_leads_to_an_adjustment(desk, clock, run_jobs, world):
    decision = evaluations.decision(world)
    clock.go_to(date(2026, 7, 20))
    clerk, head, citizen = desk(), desk(), desk()

    clerk.sign_in("lt_clerk").open("/staff/").follow("决策后评估", among="nav").shows("还差 1 件", decision.title)
    clerk.follow("登记线索").write(trigger="opinions", words="热线半年收到 23 件反映，周末没有车。").press("保存")
    clerk.shows("热线半年收到 23 件反映").follow("选择作后评估").press("选择并立卷")
    assert "选择理由" in clerk.errors
    clerk.write(reason="意见较多，直接关系出行。").press("选择并立卷").shows("已立卷")
    clerk.write(
        evaluator_kind="own", evaluator="龙潭镇人民政府", scope="全部线路和班次。", participants="镇人大代表、社区",
        finish_by="2026-10-16",
    )  # fmt: skip
    for method in ("网上问卷", "实地走访"):
        clerk.page.get_by_label(method, exact=True).check()
    clerk.press("保存方案").shows("已保存方案")
    case = clerk.path

    head.sign_in("lt_head").take_step(case, "决定开展评估").done()
    clerk.open(case).follow("发布问卷").write(opens_on="2026-07-20", closes_on="2026-07-31").press("发布问卷")
    clerk.shows("已发布问卷", "收回 0 份")
    citizen.open(address(decision)).follow("填写问卷").follow(decision.title)
    for verdict in ("调整", "继续实施"):
        answer(citizen, verdict)
    clerk.take_step(case, "提交评估意见", outcome="adjust", reason=REASON).refused("问卷已截止", "评估意见逐项填写")

    clock.go_to(date(2026, 8, 3))
    clerk.sign_in("lt_clerk").open(case).shows("收回 2 份").press("收录问卷结果").shows("已开始收录")
    assert run_jobs()
    clerk.open(case).follow("登记意见").write(
        voice="deputy", source="镇人大代表 沈建平", heard_on="2026-08-02", opinion="周末学生返校没有车。"
    )
    clerk.press("保存").shows("人大代表：镇人大代表 沈建平")
    clerk.follow("填写评估意见").write(**FINDINGS).press("保存评估意见").shows("已保存评估意见")
    clerk.open(case).follow("登记纠偏措施").write(task="周末加开两班。", due_on="2026-08-20")
    clerk.choose("unit", "综合").press("保存").shows("周末加开两班。", "剩 17 日")
    clerk.take_step(case, "提交评估意见", outcome="adjust", reason=REASON).done()
    assert run_jobs()

    head.sign_in("lt_head").take_step(case, "作出评估结论", outcome="adjust", reason=REASON).refused("已经集体讨论")
    way = evaluations.journey(world, decision)
    way.document = MajorDecision.objects.get(pk=decision.pk).evaluations.get()
    with clock_set_to(date(2026, 8, 3)):
        way.day = date(2026, 8, 3)
        seal(way.hold_meeting(), by=world["lt_clerk"])
    head.take_step(case, "作出评估结论", outcome="adjust", reason=REASON).done()
    assert run_jobs()
    clerk.open(case).shows("决策后评估报告.pdf", "决策后评估结论.pdf")

    clerk.take_step(case, "办理评估结论").done()
    clerk.open(case).follow(f"已立项：{decision.title}（调整）").shows("决策建议", FINDINGS["problems"])
    clerk.open(f"{case}publication/").press("提交审查").shows("待审查")
    head.open(f"{case}publication/").write(checklist=True).press("确认审查并保存公开文本")
    run_jobs()
    clerk.take_step(case, "公开评估结果").done()
    clerk.take_step(case, "办结").refused("纠偏措施全部完成")
    clerk.open(case).follow("登记完成").write(done_on="2026-08-03", note="已加开。").press("登记完成")
    clerk.shows("已登记完成", "已加开。")
    clerk.take_step(case, "办结").done()

    citizen.open(address(decision)).follow("决策后评估报告").shows(REASON, "收回 2 份", "依照决策程序办理")
    assert "沈建平" not in citizen.text
    assert publication_of(way.document) is not None
    desk().sign_in("county_supervisor").open("/county/decision-evaluations/").shows("已选择 1 件")
