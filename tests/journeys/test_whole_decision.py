"""One major decision from the proposal to its evaluation, by nothing but the pages, through all its roles."""

import re
from datetime import date

import pytest

from tests.journeys import decision_acts as acts
from tests.journeys.decision_acts import OPENING, REWORKED, TITLE, follow_the_remedy
from tests.journeys.test_whole_journey import (
    ask_for_status,
    fill_the_checklist,
    hold_the_meeting,
    review_the_public_text,
)

pytestmark = pytest.mark.full

PACK = ("md_draft", "md_notes", "md_basis", "md_procedure", "md_fair_competition")
LAWFUL = {"conclusion": "lawful", "opinion": "权限、程序、内容合法，可以提请集体讨论。"}
DECIDED = {"reported_on": "2026-09-07", "party_opinion": "镇党委会议研究，同意按程序实施。"}
CONTINUED = {"outcome": "continue", "reason": "漏损明显下降，二期按计划实施。"}


def start_it(clerk, head) -> str:
    """Not before it is said why it is in no catalogue. Returns the address of the case page."""
    acts.enter_experts(clerk.sign_in("lt_clerk"))
    case = acts.propose(clerk)
    starting = {"proposal_answer": "建议可行，决定启动。"}
    head.sign_in("lt_head").take_step(case, "启动决策", **starting).refused("没有对应目录事项")
    acts.explain_outside_the_catalogue(clerk, case)
    head.take_step(case, "启动决策", **starting).done()
    return case


def put_it_to_the_public(clerk, reviewer, case: str, clock, run_jobs) -> date:
    """Not before there are two options, all departments and the county's consent. Returns the closing day."""
    acts.write_the_draft(clerk, case)
    clerk.take_step(case, "公开征求意见", **OPENING).refused("现有 1 个", "尚未征求有关部门意见", "尚未报送县级")
    follow_the_remedy(clerk, "提出两个以上备选方案")
    acts.add_an_option(clerk)
    clerk.take_step(case, "公开征求意见", **OPENING)
    follow_the_remedy(clerk, "已与有关部门协商")
    acts.hear_the_departments(clerk)
    clerk.take_step(case, "公开征求意见", **OPENING).refused("尚未报送县级")
    follow_the_remedy(clerk, "县级同意")
    acts.ask_the_county(clerk, case)
    clerk.take_step(case, "公开征求意见", **OPENING).refused("等待县级答复")
    follow_the_remedy(clerk, "县级同意").shows("等待答复")
    clock.forward()
    acts.answer_for_the_county(reviewer, run_jobs)
    return acts.open_to_the_public(clerk.sign_in("lt_clerk"), case)


def hear_the_public(clerk, citizen, phone, case: str, clock, run_jobs) -> str:
    """Two opinions, and a hearing whose speakers are drawn. Returns the address of the notice."""
    at_work, hearing = acts.announce_the_hearing(clerk, case)
    clock.forward()
    notice = acts.comment_on_a_paragraph(phone)
    acts.comment_on_the_whole(citizen, notice)
    drawn = [acts.sign_up(phone, notice, "周晓明", "集镇用水户")]
    drawn += [acts.sign_up(citizen, notice, name, "集镇用水户") for name in ("何家安", "蒋立春")]
    acts.sign_up(citizen, notice, "苏兰", "沿街商户")
    listener = acts.sign_up(citizen, notice, "丁宁")
    clock.go_to(date(2026, 8, 3))
    acts.draw_the_participants(clerk.sign_in("lt_clerk"), citizen, at_work, hearing)
    told = [ask_for_status(citizen, *receipt).text for receipt in drawn]
    assert sum("已确定为参加人" in words for words in told) == 1
    assert sum("候补第" in words for words in told) == 2
    ask_for_status(citizen, *listener).shows("旁听报名成功")
    clock.go_to(date(2026, 8, 14), hour=15)
    acts.hold_the_hearing(clerk.sign_in("lt_clerk"), citizen, at_work, hearing, run_jobs)
    return notice


def answer_the_public(clerk, phone, case: str, notice: str) -> None:
    """The public's part does not end before every opinion has its answer and all can read it."""
    clerk.take_step(case, "公众参与结束，转入论证评估").refused("还有 2 条没有答复", "采纳情况未公布")
    follow_the_remedy(clerk, "每条意见都有采纳情况和理由").shows("未答复 2 条")
    acts.answer_the_opinions(clerk, case)
    clerk.take_step(case, "公众参与结束，转入论证评估").refused("采纳情况未公布")
    follow_the_remedy(clerk, "意见采纳情况已公布").follow("公布意见采纳情况").press("公布意见采纳情况").done()
    clerk.take_step(case, "公众参与结束，转入论证评估").done()
    phone.open(notice).shows("采纳 1 条，部分采纳 1 条", "采纳，人工费由镇财政承担。")
    content, window = phone.widths()
    assert content <= window


