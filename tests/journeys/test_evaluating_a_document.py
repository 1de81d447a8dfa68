"""A document of age is evaluated: the public is asked, its answers are counted, and the outcome is carried out."""

from datetime import date

import pytest

from portal.moment import clock_set_to
from tests.normative_docs.evaluation import evaluations
from tests.normative_docs.in_force.stories import address

pytestmark = pytest.mark.full

FINDINGS = dict(evaluations.FINDINGS, problems="第三条在冬季难以执行，建议修改清理频次。")
WORDS = "冬天水管冻裂时没有人来修。"
REASON = "问卷和走访都反映第三条需要修改。"


def answer(citizen, verdict: str, words: str = "") -> None:
    """Fill in the questionnaire from the public list. ``verdict``: what the document should become."""
    citizen.open("/consultations/").follow("问卷调查").follow("实施情况调查").follow("填写问卷")
    for choice in ("本地居民", "了解", "规定不够具体", verdict):
        citizen.page.get_by_label(choice, exact=True).check()
    for scale, score in (("规定是否清楚", "4"), ("实施效果", "2")):
        citizen.page.get_by_role("group", name=scale).get_by_label(score, exact=False).first.check()
    if words:
        citizen.page.locator("main form textarea").first.fill(words)
    citizen.press("提交答卷")
    assert not citizen.errors, citizen.errors


def row_of(page, option: str) -> list[str]:
    """Count and share of one option."""
    row = page.page.locator("main tr", has=page.page.get_by_role("rowheader", name=option, exact=True)).first
    return row.locator("td").all_inner_texts()


def test_the_answers_of_the_public_lead_to_an_amendment(desk, clock, run_jobs, world):
    with clock_set_to(date(2024, 3, 12)):
        document = evaluations.document(world)
    clerk, head, citizen = desk(), desk(), desk()

    clerk.sign_in("lt_clerk").open("/staff/").follow("评估", among="nav").shows(document.title)
    clerk.follow("开始评估").write(kind="post").press("立卷")
    clerk.press("保存方案")
    assert "评估方法" in clerk.errors
    for method in ("网上问卷", "实地走访"):
        clerk.page.get_by_label(method, exact=True).check()
    clerk.write(team="龙潭镇司法所", respondents="供水用户和村民委员会", finish_by="2026-10-16").press("保存方案")
    case = clerk.path
    clerk.take_step(case, "开始评估").done()
    clerk.follow("发布问卷").write(opens_on="2026-07-20", closes_on="2026-07-31").press("发布问卷")
    clerk.shows("已发布问卷", "收回 0 份")

    citizen.open(address(document)).follow("填写问卷").follow(document.title).shows("有效")
    for verdict, words in (("修改后执行", WORDS), ("修改后执行", ""), ("继续执行", "")):
        answer(citizen, verdict, words)
    clerk.take_step(case, "提交评估结论").refused("问卷已截止", "评估意见逐项填写")

    clock.go_to(date(2026, 8, 3))
    clerk.sign_in("lt_clerk").open(case).shows("收回 3 份")
    clerk.page.get_by_text("查看结果（3 份）").click()
    assert row_of(clerk, "修改后执行")[0] == "2"
    clerk.follow("公布结果").shows(WORDS).follow("公布").write(findings="多数人认为应当修改。", confirmed=True)
    clerk.press("公布结果").shows("已公布结果")
    citizen.open("/consultations/").follow("问卷调查").follow("已公布结果").follow("实施情况调查")
    citizen.shows("共收到 3 份答卷", "多数人认为应当修改。")
    assert row_of(citizen, "修改后执行")[0] == "2"
    assert WORDS not in citizen.text
    clerk.open(case).press("收录问卷结果").shows("已开始收录")
    assert run_jobs()
    clerk.open(case).follow("填写评估意见").write(**FINDINGS).press("保存评估意见")
    clerk.shows("已保存评估意见").take_step(case, "提交评估结论").done()

    head.sign_in("lt_head").take_step(case, "审定评估结论", outcome="amend", reason=REASON).done()
    assert run_jobs()
    clerk.open(case).shows("评估报告.pdf", "修改")

    clerk.take_step(case, "落实评估结论").done()
    clerk.follow(f"关于修改《{document.title}》的决定").shows("起草", document.title)

    clerk.take_step(case, "报县级备案").done()
    clerk.open(case).follow("报备20")
    filing = clerk.path
    clerk.open(f"{filing}filing/").press("生成备案报告").shows("已开始生成")
    assert run_jobs()
    clerk.take_step(filing, "报送备案").done()

    clerk.take_step(case, "办结").refused("评估报告已向社会公开")
    clerk.open(f"{case}publication/").press("提交审查").shows("待审查")
    head.open(f"{case}publication/").write(checklist=True).press("确认审查并保存公开文本")
    run_jobs()
    clerk.take_step(case, "公开评估报告").done()
    clerk.take_step(case, "办结").done()

    citizen.open(address(document)).follow("评估")
    citizen.shows(REASON, "收回 3 份", FINDINGS["problems"])
    assert WORDS not in citizen.text
    assert citizen.page.get_by_role("link", name="评估报告.pdf").count() == 1
