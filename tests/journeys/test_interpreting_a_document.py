"""A document's interpretation: written, reviewed and out with it, or late; both pages lead to each other."""

from datetime import date

import pytest

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.demo.year import cast_of
from portal.moment import clock_set_to
from portal.publishing.register import publication_of

pytestmark = pytest.mark.full

WORDS = "为什么制定：摊位占道、清扫责任不清。主要内容：谁经营谁清扫。咨询：镇农业农村办公室。"


def signed(world) -> Journey:
    journey = Journey(cast_of(world, "longtan"), texts.market("龙潭镇"), date(2026, 7, 20))
    journey.walk("sign")
    journey.workday()
    journey.review_public_copy()
    return journey


def case_of(file) -> str:
    return f"/staff/cases/{file.public_id}/"


def public_page(document) -> str:
    publication = publication_of(document)
    return f"/docs/{publication.year}/{publication.serial}/"


def write_and_settle(clerk, head, document, run_jobs) -> str:
    """From the page of the document to the settled interpretation. Returns the address of its case page."""
    clerk.open(case_of(document)).follow("编写政策解读")
    assert clerk.value_of("title") == f"《{document.title}》政策解读"
    clerk.press("保存")
    assert "解读文字" in clerk.errors
    clerk.write(text=WORDS).press("保存").shows("已立卷", WORDS, document.title)
    case = clerk.path
    clerk.take_step(case, "定稿").refused("保密和个人信息审查")
    clerk.open(f"{case}publication/").press("提交审查").shows("待审查")
    head.sign_in("lt_head").open(f"{case}publication/").write(checklist=True).press("确认审查并保存公开文本")
    run_jobs()
    clerk.take_step(case, "定稿").done()
    return case


def both_lead_to_each_other(citizen, document) -> None:
    citizen.open(public_page(document)).follow("政策解读").shows(WORDS, "解读单位", "所解读的文件")
    citizen.follow(document.title).shows(document.title, "第三条")


def test_a_settled_interpretation_goes_out_with_its_document(desk, clock, run_jobs, world):
    journey = signed(world)
    document = journey.document
    clock.go_to(journey.day)
    clerk, head, citizen = desk(), desk(), desk()
    clerk.sign_in("lt_clerk").open(case_of(document)).shows("还没有政策解读")
    interpretation = write_and_settle(clerk, head, document, run_jobs)
    clerk.open(case_of(document)).shows("定稿待公布")
    clerk.take_step(case_of(document), "公布").done()
    clerk.open(interpretation).shows("已公布")
    clerk.open(case_of(document)).shows(f"解读 {journey.day} 公布")
    both_lead_to_each_other(citizen, document)
    citizen.open("/docs/?column=政策解读").shows(f"《{document.title}》政策解读")


def test_a_missing_interpretation_is_shown_until_it_is_published_late(desk, clock, run_jobs, world):
    journey = signed(world)
    document = journey.document
    with clock_set_to(journey.day):
        journey.publish()
    clock.go_to(journey.day)
    clerk, head, citizen = desk(), desk(), desk()
    clerk.sign_in("lt_clerk").open(case_of(document)).shows("解读还没有公布，最迟应当在")
    clock.forward(14)
    clerk.sign_in("lt_clerk").open(case_of(document)).shows("逾期", "解读还没有公布")
    interpretation = write_and_settle(clerk, head, document, run_jobs)
    clerk.take_step(interpretation, "公布").done()
    clerk.open(case_of(document)).shows("逾期", "最迟应当在")
    assert "解读还没有公布" not in clerk.text
    both_lead_to_each_other(citizen, document)
