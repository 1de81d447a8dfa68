"""DOCX and XLSX: no macros, nothing fetched from elsewhere, no commands, no embedded programs."""

import re
import zipfile
from typing import BinaryIO
from urllib.parse import urlsplit

from portal.documents.content import archive
from portal.documents.content.findings import Findings, mismatch
from portal.documents.kinds import DOCX, XLSX, FileKind
from portal.documents.refusals import FileRefused

_MAIN_PART = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
MAX_EMBEDDED_DEPTH = 1
"""A chart carries its sheet as an embedded workbook; a workbook within that one has no honest use."""

_MACRO_NAME = re.compile(r"(?i)vba(project|data)|macrosheets/|dialogsheets/|activex|customui")
_PROGRAM = re.compile(
    r"(?i)\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|lnk|reg|sh|html?|mht|mhtml|swf|rtf)$"
)
_OUTSIDE_DATA = re.compile(r"(?i)^xl/(externallinks|connections\.xml|querytables)")
_DDE_FIELD = re.compile(r"(?i)\bDDE(AUTO)?\b")
_FETCHING_FIELD = re.compile(r"(?i)\b(INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE|RD)\b")
_DDE_FORMULA = re.compile(r"(?i)^\s*=?\s*[+\-@]?'?[\w.\\/: ]+\|")
_FETCHING_FORMULA = re.compile(r"(?i)\b(WEBSERVICE|RTD|CALL|REGISTER\.ID|IMPORTDATA|FILTERXML)\s*\(")

_MACRO = ("macro", "文档含有宏或 ActiveX 控件，不接收。请另存为不含宏的 .docx 或 .xlsx 后上传。")
_PROGRAM_INSIDE = ("embedded_program", "文档内嵌了程序、网页或其他对象，不接收。请删除内嵌对象，或输出为 PDF 后上传。")
_DDE = ("dde", "文档含有可执行命令的域或公式（DDE），不接收。请删除后上传，或输出为 PDF 后上传。")
_FETCHES = ("external_data", "文档会从外部读取数据（外部链接、数据连接或引用域），不接收。请断开链接、保留数值后上传。")
_TEMPLATE = (
    "external_template",
    "文档引用了外部模板，不接收。请在“开发工具—文档模板”中改为 Normal 后重新保存，或输出为 PDF 后上传。",
)
_EXTERNAL_PART = ("external_part", "文档引用了外部图片或文件，不接收。请将其嵌入文档后重新保存上传。")
_LOCAL_LINK = ("local_link", "文档中有指向本机或局域网文件的链接，不接收。请删除该链接（选中后“取消超链接”）后上传。")


def check(stream: BinaryIO, kind: FileKind, depth: int = 0) -> Findings:
    """Judges a DOCX or XLSX part by part. Raises FileRefused."""
    with archive.opened(stream, kind.label) as package:
        names = {entry.filename for entry in package.infolist()}
        if "[Content_Types].xml" not in names:
            raise mismatch(kind.label, b"PK\x03\x04")
        for name in names:
            _judge_name(name)
        seen = _PackageReader()
        for entry in package.infolist():
            seen.begin_part(entry.filename)
            if entry.filename.lower().endswith((".docx", ".xlsx")):
                _judge_embedded(package, entry, depth)
            elif archive.is_xml(package, entry):
                archive.parse_xml(package, entry, seen)
                seen.finish_part()
            else:
                archive.read_whole(package, entry)
        seen.judge(kind)
    return Findings()


def _judge_name(name: str) -> None:
    if _MACRO_NAME.search(name):
        raise FileRefused(*_MACRO)
    # Embedded OLE objects (…/embeddings/oleObject1.bin) can hold any program.
    if _PROGRAM.search(name) or (name.lower().endswith(".bin") and "/embeddings/" in name.lower()):
        raise FileRefused(*_PROGRAM_INSIDE)
    if _OUTSIDE_DATA.search(name):
        raise FileRefused(*_FETCHES)