def have_it_argued_and_assessed(clerk, case: str) -> None:
    clerk.take_step(case, "送合法性审查").refused("尚未组织专家论证", "未经风险评估", "送审材料齐备")
    follow_the_remedy(clerk, "专家论证完成")
    acts.hear_the_experts(clerk)
    clerk.take_step(case, "送合法性审查").refused("未经风险评估")
    follow_the_remedy(clerk, "已作风险评估")
    acts.assess_the_risk(clerk)
    clerk.open(f"{case}decision/").write(draft_text=REWORKED).press("保存").shows("已保存")
    for slot in ("md_expert_opinions", "md_risk_report", *PACK):
        clerk.upload(case, slot, f"{slot}.txt", f"{TITLE}\n{slot}\n{REWORKED}")
    clerk.take_step(case, "送合法性审查").done()


def review_it(clerk, legal, case: str, clock, run_jobs) -> None:
    """Not without an adviser; and the meeting waits seven working days, whatever the opinion says."""
    fill_the_checklist(legal.sign_in("lt_legal"), case)
    integrity = {"conclusion": "passed", "opinion": "未发现廉洁风险。"}
    legal.take_step(case, "登记廉洁性审查", **integrity).done()
    legal.take_step(case, "出具合法性审查意见书", **LAWFUL).refused("缺：法律顾问、公职律师的法律意见")
    follow_the_remedy(legal, "法律顾问、公职律师的法律意见入卷")
    legal.upload(case, "md_adviser", "法律意见.txt", "法律顾问意见：决策事项和程序合法。")
    legal.take_step(case, "出具合法性审查意见书", **LAWFUL).done()
    assert run_jobs()
    clock.forward()
    clerk.sign_in("lt_clerk").take_step(case, "提请集体讨论").refused("合法性审查时间不少于七个工作日", "2026-09-03")
    follow_the_remedy(clerk, "合法性审查时间").shows("合法性审查意见书", "2026年9月3日")


def decide_it(clerk, head, case: str, clock, run_jobs) -> str:
    """After the meeting and the report to the Party committee. Returns the document number."""
    clock.go_to(date(2026, 9, 7))
    clerk.sign_in("lt_clerk").take_step(case, "提请集体讨论").done()
    clerk.take_step(case, "集体讨论通过").refused("尚未登记集体讨论")
    follow_the_remedy(clerk, "已经集体讨论通过").shows("登记一次会议")
    hold_the_meeting(clerk, case, date(2026, 9, 7))
    clerk.press("生成会议纪要")
    assert run_jobs()
    clerk.take_step(case, "集体讨论通过").done()
    head.sign_in("lt_head").take_step(case, "作出决策并编号", **DECIDED).refused("缺：向同级党委请示报告及其意见")
    follow_the_remedy(head, "已向同级党委请示报告").shows("向同级党委请示报告及其意见", "待提交")
    clerk.open(case).follow("已向同级党委请示报告")
    clerk.upload(case, "md_party_report", "请示报告和党委意见.txt", "镇党委会议研究，同意按程序实施。")
    clerk.upload(case, "md_final_text", "正式文本.txt", f"{TITLE}\n\n{REWORKED}")
    clerk.open(case).follow("明确执行单位和计划完成日期").choose("executing_unit", "党政").write(
        executed_until="2026-09-30",
        adoption_notes="公众和听证意见各采纳一条、部分采纳一条；专家意见均已采纳。",
    ).press("保存").shows("已保存")
    clock.forward()
    head.sign_in("lt_head").take_step(case, "作出决策并编号", **DECIDED).done()
    return re.search(r"龙潭镇重大决策〔2026〕\d+号", head.text).group()


