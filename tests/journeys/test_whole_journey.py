"""One document from the first draft to the county's file, by nothing but the pages, through all three audiences."""

import re
from datetime import date

TITLE = "龙潭镇集镇公共停车泊位管理办法"
DRAFT = """第一条　为规范集镇公共停车泊位的使用，方便群众出行，结合本镇实际，制定本办法。

第二条　公共停车泊位免费停放，先到先停，任何单位和个人不得占用、圈占。

第三条　使用公共停车泊位的，应当缴纳保证金二百元。

第四条　本办法自公布之日起三十日后施行，有效期两年。"""
REWORKED = DRAFT.replace("应当缴纳保证金二百元", "应当按标线有序停放，不得妨碍通行")
PACK = ("nd_draft", "nd_notes", "nd_basis", "nd_opinions", "nd_own_review")


def draft_a_document(clerk) -> str:
    """立卷 and the facts. Returns the address of the case page."""
    clerk.sign_in("lt_clerk").open("/staff/cases/new/").follow("规范性文件")
    clerk.write(
        title=TITLE,
        form="measures",
        touches_rights="yes",
        binds_generally="yes",
        applies_repeatedly="yes",
        is_made_public="yes",
        is_no_internal_paper="yes",
        reason="涉及群众停车的权利义务，全镇普遍适用，有效期内反复适用，公开发布。",
    ).press("得出结论")
    clerk.shows("属于规范性文件").follow("立卷起草")
    clerk.write(disclosure="proactive").press("立卷")
    clerk.shows("已立卷").write(
        necessity="集镇停车难，圈占泊位的投诉较多，需要统一规则。",
        research="走访沿街商户和三个村，召开座谈会，收集意见二十余条。",
        draft_text=DRAFT,
        drafting_notes="一、必要性\n集镇停车难，圈占泊位的投诉较多。\n二、主要内容\n明确泊位的使用和管理。",
        legal_basis="《中华人民共和国道路交通安全法》第三十三条",
        topic="城镇管理",
        contact_name="王建国",
        contact_phone="0000-6128001",
    ).press("保存")
    clerk.shows("已保存", TITLE)
    return clerk.path


def open_to_comment(clerk, case: str) -> date:
    """Returns the closing day that the page proposed."""
    clerk.open(case).start_step("公开征求意见")
    closes_on = date.fromisoformat(clerk.value_of("closes_on"))
    clerk.write(summary="为方便群众停车，我镇起草了本办法，现公开征求意见。", confirmed=True)
    clerk.press("公开征求意见").done()
    return closes_on


def comment(citizen, content: str, article: str = "第三条") -> tuple[str, str]:
    """An opinion from the public site. Returns number and code of the receipt."""
    citizen.open("/consultations/").follow(TITLE).shows("（征求意见稿）", "第二条")
    citizen.follow("提出意见").write(article=article, content=content, name="周晓明", contact="0000-6120000")
    citizen.press("核对意见").shows(content)
    citizen.write(declaration=True).press("提交意见").shows("意见已提交", "查询码")
    number, code = (citizen.page.locator(f".receipt-top dd.{part}").inner_text() for part in ("no", "code"))
    return number, code.replace(" ", "")


def ask_for_status(citizen, number: str, code: str):
    citizen.open("/status/").write(number=number, code=code).press("查询办理进度")
    return citizen.shows(number)


def answer_opinions(clerk, case: str) -> None:
    """One adopted, one not, each with its reason; then published on the page where the draft was."""
    for outcome, reason in (("adopted", "已采纳，删去保证金。"), ("not_adopted", "夜间照明由市政规划统一安排。")):
        clerk.open(f"{case}consultation/?answered=no")
        clerk.follow("", among="main tbody")
        clerk.write(outcome=outcome, answer=reason, confirmed=True).press("保存答复")
        assert not clerk.errors, clerk.errors
    clerk.take_step(case, "公布意见采纳情况").done()


def hand_in_the_pack(clerk, case: str) -> None:
    for slot in PACK:
        clerk.upload(case, slot, f"{slot}.txt", f"{TITLE}\n{slot}\n\n{DRAFT}")


def fill_the_checklist(legal, case: str, failing: str = "") -> None:
    legal.open(f"{case}review/").follow("审核清单")
    for box in legal.page.locator("main form input[type=radio][value=yes]").all():
        box.check()
    if failing:
        legal.write(**{failing: "no", f"{failing}_note": "第三条增加了群众的义务。"})
    legal.press("保存审核清单")
    assert not legal.errors, legal.errors


def decide_on_the_hint(legal, case: str) -> None:
    """The draft asks for a deposit: the hint on that clause is taken up, with a reason that goes into the opinion."""
    legal.open(f"{case}clauses/").shows("第三条").follow("处理")
    legal.write(decision="accepted", reason="没有上位法依据，应当删去。").save()


