"""Which articles an amendment names, and which really differ."""

import pytest

from normative_docs.in_force.articles import ArticleChange, ChangeKind, announced, check, read_list, written
from tests.normative_docs.in_force.stories import AMENDED, TEXT

CHANGED, STRUCK, ADDED = ChangeKind


def changes(*pairs):
    return tuple(ArticleChange(kind, label) for kind, label in pairs)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("一、将第三条修改为：“市场开办者应当每日清扫、消毒场地。”", changes((CHANGED, "第三条"))),
        ("二、删去第五条。", changes((STRUCK, "第五条"))),
        ("三、增加一条，作为第六条：“第七条的规定另行公布。”", changes((ADDED, "第六条"))),
        ("在第三条后增加一条，作为第四条", changes((ADDED, "第四条"))),
        ("增加两条，作为第六条、第七条", changes((ADDED, "第六条"), (ADDED, "第七条"))),
        ("增加三条，作为第六条至第八条", changes((ADDED, "第六条"), (ADDED, "第七条"), (ADDED, "第八条"))),
        ("将第三条、第八条中的“工商部门”修改为“市场监督管理部门”", changes((CHANGED, "第三条"), (CHANGED, "第八条"))),
        ("第十二条第二款修改为：“……”", changes((CHANGED, "第十二条"))),
        ("删去第五条第二款。", changes((CHANGED, "第五条"))),
        ("删去第五条中的“收取保证金”。", changes((CHANGED, "第五条"))),
        ("第九条改为第八条，修改为：“……”", changes((CHANGED, "第九条"))),
        ("第九条改为第八条。", ()),
        ("第七条增加一款，作为第二款：“……”", changes((CHANGED, "第七条"))),
        ("将第十条之一修改为：“……”", changes((CHANGED, "第十条之一"))),
        ("条文顺序作相应调整后重新公布。", ()),
    ],
)
def test_the_words_of_an_amendment_name_its_articles(words, expected):
    assert announced(words) == expected


def test_exactly_the_announced_article_differs():
    outcome = check(TEXT, AMENDED, changes((CHANGED, "第三条")))
    assert outcome.is_matching
    assert outcome.changes == changes((CHANGED, "第三条"))


def test_a_change_that_was_not_announced_and_one_that_is_missing_are_named():
    outcome = check(TEXT, AMENDED, changes((CHANGED, "第四条")))
    assert outcome.unexpected == changes((CHANGED, "第三条"))
    assert outcome.missing == changes((CHANGED, "第四条"))


def test_renumbering_after_a_struck_article_is_no_change():
    shorter = TEXT.replace("第三条　市场开办者应当每日清扫场地。\n", "")
    shorter = shorter.replace("第四条", "第三条").replace("第五条", "第四条")
    assert check(TEXT, shorter, changes((STRUCK, "第三条"))).is_matching


def test_an_added_article_moves_the_others_and_changes_none():
    longer = TEXT.replace("第五条", "第六条").replace("第四条", "第五条")
    longer = longer.replace("第五条　摊位", "第四条　食品摊位应当公示证照。\n第五条　摊位")
    assert check(TEXT, longer, changes((ADDED, "第四条"))).is_matching


def test_words_outside_the_articles_may_not_change_unseen():
    outcome = check("龙潭镇办法\n" + TEXT, "龙潭镇规定\n" + TEXT, ())
    assert not outcome.is_matching
    assert outcome.other_lines


def test_a_text_in_numbered_sections_is_compared_by_section():
    before, after = "一、每日清扫。\n二、不得占道。", "一、每日清扫两次。\n二、不得占道。"
    assert [change.label for change in check(before, after, ()).changes] == ["一"]


def test_a_list_written_by_people_is_read_back():
    listed = changes((CHANGED, "第三条"), (CHANGED, "第八条"), (STRUCK, "第五条"), (ADDED, "第九条"))
    assert read_list(written(listed)) == listed
    assert read_list("修改：一、三") == changes((CHANGED, "一"), (CHANGED, "三"))


def test_several_kinds_in_one_line_are_told_apart():
    wanted = changes((CHANGED, "第三条"), (CHANGED, "第八条"), (ADDED, "第五条"))
    assert read_list("修改：第三条、第八条；增加：第五条") == wanted
    assert read_list("修改：第三条、第八条 增加：第五条") == wanted
