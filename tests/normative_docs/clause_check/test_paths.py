"""`at` is the path as it is printed: article with paragraph and item, or the numbers of an outline."""

from normative_docs.clause_check.engine import check_text, clauses_of

OUTLINE = """柳湾镇关于加强市场管理的通知
各村民委员会：
为加强管理，通知如下：
一、工作目标
规范市场秩序。
二、主要措施
（一）规范摊位管理
摊主应当保持摊位整洁。
摊主每月向市场办缴纳摊位管理费五十元。
（二）加强巡查。市场办每日巡查。
1.巡查中发现问题的，及时告知。
（1）不听劝告的，采取有关的行政手段。
2.做好记录。
三、附则
本通知自2026年3月1日起施行，有效期至2031年2月28日。
柳湾镇人民政府
2026年1月5日"""

ARTICLES = """柳湾镇集市管理办法
第一章 总则
第一条 为了规范集市，制定本办法。
第十二条 摊主应当遵守下列规定：
（一）保持整洁；
（二）每月缴纳管理费三十元。
市场办负责解释。
违反前款规定的，罚款五十元。
第十三条 本办法自2026年3月1日起施行，有效期至2031年2月28日。"""


def places(text):
    return {hint.at: hint.kind for hint in check_text(text)}


def test_an_outline_is_cited_by_its_numbers():
    assert places(OUTLINE) == {"二（一）第二款": "设定收费", "二（二）1（1）": "模糊权力"}


def test_articles_are_cited_by_paragraph_and_item():
    assert places(ARTICLES) == {"第十二条第一款第二项": "设定收费", "第十二条第三款": "设定行政处罚"}


def test_a_heading_is_no_paragraph_of_its_own():
    text = "第七条 收费\n摊主每月缴纳管理费三十元。\n第八条 其他"
    assert [clause.at for clause in clauses_of(text)] == ["第七条", "第七条", "第八条"]


def test_a_text_without_numbers_is_counted_by_paragraphs():
    assert [clause.at for clause in clauses_of("通告\n不得设摊。")] == ["第一段", "第二段"]


def test_annexes_that_number_anew_are_told_apart():
    text = "一、总的要求。\n二、分工。\n附件1\n一、收费标准。\n"
    assert [clause.at for clause in clauses_of(text)] == ["一", "二", "附件1 一"]


def test_the_items_of_a_list_share_the_basis_that_introduces_them():
    text = ARTICLES.replace("摊主应当遵守下列规定：", "依照《云东省集市条例》第九条，摊主应当遵守下列规定：")
    assert "第十二条第一款第二项" not in places(text)