def _judge_embedded(package: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    if depth >= MAX_EMBEDDED_DEPTH:
        raise FileRefused(*_PROGRAM_INSIDE)
    with package.open(entry) as part:
        check(part, DOCX if entry.filename.lower().endswith("docx") else XLSX, depth + 1)


class _PackageReader(archive.XmlReader):
    """Collects from all XML parts what can act: content types, relationships, fields and formulas."""

    def __init__(self):
        self.types: set[str] = set()
        self._acts = {
            "Override": self._note_type,
            "Default": self._note_type,
            "Relationship": _judge_relationship,
            "instrText": self._collect,
            "f": self._collect,
            "fldSimple": lambda attributes: _judge_field(_attribute(attributes, "instr")),
            "ddeLink": _refuse_dde,
            "oleLink": _refuse_dde,
            "altChunk": _refuse_embedded,
        }

    def begin_part(self, name: str) -> None:
        self._in_drawing = name.lower().endswith(".svg")
        self._collecting: list[str] | None = None
        self._instructions: list[str] = []

    def finish_part(self) -> None:
        # Word joins the runs of a field, so "DDE" may be spread over several.
        _judge_field("".join(self._instructions))
        _judge_field(" ".join(self._instructions))

    def start(self, name, attributes):
        local = name.rpartition(":")[2]
        act = self._acts.get(local)
        if act:
            act(attributes)
        elif local == "script" and self._in_drawing:
            _refuse_embedded(attributes)

    def text(self, content):
        if self._collecting is not None:
            self._collecting.append(content)

    def end(self, name):
        if self._collecting is None:
            return
        local = name.rpartition(":")[2]
        if local not in ("instrText", "f"):
            return
        text = "".join(self._collecting)
        self._collecting = None
        if local == "f":
            _judge_formula(text)
        else:
            self._instructions.append(text)

    def _note_type(self, attributes) -> None:
        self.types.add(attributes.get("ContentType", ""))

    def _collect(self, attributes) -> None:
        self._collecting = []

    def judge(self, kind: FileKind) -> None:
        if any("macroEnabled" in content_type or "vbaProject" in content_type for content_type in self.types):
            raise FileRefused(*_MACRO)
        if _MAIN_PART[kind] not in self.types:
            other = next((other.label for other, main in _MAIN_PART.items() if main in self.types), "其他格式的压缩包")
            raise FileRefused(
                "content_mismatch", f"文件扩展名表明是{kind.label}，内容却像是{other}。请上传原始文件，不要只改扩展名。"
            )


def _attribute(attributes, local_name: str) -> str:
    """An attribute by its local name, whatever prefix the document chose."""
    found = (value for name, value in attributes.items() if name.rpartition(":")[2] == local_name)
    return next(found, "")


def _refuse_dde(attributes) -> None:
    raise FileRefused(*_DDE)


def _refuse_embedded(attributes) -> None:
    raise FileRefused(*_PROGRAM_INSIDE)


def _judge_relationship(attributes) -> None:
    if attributes.get("TargetMode") != "External":
        return
    relation = attributes.get("Type", "").rpartition("/")[2]
    target = attributes.get("Target", "")
    if relation == "attachedTemplate":
        raise FileRefused(*_TEMPLATE)
    if relation != "hyperlink":
        raise FileRefused(*_EXTERNAL_PART)
    if _leads_to_a_local_file(target):
        raise FileRefused(*_LOCAL_LINK)


def _leads_to_a_local_file(target: str) -> bool:
    """A link that a click opens from disk or a share, or that runs something; web and mail links are harmless."""
    try:
        scheme = urlsplit(target.strip()).scheme.lower()
    except ValueError:
        return True
    return target.strip().startswith("\\") or scheme not in ("", "http", "https", "mailto", "tel")


def _judge_field(instruction: str) -> None:
    if _DDE_FIELD.search(instruction):
        raise FileRefused(*_DDE)
    if _FETCHING_FIELD.search(instruction):
        raise FileRefused(*_FETCHES)


def _judge_formula(formula: str) -> None:
    if _DDE_FORMULA.search(formula):
        raise FileRefused(*_DDE)
    if _FETCHING_FORMULA.search(formula):
        raise FileRefused(*_FETCHES)
