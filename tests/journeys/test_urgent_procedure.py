"""The urgent path: switched on with its reason, shorter periods, and no way around the legality review."""

from datetime import timedelta

import pytest

from portal.moment import today
from tests.journeys.test_whole_journey import (
    TITLE,
    decide_on_the_hint,
    draft_a_document,
    fill_the_checklist,
    hand_in_the_pack,
)

REASON = "汛期强降雨将至，须立即划定危险区、转移群众。"


def error_beside(clerk, name: str) -> str:
    return clerk.page.locator(f"#id_{name}_error").inner_text()


@pytest.mark.full
def test_an_emergency_shortens_comment_and_review_but_the_legality_review_cannot_be_skipped(
    desk, clock, world, run_jobs
):
    clerk, legal, citizen = desk(), desk(), desk()
    case = draft_a_document(clerk)
    soon = today() + timedelta(days=2)

    # Without the urgent path the minimum stands, and the refusal says so beside the field.
    clerk.open(case).start_step("公开征求意见")
    shortest = clerk.value_of("closes_on")
    clerk.write(summary="征求意见。", closes_on=soon, confirmed=True).press("公开征求意见")
    assert "紧急程序" in error_beside(clerk, "closes_on")

    clerk.open(case).follow("紧急程序").write(urgent_ground="emergency").press("保存")
    assert error_beside(clerk, "urgent_reason")
    clerk.write(urgent_reason=REASON).press("保存").shows("已保存", REASON)

    clerk.open(case).start_step("公开征求意见")
    assert clerk.value_of("shortened_reason") == REASON
    clerk.write(summary="征求意见。", closes_on=soon, shortened_reason="", confirmed=True).press("公开征求意见")
    assert shortest > soon.isoformat()
    assert "缩短" in error_beside(clerk, "shortened_reason")
    clerk.write(shortened_reason=REASON).press("公开征求意见").done()
    citizen.open("/consultations/").follow(TITLE).shows(REASON)

    clock.go_to(soon + timedelta(days=1))
    clerk.sign_in("lt_clerk").take_step(case, "公布意见采纳情况").done()
    hand_in_the_pack(clerk, case)
    clerk.take_step(case, "送合法性审核").done()
    clerk.take_step(case, "提请集体讨论").refused("已取得合法性审核意见")

    fill_the_checklist(legal.sign_in("lt_legal"), case)
    decide_on_the_hint(legal, case)
    legal.take_step(case, "出具合法性审核意见书", conclusion="lawful", opinion="同意提请集体讨论。").done()
    run_jobs()

    # On the very day of the opinion: the five working days are not asked for, and the record says why.
    clerk.take_step(case, "提请集体讨论").done()
    clerk.page.locator("main #timeline li", has_text="提请集体讨论").first.get_by_role("link").first.click()
    clerk.page.wait_for_url("**/records/**")
    row = clerk.page.locator("main tbody tr", has_text="合法性审核时间不少于五个工作日").inner_text()
    assert "不适用" in row
    assert "合法性审核本身不能免" in row
