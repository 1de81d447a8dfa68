"""The table of all opinions with what became of them: read and printed, exported, set as an official paper."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from decisions.demo import texts
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.grouping import answer_group, make_group
from portal.consultation.models import PublicConsultation
from portal.consultation.opinion_table import ask_for_table, official_table
from portal.consultation.papers import put_table_on_file
from portal.consultation.standing import newest
from portal.documents.models import Document
from tests.decisions.scenarios import walked
from tests.portal.consultation.town import AFTER, open_draft_to_public, staff_address, write


@pytest.fixture
def journey(world):
    """Two opinions of one group, one open."""
    journey = open_draft_to_public(world)
    for name in ("李晓梅", "周平"):
        write(journey, "公示期太短。", article="第二条", name=name, contact="0000-6123999")
    write(journey, "没有意见。")
    group = make_group(newest(journey.document), [1, 2], name="建议延长公示期", by=journey.cast.clerk)
    answer_group(group, outcome="adopted", answer="改为十日。", by=journey.cast.clerk)
    return journey


def test_the_page_shows_every_opinion_and_no_contact(journey, as_person):
    page = as_person("lt_legal").get(staff_address("staff-table", journey)).content.decode()
    assert "共收到 3 条意见：采纳 2 条" in page
    assert "未答复 1 条" in page
    assert "第 1 组：建议延长公示期" in page
    assert "李晓梅" not in page
    assert "6123999" not in page


def test_the_spreadsheet_holds_group_and_words_of_the_paragraph(journey, as_person):
    answer = as_person("lt_clerk").get(staff_address("staff-export", journey))
    heads, first, *_ = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    row = dict(zip(heads, first, strict=True))
    assert row["同类意见"] == "第 1 组：建议延长公示期"
    assert row["针对条款"] == "第二条"
    assert row["条款原文"]
    assert row["处理结果"] == "采纳"


def test_the_official_paper_is_made_when_the_answers_are_published(journey, as_person):
    client, address = as_person("lt_clerk"), staff_address("staff-table", journey)
    with pytest.raises(ConsultationRefused, match="公布后"):
        ask_for_table(newest(journey.document), by=journey.cast.clerk)
    with journey.on(AFTER):
        last = newest(journey.document).comments.get(number=3)
        answer_group(
            make_group(newest(journey.document), [last.number], name="没有意见", by=journey.cast.clerk),
            outcome="adopted", answer="感谢支持。", by=journey.cast.clerk,
        )  # fmt: skip
        journey._step("publish_answers", journey.cast.clerk)
        assert "生成采纳情况表入卷" in client.get(address).content.decode()
        assert client.post(address).status_code == 302
    paper = official_table(newest(journey.document))
    assert paper.title == f"{journey.document.title}公开征求意见采纳情况表"
    assert [row[:3] for row in paper.body[-1].rows] == [
        ("1", "匿名", "第二条"), ("2", "匿名", "第二条"), ("3", "匿名", "全文"),
    ]  # fmt: skip


@pytest.mark.full
def test_the_paper_lies_in_the_file(journey):
    consultation = PublicConsultation.objects.select_related("file__organisation", "file__handling_unit").get()
    put_table_on_file(consultation, journey.cast.clerk)
    names = Document.objects.filter(file_id=journey.document.pk, slot="opinion_table").values_list("title", flat=True)
    assert sorted(names) == ["意见采纳情况表（第1轮）", "意见采纳情况表（第1轮）（可编辑）"]


def test_decisions_have_the_same_table(world, as_person):
    journey = walked(world, "open", texts.bus)
    journey.comment(*texts.COMMENTS[:2])
    page = as_person("lt_clerk").get(staff_address("staff-table", journey)).content.decode()
    assert "共收到 2 条意见" in page
    assert texts.COMMENTS[0][1] in page
