"""OFD (GB/T 33190-2016), the national layout format: stored and handed out as it is, without preview."""

from typing import BinaryIO

from portal.documents.content import archive
from portal.documents.content.findings import Findings
from portal.documents.kinds import OFD
from portal.documents.refusals import FileRefused

_ROOT = "OFD.xml"
_NOT_IN_AN_OFD = (
    ".exe",
    ".dll",
    ".js",
    ".vbs",
    ".bat",
    ".cmd",
    ".ps1",
    ".scr",
    ".hta",
    ".jar",
    ".htm",
    ".html",
    ".lnk",
)


def check(stream: BinaryIO) -> Findings:
    """Judges an OFD by its container, its entry part and the soundness of its XML. Raises FileRefused."""
    with archive.opened(stream, OFD.label) as package:
        if _ROOT not in package.namelist():
            raise FileRefused(
                "content_mismatch", "文件扩展名表明是 OFD，内容却是普通压缩包。请上传原始的 OFD 文件，或改传 PDF。"
            )
        reader = _Reader()
        for entry in package.infolist():
            if entry.filename.lower().endswith(_NOT_IN_AN_OFD):
                raise FileRefused("embedded_program", "OFD 文件内嵌了程序或脚本，不接收。请重新生成后上传。")
            reader.part = entry.filename
            if archive.is_xml(package, entry):
                archive.parse_xml(package, entry, reader)
            else:
                archive.read_whole(package, entry)
        if not reader.has_root:
            raise FileRefused("content_mismatch", "OFD 文件的入口不完整。请用原软件重新导出后上传。")
    return Findings()


class _Reader(archive.XmlReader):
    """Notes the root element of the entry part and refuses actions that run something."""

    def __init__(self):
        self.part = ""
        self.has_root = False

    def start(self, name, attributes):
        local = name.rpartition(":")[2]
        if self.part == _ROOT and local == "OFD":
            self.has_root = True
        elif local in ("Movie", "Sound", "Attachment"):
            raise FileRefused("embedded_file", "OFD 文件内含附件或多媒体，不接收。请取出附件另行上传。")
