"""TXT, DOCX and PDF give the same paragraphs; what cannot be read is refused in a Chinese sentence."""

import docx
import pytest
import weasyprint

from normative_docs.importing import UnreadableDocument, read_metadata
from normative_docs.importing.reading import LaidOutLine, join_pages, join_wrapped, read_lines

from .town_documents import TOWN_DOCUMENTS

TEXT, EXPECTED = TOWN_DOCUMENTS["letterhead, number, cover notice and annexed measures"]


def assert_read_right(path):
    found = read_metadata(path)
    for name in ("title", "document_number", "issuing_body", "issued_on", "effective_on", "validity", "adopted_at"):
        assert getattr(found, name) == EXPECTED[name]
    assert [(r.title, r.number, r.from_date) for r in found.repeals] == EXPECTED["repeals"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding_is_read(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert_read_right(path)


def test_docx_is_read_with_its_tables_in_order(tmp_path):
    path = tmp_path / "a.docx"
    paper = docx.Document()
    *body, imprint = TEXT.strip().splitlines()
    for line in body:
        paper.add_paragraph(line)
    table = paper.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = imprint.split(" ")
    paper.add_paragraph("（此件公开发布）")
    paper.save(path)
    assert read_lines(path)[-2:] == ["龙潭镇党政办公室\t2026年3月2日印发", "（此件公开发布）"]
    assert_read_right(path)


def test_pdf_lines_broken_by_the_layout_are_joined(tmp_path):
    path = tmp_path / "a.pdf"
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() if line)
    weasyprint.HTML(
        string=f"<style>body{{font-family:'Noto Serif CJK SC';font-size:16pt}}p{{text-indent:2em;margin:0}}"
        f"@page{{@bottom-center{{content:'— ' counter(page) ' —'}}}}</style>{paragraphs}"
    ).write_pdf(path)
    assert_read_right(path)


def test_page_numbers_and_line_ends_do_not_cut_a_sentence():
    pages = [
        [LaidOutLine("本办法自2026年4月1日起施行，有效期至2031年", 32, 500)],
        [LaidOutLine("3月31日。", 0, 80), LaidOutLine("第二条 解释。", 32, 120)],
    ]
    assert join_pages(pages) == ["本办法自2026年4月1日起施行，有效期至2031年3月31日。", "第二条 解释。"]


def test_text_wrapped_at_a_fixed_width_is_joined():
    sentence = "为规范集贸市场秩序维护经营者和消费者合法权益根据有关规定结合本镇实际制定本办法" * 5
    lines = ["第一条 " + sentence[:26], *(sentence[n : n + 30] for n in range(26, 176, 30)), "第二条 完。"] * 2
    assert join_wrapped(lines)[0].startswith("第一条 " + sentence[:60])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("没有.txt", None, "文件不存在"),
        ("a.xlsx", b"x", "不支持的文件类型"),
        ("a.txt", b"  \n", "没有可读取的文字"),
        ("a.docx", b"not a zip", "已损坏"),
        ("a.pdf", b"not a pdf", "已损坏"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, name, content, sentence):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=sentence):
        read_lines(path)