def review_and_ask_for_changes(legal, case: str) -> None:
    """The opinion is refused while the list is open, then says 应当予以修改."""
    legal.sign_in("lt_legal").open(f"{case}review/").follow("登记审核意见").write(
        clause="第三条",
        problem="要求缴纳保证金没有法律、法规依据。",
        basis="国办发〔2018〕37号",
        suggestion="删去本条中的保证金。",
    ).save()
    legal.shows("要求缴纳保证金")
    opinion = {"conclusion": "amend", "opinion": "第三条没有上位法依据，修改后重新送审。"}
    legal.take_step(case, "出具合法性审核意见书", **opinion).refused("审核清单逐项填写")
    fill_the_checklist(legal, case, failing="no_burden")
    legal.take_step(case, "出具合法性审核意见书", **opinion).refused("条款提示已逐条处理")
    decide_on_the_hint(legal, case)
    legal.take_step(case, "出具合法性审核意见书", **opinion).done()


def respond_and_send_again(clerk, case: str) -> None:
    clerk.sign_in("lt_clerk").open(f"{case}review/").follow("回应")
    clerk.write(response="accepted", reason="已删去保证金。")
    clerk.save()
    clerk.open(f"{case}normative-document/").write(draft_text=REWORKED).press("保存")
    clerk.shows("已保存").take_step(case, "修改后重新送审").done()


def find_it_lawful(legal, case: str) -> None:
    legal.sign_in("lt_legal")
    fill_the_checklist(legal, case)
    legal.take_step(case, "出具合法性审核意见书", conclusion="lawful", opinion="同意提请集体讨论。").done()


def hold_the_meeting(clerk, case: str, day: date) -> None:
    """Attendance, statements with the head last, the result; then sealed."""
    clerk.open(f"{case}deliberation/").write(
        kind="town_heads", title="2026年第9次镇长办公会议", held_on=day, place="二楼会议室", members_due=5
    ).press("登记会议并列入议题")
    if "/meetings/" not in clerk.path:
        clerk.follow("登记会议记录")
    meeting = clerk.path
    for name, post in (("徐文", "副镇长"), ("马超", "副镇长"), ("罗敏", "党委委员")):
        clerk.open(f"{meeting}attendance/new/").write(name=name, post=post, role="member")
        clerk.save()
    clerk.open(f"{meeting}attendance/new/").write(person="lt_head", role="member", is_head=True)
    clerk.save()
    clerk.open(f"{meeting}attendance/new/").write(person="lt_legal", role="in_attendance", is_legal_office=True)
    clerk.save()
    clerk.open(meeting).shows("杨振华", "主要负责人", "没有记录发言")
    for name, stance, words in (
        ("徐文", "for", "同意。"),
        ("马超", "reserved", "建议过渡期再长一些。"),
        ("罗敏", "for", "同意。"),
        ("杨振华", "for", "同意多数意见。"),
    ):
        clerk.open(meeting).follow("登记发言").choose("attendance", name).write(stance=stance, words=words)
        clerk.save()
    clerk.open(meeting).follow("登记讨论结果").write(result="passed", decision="会议同意印发。")
    clerk.save()
    clerk.open(meeting).shows("可以封存纪要了").follow("封存会议纪要")
    clerk.write(declaration=True).press("封存会议纪要")
    clerk.open(meeting).shows("纪要已封存")


def sign(clerk, head, case: str) -> str:
    """Dates and formal text in, then the head signs. Returns the document number."""
    clerk.open(f"{case}normative-document/").write(
        effective_on="2026-11-20", valid_until="2028-11-19", validity_text="有效期至2028年11月19日"
    ).press("保存")
    clerk.upload(case, "nd_final_text", "正式文本.txt", f"{TITLE}\n\n{REWORKED}")
    head.sign_in("lt_head").take_step(case, "签发并编号").done()
    return re.search(r"龙政规〔2026〕\d+号", head.text).group()


def review_the_public_text(clerk, head, case: str, run_jobs, meanwhile=lambda: None) -> None:
    """The clerk marks, the head checks, the worker makes what goes out."""
    clerk.open(f"{case}publication/").press("提交审查").shows("待审查")
    head.open(f"{case}publication/").write(checklist=True).press("确认审查并保存公开文本")
    head.shows("正在生成", "等待中")
    meanwhile()
    assert run_jobs()
    head.page.get_by_text("审查完成").wait_for()  # the page asks by itself


def publish(clerk, head, case: str, run_jobs) -> None:
    """Not before the public text is made."""

    def too_early():
        clerk.take_step(case, "公布").refused("公开文本正在生成")

    review_the_public_text(clerk, head, case, run_jobs, meanwhile=too_early)
    clerk.take_step(case, "公布").done()


