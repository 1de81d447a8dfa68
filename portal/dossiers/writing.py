"""The folder as a ZIP: numbered papers, index as PDF and CSV, particulars as JSON and XML, digests for `sha256sum -c`,
and a word to the reader: whoever has no portal checks and reads all of it.
"""

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable
from io import StringIO
from typing import BinaryIO
from xml.etree import ElementTree

from portal.documents import storage
from portal.documents.rendering import OfficialPaper, Paragraph, Table, render_pdf
from portal.documents.rendering.paper import Layout, chinese_date
from portal.dossiers.contents import HEADS, Entry
from portal.dossiers.dossier import Part, facts_of, missing
from portal.moment import now, today
from portal.workflow.refusals import StepRefused

README, DIGESTS = "说明.txt", "SHA256SUMS"
INDEX_PDF, INDEX_CSV = "卷内目录.pdf", "卷内目录.csv"
FACTS_JSON, FACTS_XML, VOLUME = "案卷信息.json", "案卷信息.xml", "卷宗.pdf"
CHUNK = 256 * 1024


class DamagedPaper(StepRefused):
    """The bytes of a stored paper no longer have their digest: nothing is handed out of such a folder."""


def write_dossier(
    file, parts: list[Part], entries: list[Entry], out: BinaryIO, report: Callable[[int, str], None],
    volume: bytes | None = None, more: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Write the folder into ``out``.

    :param report: progress in percent, and what is being written. :param volume: the bound volume, where it is sealed.
    :param more: further particulars, such as the archive number.
    :raises DamagedPaper: a stored paper is not what it was when it was handed in.
    """
    moment = now().timetuple()[:6]
    total = max(1, len(entries))
    facts = facts_of(file) | (more or {})
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            report(70 + 15 * entry.number // total, f"正在写入 {entry.number}/{total}：{entry.piece.title}"[:200])
            _write(archive, entry, moment)
        report(88, "正在写入目录和案卷信息")
        sums = [(entry.digest, entry.path) for entry in entries]
        described = [
            (README, _readme(file, entries, volume is not None).encode()),
            (INDEX_CSV, _csv(entries)),
            (FACTS_JSON, _json(facts, parts, entries)),
            (FACTS_XML, _xml(facts, parts, entries)),
            (VOLUME, volume) if volume is not None else (INDEX_PDF, render_pdf(index_paper(file, parts, entries))),
        ]
        for name, content in described:
            archive.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
            sums.append((hashlib.sha256(content).hexdigest(), name))
        lines = "".join(f"{digest}  {path}\n" for digest, path in sums)
        archive.writestr(zipfile.ZipInfo(DIGESTS, moment), lines.encode())


def index_paper(file, parts: list[Part], entries: list[Entry]) -> OfficialPaper:
    """卷内目录 (DA/T 22-2015 5.4)."""
    rows = tuple(entry.cells()[:6] for entry in entries)
    lacking = missing(parts)
    body = [
        Paragraph(f"案卷号：{file.number}"),
        Paragraph(f"题名：{file.title}"),
        Paragraph(f"责任单位：{file.organisation.name}"),
        Paragraph(f"立卷日期：{chinese_date(file.opened_on)}　编制日期：{chinese_date(today())}"),
        Paragraph(f"共{len(entries)}件。" + (f"尚缺：{'、'.join(lacking)}。" if lacking else "应归档材料齐全。")),
    ]
    if rows:
        body.append(Table(HEADS[:6], rows, widths=(3, 7, 14, 5, 6, 3)))
    return OfficialPaper(kind="目录", title="卷内目录", layout=Layout.PLAIN, body=tuple(body))


def _write(archive: zipfile.ZipFile, entry: Entry, moment) -> None:
    """Put one piece in, and see that what went in is what the index says."""
    info = zipfile.ZipInfo(entry.path, moment)
    info.compress_type = zipfile.ZIP_DEFLATED
    if entry.content is not None:
        archive.writestr(info, entry.content)
        return
    running = hashlib.sha256()
    with storage.open_blob(entry.digest) as source, archive.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            running.update(chunk)
            target.write(chunk)
    if running.hexdigest() != entry.digest:
        raise DamagedPaper(f"“{entry.piece.title}”的内容与入卷时的摘要值不一致，请联系系统管理员恢复后再办。")


def _readme(file, entries: list[Entry], is_sealed: bool) -> str:
    volume = f"{VOLUME}　　　　全卷合订本：封面、卷内目录（带页号）、各件材料、备考表\n" if is_sealed else ""
    index = "" if is_sealed else f"{INDEX_PDF}　　 卷内目录\n"
    return f"""{"档案移交包" if is_sealed else "归档包"}说明

案卷：{file.title}
案卷号：{file.number}
责任单位：{file.organisation.name}
编制时间：{now():%Y-%m-%d %H:%M}（北京时间）
件数：{len(entries)}

一、包内有什么
{volume}{index}{INDEX_CSV}　　 卷内目录，可用表格软件打开
{FACTS_JSON}　　案卷和各件材料的元数据（JSON）
{FACTS_XML}　　 同样内容的元数据（XML）
{DIGESTS}　　　 除本清单外包内每个文件的 SHA-256 摘要值
其余各文件夹　　 卷内材料原件，文件夹按归档清单的次序编号，文件名前三位是件号

二、怎样核对
不需要本系统。把压缩包解开，在解开的文件夹里执行：
    sha256sum -c {DIGESTS}
每一行都显示“OK”（成功），说明文件完整、没有改动；显示“FAILED”（失败）的，该文件已经改动或者损坏。
在 macOS 上用：shasum -a 256 -c {DIGESTS}
在 Windows 上逐个核对：certutil -hashfile 文件名 SHA256

三、说明
文件名采用 UTF-8 编码。系统记录（例如意见和采纳情况、会议记录）以文本或者 CSV 形式给出，内容截至编制时间。
{DIGESTS} 文件自身的摘要值在移交时另行写入交接文据。
"""


def _csv(entries: list[Entry]) -> bytes:
    out = StringIO()
    table = csv.writer(out)
    table.writerow(HEADS)
    for entry in entries:
        table.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in entry.cells()])
    return ("\ufeff" + out.getvalue()).encode()


def _checklist(parts: list[Part]) -> list[dict]:
    return [
        {"类别": part.label, "依据": part.basis, "应有": part.is_needed, "件数": len(part.pieces)} for part in parts
    ]


def _json(facts: dict[str, str], parts: list[Part], entries: list[Entry]) -> bytes:
    content = {
        "案卷": facts,
        "编制时间": now().isoformat(timespec="seconds"),
        "归档清单": _checklist(parts),
        "缺少": missing(parts),
        "卷内文件": [dict(zip(HEADS, entry.cells(), strict=True)) for entry in entries],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _xml(facts: dict[str, str], parts: list[Part], entries: list[Entry]) -> bytes:
    """The same as XML; the elements are named as the particulars are (DA/T 46-2009 names its elements in Chinese)."""
    root = ElementTree.Element("案卷信息", {"编制时间": now().isoformat(timespec="seconds")})
    _children(ElementTree.SubElement(root, "案卷"), facts)
    listed = ElementTree.SubElement(root, "归档清单")
    for line in _checklist(parts):
        _children(ElementTree.SubElement(listed, "项目"), line)
    pieces = ElementTree.SubElement(root, "卷内文件")
    for entry in entries:
        _children(ElementTree.SubElement(pieces, "文件"), dict(zip(HEADS, entry.cells(), strict=True)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _children(parent, values: dict) -> None:
    for name, value in values.items():
        words = {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
        ElementTree.SubElement(parent, name).text = words
