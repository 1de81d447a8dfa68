"""A draft is cut into the articles that people comment on."""

from portal.consultation.articles import clauses, paragraphs_of

DRAFT = """第一章　总则
第一条　为规范管理，制定本办法。
第二条　下列事项适用本办法：
（一）道路；
第三条 依照第二条办理。
第十条之一　另有规定的，从其规定。"""


def article_numbers(text: str) -> list[str]:
    return [clause.number for clause in clauses(text) if clause.number]


def test_articles_are_found_in_their_order():
    assert article_numbers(DRAFT) == ["第一条", "第二条", "第三条", "第十条之一"]


def test_every_paragraph_that_is_no_heading_can_be_named():
    assert list(paragraphs_of(DRAFT)) == ["第一条", "第二条", "第二条第2段", "第三条", "第十条之一"]
    assert list(paragraphs_of("通知如下：\n请遵照执行。\n一、总体要求\n（一）目标")) == [
        "第1段", "第2段", "一、", "一、第2段",
    ]  # fmt: skip


def test_chapters_are_headings_and_further_paragraphs_have_no_number():
    shown = clauses(DRAFT)
    assert shown[0].is_heading
    assert [clause.number for clause in shown] == ["", "第一条", "第二条", "", "第三条", "第十条之一"]


def test_every_paragraph_has_its_own_place():
    anchors = [clause.anchor for clause in clauses(DRAFT)]
    assert len(set(anchors)) == len(anchors)


def test_a_draft_without_articles_is_cut_by_its_sections():
    assert article_numbers("通知如下：\n一、总体要求\n（一）目标\n二、保障措施") == ["一、", "二、"]


def test_a_number_that_comes_twice_belongs_to_its_first_place():
    assert article_numbers("第一条　甲。\n第一条　乙。") == ["第一条"]


def test_an_article_named_at_the_head_of_a_sentence_is_no_article():
    assert article_numbers("第一条　依照第八条办理。\n第八条的规定除外。") == ["第一条"]
