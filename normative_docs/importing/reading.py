"""From a file to the lines of its text: TXT, DOCX (with tables, in order) and PDF (layout breaks joined)."""

import re
import statistics
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

import docx
import pypdfium2
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

SUPPORTED = (".txt", ".md", ".docx", ".pdf")
_PAGE_NUMBER = re.compile(r"^[—–\-－一\s·•]*\d{1,4}[—–\-－一\s·•]*$|^第\s*\d+\s*页(?:\s*[/，,]?\s*共\s*\d+\s*页)?$")
# A line that opens a new paragraph whatever stood before it.
_OPENER = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇\d]{1,6}[条章节编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"\d{1,2}[.．、](?!\d)|附件|附[:：]|抄送|特此)"
)
_CLOSED = ("。", "：", ":", "；", ";", "！", "？")


class UnreadableDocument(Exception):
    """The file cannot be read as a document; the message is a Chinese sentence for the user."""


@dataclass(frozen=True)
class LaidOutLine:
    """One printed line of a page with its left and right edge in points."""

    text: str
    left: float
    right: float


def read_lines(path: Path) -> list[str]:
    """The paragraphs of a document in reading order.

    Raises UnreadableDocument for a missing file, a type other than TXT, DOCX or PDF, a damaged file or
    one without text (a scan without text layer).
    """
    path = Path(path)
    if not path.exists():
        raise UnreadableDocument(f"文件不存在：{path}")
    if path.is_dir():
        raise UnreadableDocument(f"这是文件夹，不是文件：{path}")
    suffix = path.suffix.lower()
    if suffix not in SUPPORTED:
        kind = suffix or "无扩展名"
        raise UnreadableDocument(f"不支持的文件类型（{kind}），请使用 TXT、DOCX 或 PDF。")
    if suffix == ".docx":
        lines = _read_docx(path)
    elif suffix == ".pdf":
        lines = _read_pdf(path)
    else:
        lines = join_wrapped(_decode(path.read_bytes()).splitlines())
    if not any(line.strip() for line in lines):
        hint = "，可能是没有文字层的扫描件" if suffix == ".pdf" else ""
        raise UnreadableDocument(f"文件中没有可读取的文字{hint}：{path.name}")
    return lines


def join_wrapped(lines: list[str]) -> list[str]:
    """Paragraphs of a text that was saved line by line at a fixed width; other texts come back as they are.

    A text counts as wrapped when most of its lines that do not end a sentence have one and the same
    length, as `pdftotext` and mail programs leave it.
    """
    lengths = [len(line.strip()) for line in lines if line.strip() and not line.strip().endswith(_CLOSED)]
    full = [length for length in lengths if 20 <= length <= 60]
    if len(full) < 6:
        return lines
    width = int(statistics.mode(full))
    near = [length for length in full if abs(length - width) <= 2]
    if len(near) < 6 or len(near) < 0.6 * len([n for n in lengths if n >= 20]):
        return lines
    joined: list[str] = []
    open_line = False
    for line in lines:
        bare = line.strip()
        indented = len(line) - len(line.lstrip()) >= 2 or line[:1] == "\u3000"
        if open_line and bare and not indented and not _OPENER.match(bare):
            joined[-1] += bare
        else:
            joined.append(line)
        open_line = len(bare) >= width - 2 and not bare.endswith(_CLOSED)
    return joined


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableDocument("文字编码无法识别，请另存为 UTF-8 后再导入。") from error


def _read_docx(path: Path) -> list[str]:
    try:
        body = docx.Document(str(path)).element.body
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, ParseError, SyntaxError) as error:
        raise UnreadableDocument(f"DOCX 文件已损坏或不是 Word 文档：{path.name}") from error
    return [line for block in body for line in _block_lines(block)]


def _block_lines(block) -> list[str]:
    """Lines of a paragraph, a table (one line a row) or a content control, in order."""
    if block.tag == qn("w:p"):
        return _paragraph_text(block).split("\n")
    if block.tag == qn("w:tbl"):
        rows = []
        for row in block.iter(qn("w:tr")):
            cells = [
                " ".join(t for p in cell.iter(qn("w:p")) if (t := _paragraph_text(p).strip()))
                for cell in row.iter(qn("w:tc"))
            ]
            rows.append("\t".join(cell for cell in cells if cell))
        return rows
    return [line for child in block for line in _block_lines(child)]


def _paragraph_text(paragraph) -> str:
    """Text of a paragraph as it stands after accepting changes; text boxes follow on lines of their own."""
    parts: list[str] = []
    boxes: list[str] = []
    for node in paragraph.iter():
        inside = [a.tag for a in node.iterancestors()]
        if any(tag.endswith("}Fallback") for tag in inside) or qn("w:del") in inside:
            continue
        target = boxes if qn("w:txbxContent") in inside else parts
        if node.tag == qn("w:t"):
            target.append(node.text or "")
        elif node.tag == qn("w:tab"):
            if qn("w:pPr") not in inside:
                target.append("\t")
        elif node.tag in (qn("w:br"), qn("w:cr")) or (target is boxes and node.tag == qn("w:p")):
            target.append("\n")
    return "".join(parts) + ("\n" + "".join(boxes).strip() if boxes else "")


def _read_pdf(path: Path) -> list[str]:
    try:
        pdf = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"PDF 文件已损坏或设有密码：{path.name}") from error
    try:
        pages = [_page_lines(page) for page in pdf]
    finally:
        pdf.close()
    return join_pages(pages)


def _page_lines(page) -> list[LaidOutLine]:
    text_page = page.get_textpage()
    lines: list[LaidOutLine] = []
    text, left, right = "", 0.0, 0.0
    for index in range(text_page.count_chars()):
        char = text_page.get_text_range(index, 1)
        if char in ("\r", "\n", "\r\n", ""):
            if text.strip():
                lines.append(LaidOutLine(text.strip(), left, right))
            text = ""
            continue
        if char.strip():
            box = text_page.get_charbox(index)
            left = box[0] if not text.strip() else left
            right = box[2]
        text += char
    if text.strip():
        lines.append(LaidOutLine(text.strip(), left, right))
    text_page.close()
    return [line for line in lines if not _PAGE_NUMBER.match(line.text)]


def join_pages(pages: list[list[LaidOutLine]]) -> list[str]:
    """Paragraphs out of printed lines: a line that fills the type area runs on into a line that is not indented."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    widths = [(line.right - line.left) / len(line.text) for line in lines if len(line.text) > 4]
    char = statistics.median(widths) if widths else 12.0
    margin_left, margin_right = min(line.left for line in lines), max(line.right for line in lines)
    paragraphs: list[str] = []
    runs_on = False
    for line in lines:
        flush = line.left <= margin_left + 0.9 * char
        if runs_on and flush and not _OPENER.match(line.text):
            paragraphs[-1] += line.text
        else:
            paragraphs.append(line.text)
        runs_on = line.right >= margin_right - 2.2 * char and not line.text.endswith(_CLOSED)
    return paragraphs
