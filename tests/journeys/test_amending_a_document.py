"""A decision amends a document: its articles are listed, the consolidated text is checked, the public reads both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.demo.year import cast_of
from portal.moment import clock_set_to
from tests.normative_docs.in_force.stories import TEXT, address, existing

pytestmark = pytest.mark.full

NUMBER = "龙政规〔2024〕1号"
DECISION = """第一条　将第三条修改为：“市场开办者应当每日清扫、消毒场地，并公示清扫记录。”

第二条　增加一条，作为第五条：“市场内禁止使用明火。”

第三条　将第五条改为第六条。

第四条　本决定自公布之日起三十日后施行。"""
CONSOLIDATED = TEXT.replace("每日清扫场地", "每日清扫、消毒场地，并公示清扫记录").replace(
    "第五条　本办法", "第五条　市场内禁止使用明火。\n第六条　本办法"
)
"""What the decision makes of the text."""
TOO_MUCH = CONSOLIDATED.replace("摊位不得占用通道", "摊位不得占用通道和出入口")
"""One article more is touched than the decision lists."""


def signed_decision(world) -> Journey:
    """A decision that stands before its publication."""
    words = replace(
        texts.market("龙潭镇"), title="关于修改《集贸市场管理办法》的决定", kind="decision", body=DECISION,
        affects_market=False,
    )  # fmt: skip
    journey = Journey(cast_of(world, "longtan"), words, date(2026, 7, 20))
    journey.walk("adopt")
    return journey


def test_the_consolidated_text_follows_the_decision_and_both_texts_stay_readable(desk, clock, world):
    with clock_set_to(date(2026, 7, 1)):
        document = existing(world, number=NUMBER)
    journey = signed_decision(world)
    clock.go_to(journey.day)
    clerk, legal, citizen = desk(), desk(), desk()
    decision = f"/staff/cases/{journey.document.public_id}/"
    case = f"/staff/cases/{document.public_id}/"

    clerk.sign_in("lt_clerk").open(decision).follow("废止和修改其他文件")
    clerk.write(kind="amends", number="龙政规〔2024〕99号").press("列入")
    assert "库内没有找到这件文件" in clerk.errors
    clerk.write(kind="amends", number=NUMBER, part="修改：第三条；增加：第五条").press("列入")
    clerk.shows("已列入", "集贸市场管理办法")

    journey.sign()
    journey.workday()
    journey.review_public_copy()
    journey.document.refresh_from_db()
    starts = journey.document.effective_on
    clock.go_to(journey.day)
    clerk.sign_in("lt_clerk").take_step(decision, "公布").done()

    clerk.open(case).shows("起被修改", f"{starts} 起的修改还没有合并文本")
    clerk.open(decision).shows("被修改的《集贸市场管理办法》还没有合并文本").follow("整理合并文本")
    clerk.shows("修改第三条", "增加第五条")
    clerk.write(text=TOO_MUCH).press("只核对，不保存").shows("不逐条相符", "修改第四条：修改决定没有列出，文本有变动")
    clerk.press("保存，交他人确认")
    beside = clerk.page.locator(".field", has=clerk.page.locator("[name=mismatch_reason]")).inner_text()
    assert "文本修改了第四条，修改决定没有列出" in beside
    assert clerk.value_of("text").replace("\r\n", "\n") == TOO_MUCH
    clerk.write(text=CONSOLIDATED).press("只核对，不保存").shows("逐条相符", "变动的条款与修改决定所列完全一致")
    clerk.press("保存，交他人确认").shows("已保存", "待法制审核员或者负责人确认")

    public = address(document)
    citizen.open(f"{public}at/{starts}/")
    assert "明火" not in citizen.text, "nobody has confirmed the text yet"
    citizen.shows("合并文本正在整理")

    legal.sign_in("lt_legal").open(case).follow("确认合并文本")
    legal.shows("逐条相符", "市场内禁止使用明火").write(checklist=True, text_is_right=True).press("确认并公开")
    legal.shows("已确认", "与修改决定逐条相符")

    before = starts - timedelta(days=1)
    citizen.open(f"{public}at/{before}/").shows("第 1 版", "每日清扫场地")
    assert "明火" not in citizen.text
    citizen.open(f"{public}at/{starts}/").shows("第 2 版", "消毒场地", "市场内禁止使用明火")

    clock.go_to(starts)
    citizen.open(public).shows("起被修改", "《关于修改〈集贸市场管理办法〉的决定》", "第 2 版")
    citizen.follow("与上一版对照").shows("第三条", "并公示清扫记录", "没有这一条", "第四条　未变动")
    struck, added = citizen.page.locator("main article del"), citizen.page.locator("main article ins")
    assert "消毒" in "".join(added.all_inner_texts())
    assert "消毒" not in "".join(struck.all_inner_texts())
    citizen.open("/docs/").follow("关于修改《集贸市场管理办法》的决定").shows("集贸市场管理办法")
