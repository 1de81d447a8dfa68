"""What the folder of a kind of file must hold, declared by its app; the portal knows no procedure's words.

DA/T 22-2015 (归档文件整理规则); 机关文件材料归档范围和文书档案保管期限规定 art. 10: drafts stay with the final paper.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from portal.documents.models import DocumentVersion
from portal.documents.records import Record
from portal.documents.slots import always


@dataclass(frozen=True)
class Piece:
    """One thing in the folder: a stored version of a paper, or a record of the portal written out as text.

    ``content`` gives the bytes of what is no stored version; ``name`` is its file name with extension.
    """

    title: str
    name: str
    at: date | None = None
    who: str = ""
    version: DocumentVersion | None = None
    content: Callable[[], bytes] | None = None

    @property
    def pages(self) -> int | None:
        return self.version.page_count if self.version else None


def paper(version: DocumentVersion) -> Piece:
    """A stored paper as it lies in a file, told apart by its version."""
    again = f"（第{version.number}版）" if version.number > 1 else ""
    who = version.uploaded_by.full_name if version.uploaded_by else "系统"
    return Piece(f"{version.document.label}{again}", version.name, version.uploaded_at.date(), who, version)


def record_piece(record: Record) -> Piece:
    """A record of the portal (opinions and answers, a conclusion) as a text in the folder."""
    name = f"{record.title}.{record.ending}"
    return Piece(record.title, name, record.at, record.who, content=lambda: ("\ufeff" + record.text()).encode())


def record_pieces(*tellers: Callable[[Any], Iterable[Record]]) -> Callable[[Any], Iterator[Piece]]:
    """For ``find``: everything that these tell of a file."""

    def find(file) -> Iterator[Piece]:
        for tell in tellers:
            for record in tell(file):
                yield record_piece(record)

    return find


@dataclass(frozen=True)
class DossierItem:
    """One line of the checklist. ``needed`` and ``find`` judge by the facts of the file.

    ``slots`` are places for papers in the file itself; ``find`` brings what lies elsewhere. ``remedy`` names the page
    on which what is missing comes about (as a gate's does); without it, the first slot among the file's papers.
    """

    code: str
    label: str
    basis: str = ""
    slots: tuple[str, ...] = ()
    needed: Callable[[Any], bool] = always
    find: Callable[[Any], Iterable[Piece]] = lambda file: ()
    not_needed: str = "不需要"
    remedy: str = ""

    @property
    def place(self) -> str:
        """Where what is missing is put, as the remedy of a gate says it; empty where there is no such page."""
        return self.remedy or (f"inside:papers#{self.slots[0]}" if self.slots else "")


@dataclass(frozen=True)
class Dossier:
    """The checklist of one kind of file (workflow code), and the facts that describe the folder.

    ``may_be_sealed`` says why the folder can't be sealed yet whatever it holds, in Chinese; empty when it can.
    ``retention`` is how long it is kept (机关文件材料归档范围和文书档案保管期限规定), ``mark`` the short word for it.
    """

    kind: str
    items: tuple[DossierItem, ...]
    facts: Callable[[Any], dict[str, str]] = lambda file: {}
    may_be_sealed: Callable[[Any], str] = lambda file: ""
    retention: str = "永久"
    mark: str = "Y"


@dataclass
class Part:
    """One line of the checklist for one file, with what was found."""

    code: str
    label: str
    basis: str = ""
    is_needed: bool = False
    not_needed: str = ""
    place: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        return self.is_needed and not self.pieces


_dossiers: dict[str, Dossier] = {}


def register(dossier: Dossier) -> Dossier:
    """Declare what the folder of a kind holds. :raises ValueError: the kind has a list already."""
    if _dossiers.setdefault(dossier.kind, dossier) is not dossier:
        raise ValueError(f"the dossier of {dossier.kind} is declared twice")
    return dossier


def extend(kind: str, *items: DossierItem) -> None:
    """Add lines to the list of a kind, for rooms that bring papers of their own. :raises KeyError: it has no list."""
    known = _dossiers[kind]
    new = tuple(item for item in items if item not in known.items)
    _dossiers[kind] = replace(known, items=(*known.items, *new))


def dossier_of(kind: str) -> Dossier:
    """The declared list of a kind. :raises KeyError: it has none."""
    return _dossiers[kind]


def has_dossier(kind: str) -> bool:
    return kind in _dossiers


def facts_of(file) -> dict[str, str]:
    """What describes the folder: the file's own particulars, then those its kind declares."""
    own = {
        "案卷号": file.number,
        "题名": file.title,
        "类别": file.workflow.label,
        "责任单位": file.organisation.name,
        "承办单位": file.handling_unit.name if file.handling_unit else "",
        "立卷日期": f"{file.opened_on:%Y-%m-%d}",
        "办结日期": f"{file.closed_on:%Y-%m-%d}" if file.closed_on else "",
        "环节": file.stage_label,
        "公开属性": file.get_disclosure_display(),
    }
    return own | _dossiers[file.kind].facts(file)


def parts_of(file) -> list[Part]:
    """The checklist of a file, line by line; papers that no line asks for come last."""
    lying = _papers_by_slot(file)
    parts = []
    for item in _dossiers[file.kind].items:
        pieces = [paper(version) for slot in item.slots for version in lying.pop(slot, ())]
        pieces += item.find(file)
        parts.append(
            Part(
                item.code, item.label, item.basis, item.needed(file), item.not_needed, item.place, pieces
            )
        )  # fmt: skip
    rest = [paper(version) for versions in lying.values() for version in versions]
    if rest:
        parts.append(Part("other", "其他材料", pieces=rest))
    return parts


def missing(parts: Iterable[Part]) -> list[str]:
    """What the folder lacks, by name."""
    return [part.label for part in parts if part.is_missing]


def _papers_by_slot(file) -> dict[str, list[DocumentVersion]]:
    """Every version of every paper of the file that was not withdrawn, oldest first, by slot."""
    versions = (
        DocumentVersion.objects.filter(document__file_id=file.pk, document__removed_at__isnull=True)
        .select_related("document", "blob", "uploaded_by")
        .defer("text")
        .order_by("document_id", "number")
    )
    found: dict[str, list[DocumentVersion]] = {}
    for version in versions:
        found.setdefault(version.document.slot, []).append(version)
    return found
