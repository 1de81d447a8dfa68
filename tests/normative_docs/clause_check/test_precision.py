"""Lawful texts stay dark as a whole; who issues a text decides what it may set."""

from datetime import date

import pytest

from normative_docs.clause_check.engine import check_text
from tests.normative_docs.clause_check.drafts import FIXTURES, LAST

PENALTY = "违反本规定的，处二千元以上二万元以下罚款；情节严重的，没收违法所得，责令停业。"


@pytest.mark.parametrize("name", ["lawful_measures.txt", "lawful_notice.txt"])
def test_a_lawful_text_of_a_town_has_no_hint(name):
    text = (FIXTURES / name).read_text(encoding="utf-8")
    assert check_text(text, on=date(2026, 6, 1)) == []


@pytest.mark.parametrize(
    "head",
    [
        "云东省乡村道路条例\n2024年3月28日 云东省第十四届人民代表大会常务委员会第九次会议通过",
        "中华人民共和国乡村道路法\n2024年3月28日 第十四届全国人民代表大会常务委员会第九次会议通过",
        "乡村道路安全规定\n2024年3月28日 交通运输部令第9号公布",
        "中华人民共和国国务院令\n第990号\n乡村道路条例",
    ],
)
def test_laws_regulations_and_rules_may_set_penalties(head):
    assert check_text(f"{head}\n第一条 为了加强管理，制定本规定。\n第二条 {PENALTY}") == []


def test_a_document_of_the_state_council_is_not_measured_by_the_rules_for_towns():
    text = (
        "国务院办公厅关于加强乡村道路管理的意见\n国办发〔2024〕99号\n各省、自治区、直辖市人民政府：\n"
        "一、采取有关措施，严格控制新增收费，未经批准不得设立收费站。\n国务院办公厅\n2024年5月6日"
    )
    assert check_text(text) == []


def test_the_same_words_in_a_township_document_are_hinted():
    last = LAST.replace("办法", "规定")
    text = f"柳湾镇乡村道路管理规定\n第一条 为了加强管理，制定本规定。\n第二条 {PENALTY}\n第三条 {last}"
    assert {hint.at for hint in check_text(text)} == {"第二条"}


def test_the_same_text_always_gives_the_same_hints():
    text = f"柳湾镇规定\n第一条 {PENALTY}"
    assert check_text(text) == check_text(text)


def test_an_empty_text_has_no_clauses():
    assert [hint.kind for hint in check_text("")] in ([], ["有效期缺失"])
