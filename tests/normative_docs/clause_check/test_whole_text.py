"""Hints on the text as a whole: validity, repealed grounds, contradictions, unfit carriers."""

from datetime import date

import pytest

from normative_docs.clause_check.engine import WHOLE, check_text
from tests.normative_docs.clause_check.drafts import draft_with, hints_on

DATED = "柳湾镇犬只管理办法\n第一条 为了规范养犬，制定本办法。\n第二条 {last}\n柳湾镇人民政府\n2024年3月1日"


def kinds(text, **options):
    return [(hint.at, hint.kind) for hint in check_text(text, **options)]


def test_neither_day_of_effect_nor_term_is_one_hint_on_the_whole():
    text = "柳湾镇犬只管理办法\n第一条 养犬人应当文明养犬。\n柳湾镇人民政府\n2024年3月1日"
    (hint,) = check_text(text)
    assert (hint.at, hint.kind) == (WHOLE, "有效期缺失")
    assert "施行日期和有效期" in hint.why


def test_a_day_of_effect_without_term_names_the_term_only():
    (hint,) = check_text(DATED.format(last="本办法自2024年4月1日起施行。"))
    assert hint.why == "全文没有写明有效期。"


@pytest.mark.parametrize(("day", "over"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)])
def test_validity_is_over_from_the_day_after_the_printed_date(day, over):
    text = DATED.format(last="本办法自2024年4月1日起施行，有效期至2026年3月31日。")
    assert (("第二条", "有效期已过") in kinds(text, on=day)) is over


def test_a_term_in_years_is_counted_from_the_day_of_effect():
    text = DATED.format(last="本办法自2024年4月1日起施行，有效期两年。")
    assert kinds(text, on=date(2026, 3, 31)) == []
    assert kinds(text, on=date(2026, 4, 1)) == [("第二条", "有效期已过")]


def test_a_trial_document_may_not_be_valid_for_five_years():
    text = DATED.format(last="本办法自2024年4月1日起施行，有效期至2029年3月31日。")
    assert kinds(text, on=date(2025, 1, 1)) == []
    trial = text.replace("管理办法", "管理办法（试行）", 1)
    assert kinds(trial, on=date(2025, 1, 1)) == [("第二条", "有效期过长")]


def test_a_notice_that_only_repeals_needs_no_term():
    text = "柳湾镇人民政府关于废止部分文件的通知\n《柳湾镇犬只管理办法》自即日起废止。\n柳湾镇人民政府\n2024年3月1日"
    assert check_text(text) == []


def test_a_repealed_law_is_hinted_from_the_day_of_its_repeal():
    clause = "合同依照《中华人民共和国合同法》订立。"
    assert hints_on(clause, on=date(2020, 12, 31)) == []
    (hint,) = hints_on(clause, on=date(2021, 1, 1))
    assert hint.kind == "引用已废止依据"
    assert "民法典" in hint.why


@pytest.mark.parametrize(
    "clause",
    ["原《中华人民共和国合同法》施行期间签订的合同继续有效。", "《物业服务企业资质管理办法》同时废止。"],
)
def test_naming_a_repealed_law_as_past_is_no_ground(clause):
    assert hints_on(clause, on=date(2026, 1, 1)) == []


def test_documents_ended_elsewhere_are_asked_for_by_number():
    asked = []

    def lookup(name):
        asked.append(name)
        return ("已经废止", date(2025, 6, 1)) if name == "柳政规〔2019〕4号" else None

    clause = "摊位按照《柳湾镇摊位规定》（柳政规〔2019〕4号）管理。"
    (hint,) = hints_on(clause, on=date(2026, 1, 1), repealed=lookup)
    assert hint.kind == "引用已废止依据"
    assert asked == ["柳政规〔2019〕4号"]


def test_a_notice_that_becomes_a_condition_contradicts_itself():
    text = draft_with("开工备案为告知性登记，不作为施工的前置条件。").replace(
        "第三条", "第三条 未办理备案的，不得施工。\n第四条"
    )
    assert ("第三条", "自相矛盾") in kinds(text)


def test_a_measure_that_calls_itself_something_else_is_noticed_once():
    text = draft_with("本细则适用于全镇。").replace("为了规范公共事务管理，制定本办法", "本细则所称事务，见附录")
    assert kinds(text) == [("第一条", "称谓不一致")]


def test_one_short_name_for_two_things_is_noticed():
    clause = "镇规划建设办公室（以下简称“镇办”）和镇综合治理中心（以下简称“镇办”）共同负责。"
    assert [hint.kind for hint in hints_on(clause)] == ["称谓不一致"]


def test_minutes_cannot_carry_rules():
    text = "关于集镇秩序的会议纪要\n一、摊主应当在规定区域经营。\n柳湾镇人民政府\n2026年1月5日"
    assert (WHOLE, "载体不当") in kinds(text)
