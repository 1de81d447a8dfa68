"""A filing as one packet: its papers in order, an index, and the digest of every one of them."""

import hashlib
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from portal.documents import storage
from portal.documents.names import safe_name
from portal.documents.papers import IndexEntry, file_index
from portal.moment import now
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing

INDEX, DIGESTS = "00_目录.txt", "SHA256SUMS.txt"
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Place:
    """One place of the packet: what belongs there, whether it must, and the papers that lie in it."""

    code: str
    label: str
    is_needed: bool
    entries: tuple[IndexEntry, ...]

    @property
    def is_missing(self) -> bool:
        return self.is_needed and not self.entries


def packet(filing: Filing) -> list[Place]:
    """What the packet consists of: the papers of the kind in their order, then what the county gave back."""
    found: dict[str, list[IndexEntry]] = {}
    for entry in file_index(filing):
        found.setdefault(entry.version.document.slot, []).append(entry)
    places = [
        Place(slot.code, slot.label, slot.needed and slot.applies(filing), tuple(found.pop(slot.code, ())))
        for slot in filing_kinds[filing.filing_kind].papers
    ]
    return places + [Place(code, entries[0].title, False, tuple(entries)) for code, entries in found.items()]


def is_complete(filing: Filing) -> bool:
    """Whether nothing that must be in the packet is missing."""
    return not any(place.is_missing for place in packet(filing))


def write_packet(filing: Filing, out: BinaryIO) -> BinaryIO:
    """Write the packet as a ZIP: numbered papers, the index, and a list that ``sha256sum -c`` reads.

    :param out: where to; it is given back standing at its beginning.
    """
    sums, rows, number = [], [], 0
    moment = now().timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for place in packet(filing):
            if place.is_missing:
                rows.append(f"缺\t{place.label}")
            for entry in place.entries:
                number += 1
                name = safe_name(f"{number:02d}_{entry.version.name}")
                digest = _copy(archive, name, entry.version.blob.digest, moment)
                sums.append(f"{digest}  {name}")
                pages = f"{entry.pages}页" if entry.pages else "—"
                rows.append(
                    f"{number:02d}\t{place.label}\t{name}\t第{entry.version.number}版\t{pages}\t"
                    f"{entry.at:%Y-%m-%d}\t{digest}"
                )
        index = "\n".join([*_head(filing), "序号\t材料\t文件名\t版本\t页数\t日期\tSHA-256", *rows, ""])
        _text(archive, INDEX, "\ufeff" + index, moment)
        _text(archive, DIGESTS, "\n".join([*sums, ""]), moment)
    out.seek(0)
    return out


def _head(filing: Filing) -> list[str]:
    lines = [
        f"{filing.kind_of_filing.label}材料目录",
        f"报备对象：{filing.name_of_subject}",
        f"报送单位：{filing.organisation.name}",
        f"接受机关：{filing.recipient.name}",
        f"案卷号：{filing.number}",
    ]
    if filing.submitted_on:
        lines.append(f"报送日期：{filing.submitted_on:%Y-%m-%d}")
    if filing.receipt_number:
        lines.append(f"备案号：{filing.receipt_number}")
    return [*lines, ""]


def _copy(archive: zipfile.ZipFile, name: str, digest: str, moment) -> str:
    """Stream one paper into the packet and digest exactly what went in."""
    running = hashlib.sha256()
    with storage.open_blob(digest) as source, archive.open(zipfile.ZipInfo(name, moment), "w", force_zip64=True) as to:
        while chunk := source.read(CHUNK):
            running.update(chunk)
            to.write(chunk)
    return running.hexdigest()


def _text(archive: zipfile.ZipFile, name: str, text: str, moment) -> None:
    archive.writestr(zipfile.ZipInfo(name, moment), text.encode())
