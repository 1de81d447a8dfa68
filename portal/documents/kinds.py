"""The kinds of file that a case file may hold, and nothing else (allow-list; OWASP ASVS 5.0, 5.2.2)."""

from dataclasses import dataclass

from portal.documents.names import extension_of
from portal.documents.refusals import FileRefused


@dataclass(frozen=True)
class FileKind:
    """One accepted kind of file, named by its extensions and the content type under which it is handed out."""

    code: str
    label: str
    extensions: tuple[str, ...]
    content_type: str
    has_page_images: bool = False
    has_text: bool = True


_OPEN_XML = "application/vnd.openxmlformats-officedocument"

PDF = FileKind("pdf", "PDF", ("pdf",), "application/pdf", has_page_images=True)
DOCX = FileKind("docx", "Word 文档（.docx）", ("docx",), f"{_OPEN_XML}.wordprocessingml.document")
XLSX = FileKind("xlsx", "Excel 工作簿（.xlsx）", ("xlsx",), f"{_OPEN_XML}.spreadsheetml.sheet")
OFD = FileKind("ofd", "OFD 版式文件", ("ofd",), "application/ofd", has_text=False)
PNG = FileKind("png", "PNG 图片", ("png",), "image/png", has_page_images=True, has_text=False)
JPEG = FileKind("jpeg", "JPEG 图片", ("jpg", "jpeg"), "image/jpeg", has_page_images=True, has_text=False)
TXT = FileKind("txt", "纯文本", ("txt",), "text/plain; charset=utf-8")

KINDS = (PDF, DOCX, XLSX, OFD, PNG, JPEG, TXT)
BY_CODE = {kind.code: kind for kind in KINDS}
_BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}

ACCEPT = ",".join(f".{extension}" for extension in _BY_EXTENSION)
"""Value of the `accept` attribute of a file input."""

ACCEPTED_LABEL = "PDF、DOCX、XLSX、OFD、PNG、JPG、TXT"

_ADVICE = {
    "doc": "旧版 Word 格式（.doc）不接收。请用 Word 或 WPS 另存为 .docx 后上传。",
    "xls": "旧版 Excel 格式（.xls）不接收。请用 Excel 或 WPS 另存为 .xlsx 后上传。",
    "wps": "WPS 专有格式不接收。请在 WPS 中另存为 .docx 或输出为 PDF 后上传。",
    "et": "WPS 专有格式不接收。请在 WPS 中另存为 .xlsx 后上传。",
    "docm": "启用宏的文档（.docm）不接收。请另存为 .docx 后上传。",
    "dotm": "启用宏的模板（.dotm）不接收。请另存为 .docx 后上传。",
    "xlsm": "启用宏的工作簿（.xlsm）不接收。请另存为 .xlsx 后上传。",
    "svg": "SVG 图片可能含有脚本，不接收。请导出为 PNG 后上传。",
    "html": "网页文件不接收。请打印为 PDF 后上传。",
    "htm": "网页文件不接收。请打印为 PDF 后上传。",
    "zip": "压缩包不接收。请解压后逐个上传其中的文件。",
    "rar": "压缩包不接收。请解压后逐个上传其中的文件。",
    "7z": "压缩包不接收。请解压后逐个上传其中的文件。",
}


def kind_of(name: str) -> FileKind:
    """The kind that a file claims to be by its extension.

    Raises FileRefused where the extension is missing or not accepted.
    """
    extension = extension_of(name)
    kind = _BY_EXTENSION.get(extension)
    if kind:
        return kind
    advice = _ADVICE.get(extension)
    if advice:
        raise FileRefused("type_not_accepted", advice)
    told = f"“.{extension}”格式" if extension else "没有扩展名的文件"
    raise FileRefused("type_not_accepted", f"{told}不接收。请转换为下列格式之一后上传：{ACCEPTED_LABEL}。")
