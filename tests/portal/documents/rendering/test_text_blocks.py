"""Plain text is cut into blocks by the marks of its lines."""

import pytest

from portal.documents.rendering import Article, Chapter, Heading, Labelled, Listing, Paragraph, Table, parse_blocks


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("一、总体要求", Heading(1, "一、总体要求")),
        ("十二、附则", Heading(1, "十二、附则")),
        ("（一）工作目标", Heading(2, "（一）工作目标")),
        ("(三)工作措施", Heading(2, "(三)工作措施")),
        ("（一）落实责任。各村要逐级落实。", Heading(2, "（一）落实责任。", "各村要逐级落实。")),
        ("1.登记造册", Heading(3, "1.登记造册")),
        ("（2）现场核查", Heading(4, "（2）现场核查")),
        ("1.5公里以内的村道由村管护。", Paragraph("1.5公里以内的村道由村管护。")),
        ("一、第七条增设前置条件，应当修改。", Paragraph("一、第七条增设前置条件，应当修改。")),
        ("第一章　总则", Chapter("第一章　总则")),
        ("第三条　本办法自公布之日起施行。", Article("第三条", "本办法自公布之日起施行。")),
        ("第十条之一 另有规定的除外。", Article("第十条之一", "另有规定的除外。")),
        ("第三条规定的期限为工作日。", Paragraph("第三条规定的期限为工作日。")),
        ("出席：周明远、陈思源", Labelled("出席", "周明远、陈思源")),
        ("　　普通的一段。", Paragraph("普通的一段。")),
    ],
)
def test_a_line_becomes_the_block_its_mark_says(line, block):
    assert parse_blocks(line) == (block,)


def test_empty_lines_disappear():
    assert parse_blocks("甲\n\n　\n乙") == (Paragraph("甲"), Paragraph("乙"))


def test_rows_between_strokes_become_one_table():
    blocks = parse_blocks("前文\n| 项目 | 数量 |\n|---|---|\n| 备案 | 12 |\n| 审查 |\n后文")
    assert blocks == (
        Paragraph("前文"),
        Table(header=("项目", "数量"), rows=(("备案", "12"), ("审查", ""))),
        Paragraph("后文"),
    )


def test_columns_of_figures_stand_right_and_of_long_text_left():
    table = Table(("序号", "内容", "件数"), (("1", "开工前的信息登记", "1,286"), ("2", "检查", "70.1%")))
    assert table.column_alignments() == ("center", "left", "right")


def test_column_shares_add_up_to_the_whole_width():
    table = Table(("序号", "内容"), (("1", "开工前的信息登记" * 9),))
    assert sum(table.column_shares()) == pytest.approx(1)
    assert table.column_shares()[1] > table.column_shares()[0]


def test_a_ragged_table_and_a_fifth_level_are_refused():
    with pytest.raises(ValueError, match="列数"):
        Table(("甲", "乙"), (("1",),))
    with pytest.raises(ValueError, match="四级"):
        Heading(5, "①什么")


def test_a_numbered_list_counts_its_items():
    assert list(Listing(("甲", "乙")).lines()) == ["1.甲", "2.乙"]
    assert list(Listing(("甲",), numbered=False).lines()) == ["甲"]
