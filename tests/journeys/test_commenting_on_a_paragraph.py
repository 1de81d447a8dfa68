"""A citizen comments on a paragraph and asks; the clerk publishes a further version, groups and answers; all see it."""

from datetime import date, timedelta

import pytest

from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from portal.consultation.standing import newest
from portal.demo.walking import cast_of

pytestmark = pytest.mark.full

OPENED = date(2026, 7, 20)
OLD = "位置由居民议事会确定。"
REASON = "按照意见，第二项增加消防通道的要求。"


def comment(citizen, notice: str, paragraph: str, words: str) -> None:
    """By the link beside the paragraph; no script runs in this window."""
    citizen.open(notice)
    citizen.page.locator(".para", has_text=paragraph).get_by_role("link", name="对本段提意见").click()
    assert "二、" in citizen.value_of("article")
    citizen.write(content=words, sent_from="person").press("核对意见").shows("二、", words)
    citizen.write(declaration=True).press("提交意见").shows("意见回执", "二、")


def ask(citizen, matter: str, words: str) -> None:
    citizen.open(matter).follow("我要提问").press("核对问题")
    assert "问题" in citizen.errors
    citizen.write(content=words).press("核对问题").write(declaration=True).press("提交问题").shows("提问回执", words)


def test_opinions_on_a_paragraph_are_answered_together_over_two_versions(desk, clock, world):
    journey = DecisionJourney(cast_of(world, "longtan"), texts.square("龙潭镇"), OPENED - timedelta(days=15))
    journey.walk("draft")
    clock.go_to(OPENED)
    journey.day = OPENED
    journey.open()
    decision = journey.document
    notice = f"/consultations/{newest(decision).public_id}/"
    case, matter = f"/staff/cases/{decision.public_id}/", f"/matters/{decision.public_id}/"
    citizen, clerk, head = desk(javascript=False, width=320), desk(), desk()

    comment(citizen, notice, OLD, "不要挡住消防通道。")
    comment(citizen, notice, OLD, "请留出消防通道。")
    ask(citizen, matter, "我们小区排在哪一批？")

    clerk.sign_in("lt_clerk").open("/staff/").shows("答复公众提问")
    clerk.open(f"{case}decision/").write(draft_text=decision.draft_text.replace(OLD, f"{OLD}不得占用消防通道。"))
    clerk.press("保存").open(case).follow("办理意见").follow("公布修改稿").shows("与第1稿的不同", "不得占用消防通道。")
    clerk.press("公布修改稿")
    assert "修改说明" in clerk.errors
    clerk.write(reason=REASON).press("公布修改稿").shows("已公布修改稿", "原条款已修改（第1稿二、）")
    clerk.open(case).follow("各稿对照").shows("不得占用消防通道。", "第 2 稿")

    citizen.open(notice).shows("征求意见稿第2稿", REASON, "原条款已修改（第1稿二、），2 条意见", OLD)
    citizen.follow("第2稿：与上一稿的不同").shows("不得占用消防通道。", "1 段有改动")
    assert citizen.page.locator("ins", has_text="不得占用消防通道。").count() == 1
    citizen.open(notice).follow("看这件事办到哪一步").shows("公布修改稿（第2稿）", "草案公开征求意见")

    clerk.open(f"{case}consultation/").follow("归为一组答复").write(name="留出消防通道").press("归组，下一步答复")
    clerk.shows("第 1 组：留出消防通道").write(outcome="adopted", answer="采纳，已写入第2稿。", confirmed=True)
    clerk.press("一并答复").shows("已一并答复", "采纳 2 条")

    clerk.open(case).follow("答复提问").follow("我们小区排在哪一批").write(answer="名单在方案通过后公布。")
    clerk.press("保存，送审核").shows("已保存答复")
    citizen.open(matter)
    assert "名单在方案通过后公布。" not in citizen.text
    head.sign_in("lt_head").open("/staff/").shows("审核对公众提问的答复").open(case).follow("答复提问")
    head.follow("我们小区排在哪一批").write(verdict="settle").press("保存审核结果").shows("已审核")
    citizen.open(matter).shows("我们小区排在哪一批？", "名单在方案通过后公布。")

    clock.go_to(newest(decision).closes_on + timedelta(days=1))
    clerk.sign_in("lt_clerk").take_step(case, "公布意见采纳情况").done()
    citizen.open(notice).shows("采纳 2 条", "第 1 组：留出消防通道", "采纳，已写入第2稿。", "原条款已修改（第1稿二、）")
    clerk.open(f"{case}consultation/").follow("意见采纳情况表").press("生成采纳情况表入卷").shows("已开始生成")
    for window in (citizen, clerk):
        content, width = window.widths()
        assert content <= width, window.page.url
