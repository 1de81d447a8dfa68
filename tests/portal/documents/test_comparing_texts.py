"""The filed text is compared with its previous version article by article."""

from portal.documents.comparison import Piece, changes, clauses_of, compared

START = "某镇办法\n第一章　总则\n第一条　为规范管理，制定本办法。\n"
BEFORE = START + "第二条　三日前报告。\n第三条　自公布之日起施行。"
AFTER = START + "第二条　两日前报告。\n第三条　新设。\n第四条　自公布之日起施行。"


def test_a_changed_word_is_struck_and_inserted_within_its_article():
    line = next(line for line in compared(AFTER, BEFORE) if line.label == "第二条")
    assert line.pieces == (
        Piece("same", "第二条　"),
        Piece("del", "三"),
        Piece("ins", "两"),
        Piece("same", "日前报告。"),
    )


def test_an_added_article_is_inserted_whole():
    line = compared(AFTER, BEFORE)[-1]
    assert (line.label, line.pieces) == ("第四条", (Piece("ins", "第四条　自公布之日起施行。"),))


def test_a_struck_article_stays_readable():
    struck = [line for line in compared(BEFORE, AFTER) if line.pieces[0].kind == "del"]
    assert [line.label for line in struck] == ["第四条"]


def test_the_text_can_be_read_back_from_the_comparison():
    lines = compared(AFTER, BEFORE)
    read = ["".join(piece.text for piece in line.pieces if piece.kind != "del") for line in lines]
    assert [text for text in read if text] == AFTER.splitlines()


def test_without_a_previous_version_nothing_is_marked_as_changed():
    assert changes(compared(AFTER)) == 0


def test_articles_with_findings_are_marked():
    lines = compared(AFTER, None, frozenset({"第二条"}))
    assert [line.label for line in lines if line.marked] == ["第二条"]


def test_kinds_of_lines_follow_their_marks():
    assert [line.kind for line in compared(AFTER)][:3] == ["title", "chapter", "article"]


def test_articles_are_offered_by_their_labels():
    assert clauses_of(AFTER) == ["第一条", "第二条", "第三条", "第四条"]


def test_a_very_long_paragraph_is_replaced_whole():
    long = "第一条　" + "甲" * 5000
    assert [piece.kind for piece in compared(long, long[:-1] + "乙")[0].pieces] == ["del", "ins"]
