"""A document that is about to lapse lives on only as a new one: drafted, registered and published anew."""

from datetime import date

import pytest

from normative_docs.demo.journey import Journey
from normative_docs.models import NormativeDocument
from tests.journeys.test_whole_journey import review_the_public_text
from tests.normative_docs.in_force.stories import address
from tests.normative_docs.scenarios import begin

LAST_DAY = date(2026, 11, 30)
NEED = "执行情况良好，集贸市场仍需规范，拟延续施行两年。"
NEXT = {"effective_on": "2026-10-15", "valid_until": "2028-10-14", "validity_text": "有效期至2028年10月14日"}


def about_to_lapse(world) -> Journey:
    """In force, with some months to go."""
    journey = begin(world, start=date(2025, 10, 9))
    journey.walk("adopt")
    journey.workday()
    journey.sign(valid_until=LAST_DAY)
    journey.workday()
    journey.publish()
    return journey


@pytest.mark.full
def test_a_document_about_to_lapse_is_drafted_registered_and_published_anew_and_says_what_replaced_it(
    desk, clock, world, run_jobs
):
    earlier = about_to_lapse(world)
    clock.go_to(date(2026, 7, 20))
    clerk, head, citizen = desk(), desk(), desk()
    title, old_number = earlier.document.title, earlier.document.document_number

    # The old one says until when, offers no way to move that day, and the way to a new draft.
    old_case = f"/staff/cases/{earlier.document.public_id}/"
    clerk.sign_in("lt_clerk").open(old_case).shows(
        "有效期届满前评估", f"{LAST_DAY.year}年{LAST_DAY.month}月{LAST_DAY.day}日"
    )
    assert clerk.open(f"{old_case}normative-document/").page.locator("main [name=valid_until]").count() == 0
    clerk.open(old_case).follow("办理延续").shows("有效期自重新公布后计算", f"{LAST_DAY}")
    clerk.press("立卷办理延续")
    assert clerk.page.locator("#id_reason_error").count()
    clerk.write(reason=NEED).press("立卷办理延续").shows("已立卷", "延续的文件", old_number)
    case = clerk.path
    clerk.open(old_case).shows("正在办理延续").follow("（龙潭镇规文").shows(NEED[:4])
    assert clerk.path == case

    clerk.open(f"{case}normative-document/").write(
        research="到期前评估：走访经营者二十户，满意率高。", drafting_notes="一、必要性\n继续规范摊位使用。"
    ).press("保存").shows("已保存")
    clerk.open(case).start_step("公开征求意见").write(summary="延续施行，征求意见。", confirmed=True)
    clerk.press("公开征求意见").done()

    draft = Journey(earlier.cast, earlier.text, date(2026, 7, 20))
    draft.document = NormativeDocument.objects.get(public_id=case.split("/")[3])
    draft.answer()
    draft.pack()
    clock.go_to(draft.day)
    clerk.sign_in("lt_clerk").take_step(case, "送合法性审核").refused("到期前评估报告已入卷")
    clerk.upload(case, "nd_expiry_assessment", "到期前评估报告.txt", NEED)
    clerk.take_step(case, "送合法性审核").done()

    draft.document.refresh_from_db()
    draft.conclude()
    draft.deliberate()
    draft.adopt()
    draft.workday()
    clock.go_to(draft.day)
    clerk.sign_in("lt_clerk").open(f"{case}normative-document/").write(**NEXT).press("保存").shows("已保存")
    clerk.upload(case, "nd_final_text", "正式文本.txt", draft.document.draft_text)
    head.sign_in("lt_head").take_step(case, "签发并编号").done()
    review_the_public_text(clerk, head, case, run_jobs)
    clerk.take_step(case, "公布").done()

    draft.document.refresh_from_db()
    new_number, new_page = draft.document.document_number, address(draft.document)
    assert new_number != old_number
    old_page = address(earlier.document)
    clerk.open(old_case).shows(new_number, "已被替代")
    due_before_it_lapsed = clerk.page.locator("#deadlines .clock", has_text="有效期届满").all_inner_texts()
    assert due_before_it_lapsed
    assert all("办结" in clock for clock in due_before_it_lapsed)
    citizen.open(old_page).shows("有效", new_number)
    assert "已被替代" not in citizen.text

    clock.go_to(date(2026, 10, 15), hour=0)
    citizen.open(old_page).shows("【已被替代】", "本文件已被替代", new_number)
    assert "已废止" not in citizen.text
    citizen.follow(title).shows("有效", new_number, old_number)
    assert citizen.path == new_page
    citizen.open("/docs/").shows(f"【已被替代】{title}")
