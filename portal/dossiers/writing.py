"""The folder as a ZIP: numbered papers, index as PDF and CSV, particulars as JSON, digests for `sha256sum -c`."""

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import BinaryIO

from portal.documents import storage
from portal.documents.names import safe_name
from portal.documents.rendering import OfficialPaper, Paragraph, Table, render_pdf
from portal.documents.rendering.paper import Layout, chinese_date
from portal.dossiers.dossier import Part, Piece, facts_of, missing
from portal.moment import now, today

INDEX_PDF, INDEX_CSV, FACTS, DIGESTS = "卷内目录.pdf", "卷内目录.csv", "案卷信息.json", "SHA256SUMS"
HEADS = ("件号", "类别", "题名", "责任者", "日期", "页数", "文件", "SHA-256")
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Entry:
    """One line of the index, as written."""

    number: int
    part: str
    piece: Piece
    path: str
    digest: str

    def cells(self) -> tuple[str, ...]:
        piece = self.piece
        on = f"{piece.at:%Y-%m-%d}" if piece.at else ""
        pages = str(piece.pages) if piece.pages else ""
        return (str(self.number), self.part, piece.title, piece.who, on, pages, self.path, self.digest)


def write_dossier(file, parts: list[Part], out: BinaryIO, report: Callable[[int, str], None]) -> list[Entry]:
    """Write the folder into ``out`` and return its index.

    :param report: progress in percent, and what is being written.
    """
    moment = now().timetuple()[:6]
    total = max(1, sum(len(part.pieces) for part in parts))
    entries: list[Entry] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for order, part in enumerate(parts, start=1):
            folder = safe_name(f"{order:02d}_{part.label}")
            for piece in part.pieces:
                number = len(entries) + 1
                report(5 + 80 * number // total, f"正在写入 {number}/{total}：{piece.title}"[:200])
                path = f"{folder}/{safe_name(f'{number:03d}_{piece.name}')}"
                entries.append(Entry(number, part.label, piece, path, _write(archive, path, piece, moment)))
        report(88, "正在排版卷内目录")
        sums = [(entry.digest, entry.path) for entry in entries]
        for name, content in (
            (INDEX_PDF, render_pdf(index_paper(file, parts, entries))),
            (INDEX_CSV, _csv(entries)),
            (FACTS, _facts(file, parts, entries)),
        ):
            archive.writestr(zipfile.ZipInfo(name, moment), content)
            sums.append((hashlib.sha256(content).hexdigest(), name))
        lines = "".join(f"{digest}  {path}\n" for digest, path in sums)
        archive.writestr(zipfile.ZipInfo(DIGESTS, moment), lines.encode())
    return entries


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


def _write(archive: zipfile.ZipFile, path: str, piece: Piece, moment) -> str:
    """Put one piece in, and digest exactly what went in."""
    info = zipfile.ZipInfo(path, moment)
    info.compress_type = zipfile.ZIP_DEFLATED
    if piece.version is None:
        content = piece.content()
        archive.writestr(info, content)
        return hashlib.sha256(content).hexdigest()
    running = hashlib.sha256()
    with storage.open_blob(piece.version.blob.digest) as source, archive.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            running.update(chunk)
            target.write(chunk)
    return running.hexdigest()


def _csv(entries: list[Entry]) -> bytes:
    out = StringIO()
    table = csv.writer(out)
    table.writerow(HEADS)
    for entry in entries:
        table.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in entry.cells()])
    return ("\ufeff" + out.getvalue()).encode()


def _facts(file, parts: list[Part], entries: list[Entry]) -> bytes:
    content = {
        "案卷": facts_of(file),
        "编制时间": now().isoformat(timespec="seconds"),
        "归档清单": [
            {"类别": part.label, "依据": part.basis, "应有": part.is_needed, "件数": len(part.pieces)} for part in parts
        ],
        "缺少": missing(parts),
        "卷内文件": [dict(zip(HEADS, entry.cells(), strict=True)) for entry in entries],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