def publish_it(clerk, head, phone, case: str, number: str, run_jobs) -> str:
    """Returns the address of the decision on the public site; its course is read there too."""
    clerk.sign_in("lt_clerk").take_step(case, "公布决策").refused("公开文本尚未准备和审查")
    follow_the_remedy(clerk, "公开前的保密").shows("尚未标记")
    review_the_public_text(clerk, head, case, run_jobs)
    clerk.take_step(case, "公布决策").done()
    public = phone.open("/docs/").follow(TITLE).shows(number, "人工费由镇财政承担", "专家意见均已采纳").path
    assert "规划建设办公室" not in phone.text  # what departments said stays inside
    phone.follow("从启动到执行、评估的全过程").shows("公布决策", "公布听证会报告", "合法性审查完成", "启动决策程序")
    return public


def carry_it_out(clerk, head, case: str, clock) -> None:
    page = acts.plan_the_execution(clerk, case)
    head.take_step(case, "执行完毕").refused("执行任务还没有下达", "还没有执行报告")
    follow_the_remedy(head, "执行任务已下达")
    head.write(confirmed=True).press("下达执行任务").done()
    clock.go_to(date(2026, 9, 22))
    clerk.sign_in("lt_clerk")
    for _ in range(2):
        clerk.open(page).follow("登记完成").write(on="2026-09-22", result="已完成。").press("保存").shows("已完成。")
    progress = "两项任务均已完成，漏损率由百分之二十一降到百分之九。"
    clerk.take_step(case, "报告执行情况", progress=progress, is_final=True).done()
    head.sign_in("lt_head").take_step(case, "执行完毕").done()


def archive_it(clerk, case: str, run_jobs) -> None:
    clerk.take_step(case, "归档").refused("卷宗尚未封存")
    follow_the_remedy(clerk, "卷宗已封存").press("封存卷宗")
    assert run_jobs()
    clerk.open(f"{case}dossier/").shows("卷宗 PDF", "移交包 ZIP")
    clerk.take_step(case, "归档").done()
    clerk.open(case).shows("已归档")


def evaluate_it(clerk, head, phone, public: str, clock, run_jobs) -> None:
    evaluation = acts.choose_for_evaluation(clerk)
    head.take_step(evaluation, "决定开展评估").done()
    clerk.open(evaluation).follow("发布问卷").write(opens_on="2026-09-22", closes_on="2026-10-09").press("发布问卷")
    acts.answer_the_questionnaire(phone, public)
    clock.go_to(date(2026, 10, 12))
    clerk.sign_in("lt_clerk").take_step(evaluation, "提交评估意见", **CONTINUED).refused("评估意见逐项填写")
    acts.write_the_findings(clerk, evaluation, run_jobs)
    clerk.take_step(evaluation, "提交评估意见", **CONTINUED).done()
    assert run_jobs()
    head.sign_in("lt_head").take_step(evaluation, "作出评估结论", **CONTINUED).refused("尚未登记集体讨论")
    hold_the_meeting(clerk, evaluation, date(2026, 10, 12))
    head.take_step(evaluation, "作出评估结论", **CONTINUED).done()
    assert run_jobs()
    review_the_public_text(clerk, head, evaluation, run_jobs)
    clerk.take_step(evaluation, "公开评估结果").done()
    clerk.take_step(evaluation, "办结").done()


def test_a_decision_passes_from_its_proposal_to_its_evaluation(desk, clock, run_jobs):
    clerk, head, legal, reviewer = desk(), desk(), desk(), desk()
    citizen, phone = desk(), desk(javascript=False, width=320)

    case = start_it(clerk, head)
    clock.forward()
    closes_on = put_it_to_the_public(clerk.sign_in("lt_clerk"), reviewer, case, clock, run_jobs)
    notice = hear_the_public(clerk, citizen, phone, case, clock, run_jobs)

    clock.go_to(closes_on)
    clock.forward(3)
    answer_the_public(clerk.sign_in("lt_clerk"), phone, case, notice)
    have_it_argued_and_assessed(clerk, case)
    review_it(clerk, legal, case, clock, run_jobs)
    number = decide_it(clerk, head, case, clock, run_jobs)
    public = publish_it(clerk, head, phone, case, number, run_jobs)

    carry_it_out(clerk, head, case, clock)
    archive_it(clerk, case, run_jobs)
    evaluate_it(clerk, head, phone, public, clock, run_jobs)

    phone.open(public).follow("决策后评估报告").shows("继续实施", "漏损明显下降")
    phone.open(public).follow("从启动到执行、评估的全过程").shows("公布决策后评估结果", "执行完毕", "发布问卷调查")
    head.open("/staff/").follow("责任追溯", among="nav").follow(TITLE)
    head.shows("作出决策并编号", "第 1 次合法性审查 合法", "保留意见", "已封存，核对一致")