def read_in_public(citizen, number: str) -> None:
    """The document's own page and the search find it with its validity."""
    citizen.open("/docs/").follow(TITLE).shows(TITLE, number, "尚未施行", "第三条")
    assert "保证金" not in citizen.text
    citizen.open("/search/?q=停车泊位").shows(TITLE, "尚未施行")


def file_with_the_county(clerk, case: str, run_jobs) -> str:
    """Four papers, one of them written by a job. Returns the address of the filing."""
    clerk.open(case).follow("备案")
    filing = clerk.path
    clerk.open(f"{filing}filing/").shows("备案报告", "正式文本", "制定说明", "制定依据", "还缺 1 件")
    clerk.press("生成备案报告").shows("已开始生成")
    assert run_jobs()
    clerk.take_step(filing, "报送备案").done()
    return filing


def review_at_the_county(reviewer, filing: str, run_jobs, title: str = TITLE) -> None:
    reviewer.sign_in("county_reviewer").open("/county/filings/").follow(title)
    reviewer.start_step("受理并出具回执").press("受理并出具回执").done()
    run_jobs()
    reviewer.open(f"/county/filings/{filing.split('/')[3]}/").write(
        clause="第二条",
        fault="conflict",
        problem="“任何单位和个人不得占用”的表述与上位法的例外规定不一致。",
        basis="《中华人民共和国道路交通安全法》第三十三条",
        suggestion="增加法律、法规另有规定的除外。",
    )
    reviewer.press("记下这一条").shows("已记下")


def order_correction(supervisor, filing: str) -> None:
    supervisor.sign_in("county_supervisor").take_step(
        filing, "限期修改或者纠正", order="amend", opinion="请修改第二条，并书面报告整改情况。"
    ).done()


def answer_the_county(clerk, filing: str) -> None:
    clerk.sign_in("lt_clerk").open(f"{filing}filing/").write(
        answer="amended", answer_text="已修改第二条，另行公布修改决定。"
    ).press("保存答复", exact=False).shows("已答复")
    clerk.take_step(filing, "报送整改情况").done()


def test_a_document_passes_from_draft_to_county_file(desk, clock, run_jobs):
    clerk, legal, head, citizen = desk(), desk(), desk(), desk()
    reviewer, supervisor = desk(), desk()

    case = draft_a_document(clerk)
    clock.forward()
    closes_on = open_to_comment(clerk.sign_in("lt_clerk"), case)

    clock.forward(2)
    number, code = comment(citizen, "不应当向群众收取保证金。")
    comment(citizen, "建议增加夜间照明。", article="")
    ask_for_status(citizen, number, code)

    clerk.sign_in("lt_clerk").take_step(case, "送合法性审核").refused("公开征求意见期满")

    clock.go_to(closes_on)
    clock.forward(3)
    answer_opinions(clerk.sign_in("lt_clerk"), case)
    ask_for_status(citizen, number, code).shows("采纳", "已采纳，删去保证金。")
    clerk.take_step(case, "送合法性审核").refused("送审材料齐备")
    hand_in_the_pack(clerk, case)
    clerk.take_step(case, "送合法性审核").done()

    clock.forward()
    review_and_ask_for_changes(legal, case)
    run_jobs()
    respond_and_send_again(clerk, case)
    clock.forward()
    find_it_lawful(legal, case)
    run_jobs()

    clerk.sign_in("lt_clerk").take_step(case, "提请集体讨论").refused("合法性审核时间不少于五个工作日")
    held_on = clock.forward(9)
    clerk.sign_in("lt_clerk").take_step(case, "提请集体讨论").done()
    hold_the_meeting(clerk, case, held_on)
    clerk.take_step(case, "集体讨论通过").done()

    clock.go_to(date(2026, 9, 18))
    document_number = sign(clerk.sign_in("lt_clerk"), head, case)
    publish(clerk, head, case, run_jobs)
    read_in_public(citizen, document_number)

    clock.go_to(date(2026, 9, 21))
    filing = file_with_the_county(clerk.sign_in("lt_clerk"), case, run_jobs)
    clock.forward()
    review_at_the_county(reviewer, filing, run_jobs)
    clock.forward()
    order_correction(supervisor, filing)
    run_jobs()
    clock.forward()
    answer_the_county(clerk, filing)
    supervisor.sign_in("county_supervisor").take_step(filing, "整改到位，准予备案").done()
    run_jobs()

    clerk.open(case).shows("备案完成", "已备案", document_number)
    # Filed, in time, and corrected by the county: so it is no conforming one (规范率).
    clock.go_to(date(2026, 10, 12))
    supervisor.sign_in("county_supervisor").open("/county/supervision/?year=2026").shows("2026 年报备情况", "龙潭镇")
    cells = supervisor.page.locator("main .matrix tr", has_text="龙潭镇").locator("td").all_inner_texts()
    assert [re.search(r"\d+", cell).group() for cell in cells] == ["100", "100", "0"]
