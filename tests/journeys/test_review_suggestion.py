"""A citizen asks the county to review a document, and reads the answer with nothing but the receipt."""

from datetime import date

import pytest

from portal.moment import clock_set_to
from tests.normative_docs.in_force.stories import address, existing

pytestmark = pytest.mark.full

HANDED_IN = date(2026, 7, 20)
REASON = "第三条要求市场开办者每日清扫全部场地，超出上位法规定的义务范围，建议修改。"
NAME, PHONE = "陈小满", "0000-6128808"
OPINION = "第三条增加了市场开办者的义务，没有法律、法规依据，应当修改。"
SUMMARY = "建议修改第三条的清扫义务；经审查，该条没有上位法依据，责令纠正。"
CORRECTION = "已修改第三条，修改决定另行公布。"


def hand_in(citizen, document) -> tuple[str, str]:
    """From the page of the document, over the preview, to the receipt. Returns its number and code."""
    citizen.open(address(document)).follow("提出审查建议")
    citizen.write(proposer="person").press("核对审查建议")
    assert "理由和建议" in citizen.errors
    assert "姓名或者单位名称" in citizen.errors
    citizen.write(clause="第三条", reason=REASON, proposer_name=NAME, contact=PHONE).press("核对审查建议")
    citizen.shows("集贸市场管理办法", "第三条", REASON, NAME, PHONE)
    citizen.follow("修改")
    assert citizen.value_of("reason") == REASON
    citizen.press("核对审查建议").press("提交审查建议")
    assert "请先确认" in citizen.errors
    citizen.write(declaration=True).press("提交审查建议").shows("审查建议已提交", "查询码", "书面答复期限")
    number, code = (citizen.page.locator(f".receipt-top dd.{part}").inner_text() for part in ("no", "code"))
    return number, code.replace(" ", "")


def ask(citizen, number: str, code: str):
    citizen.open("/status/").write(number=number, code=code).press("查询办理进度")
    return citizen.shows(number)


def open_at_county(county) -> str:
    county.open("/county/review-suggestions/").follow("集贸市场管理办法")
    return county.path


def test_a_citizen_reads_the_countys_answer_and_what_the_town_did_about_it(desk, clock, run_jobs, world):
    with clock_set_to(date(2026, 3, 2)):
        document = existing(world)
    citizen, reviewer, supervisor, clerk = desk(), desk(), desk(), desk()

    number, code = hand_in(citizen, document)
    ask(citizen, number, code).shows("审查建议已收到", "前书面答复")

    clock.forward(2)
    case = open_at_county(reviewer.sign_in("county_reviewer"))
    reviewer.shows(REASON)
    assert NAME not in reviewer.text
    reviewer.press("查看建议人信息").shows(NAME, PHONE)
    reviewer.take_step(case, "受理").done()
    ask(citizen, number, code).shows("第 3 步，共 4 步：审查", "7月22日")
    reviewer.take_step(case, "提出审查结果", result="order", opinion=OPINION, public_summary=SUMMARY)
    reviewer.refused("制定机关已说明情况")
    reviewer.open(case).follow("要求制定机关说明", among="#statement").shows("说明期限")
    reviewer.take_step(case, "要求制定机关说明", until="2026-08-05", asked="请说明第三条的依据。").done()

    clock.forward()
    clerk.sign_in("lt_clerk").open("/staff/").follow("对《集贸市场管理办法》的审查建议")
    clerk.shows(REASON, "请说明第三条的依据。")
    assert NAME not in clerk.text
    assert PHONE not in clerk.text
    clerk.take_step(clerk.path, "报送说明", statement="第三条参照城区做法制定，没有上位法依据。").done()

    clock.forward(5)
    reviewer.sign_in("county_reviewer").open(case).shows("没有上位法依据")
    reviewer.take_step(case, "提出审查结果", result="order", opinion=OPINION, public_summary=f"{SUMMARY}{NAME}")
    reviewer.refused("建议人的姓名")
    reviewer.write(public_summary=SUMMARY).press("提出审查结果").done()
    ask(citizen, number, code)
    assert OPINION not in citizen.text, "the answer is not signed yet"
    supervisor.sign_in("county_supervisor").take_step(case, "签发答复，交制定机关处理").refused("系统正在生成答复书")
    assert run_jobs()
    supervisor.take_step(case, "签发答复，交制定机关处理").done()
    supervisor.shows("审查建议答复书")

    ask(citizen, number, code).shows("已于 2026-07-28 书面答复", "责令纠正", OPINION, "制定机关正在处理")
    with citizen.page.expect_download() as letter:
        citizen.page.get_by_role("button", name="下载审查建议答复书").click()
    assert letter.value.suggested_filename == "审查建议答复书.pdf"
    citizen.open("/review-suggestions/").shows("集贸市场管理办法", SUMMARY, "用时 8 日")
    assert NAME not in citizen.text

    clock.forward(7)
    clerk.sign_in("lt_clerk").take_step(case, "报告处理情况", correction=CORRECTION).done()
    clock.forward()
    reviewer.sign_in("county_reviewer").take_step(case, "处理到位，办结").done()
    ask(citizen, number, code).shows("制定机关处理情况", CORRECTION)
    citizen.open("/review-suggestions/").shows(CORRECTION)


def test_a_suggestion_on_an_unnamed_paper_is_matched_with_the_document_meant(desk, clock, run_jobs, world):
    with clock_set_to(date(2026, 3, 2)):
        existing(world)
    citizen, reviewer, supervisor = desk(width=320), desk(), desk()
    citizen.open("/review-suggestions/").follow("提出审查建议")
    citizen.choose("town", "龙潭镇").write(
        named_document="集市管理的文件", reason=REASON, proposer="organisation", proposer_name="龙潭镇商户联合会"
    )
    citizen.press("核对审查建议").shows("法人或者其他组织").write(declaration=True).press("提交审查建议")
    number, code = (citizen.page.locator(f".receipt-top dd.{part}").inner_text() for part in ("no", "code"))

    reviewer.sign_in("county_reviewer").open("/county/review-suggestions/").follow("集市管理的文件")
    case = reviewer.path
    reviewer.take_step(case, "受理").refused("已对应到具体的规范性文件")
    reviewer.open(case).follow("对应文件").write(words="集贸市场").press("查找")
    reviewer.page.get_by_role("radio", name="集贸市场管理办法").check()
    reviewer.press("对应到这件文件").shows("《集贸市场管理办法》")
    reviewer.take_step(
        case, "不予受理", ground="unclear", opinion="没有写明具体条款，请补充后再提。",
        public_summary="没有写明具体条款，不予受理。",
    ).done()  # fmt: skip
    assert run_jobs()
    supervisor.sign_in("county_supervisor").take_step(case, "签发答复").done()
    citizen.open("/status/").write(number=number, code=code.replace(" ", "")).press("查询办理进度")
    citizen.shows("不予受理", "没有写明具体条款，请补充后再提。")
