"""What of a file is up for publication, part by part, and the digest that tells when it changed."""

import hashlib
import json
from dataclasses import dataclass

from portal.casefiles.models import Disclosure
from portal.documents import kinds, text
from portal.documents.models import DocumentVersion
from portal.publishing import redaction
from portal.publishing.faces import PublicFace, as_text, face_of
from portal.publishing.refusals import NothingPublic

WHOLE_TEXT_BYTES = text.MAX_BYTES - 4
"""A text of this length may have been cut off when it was read; what was cut off nobody has checked."""


@dataclass(frozen=True)
class Part:
    """One text of the file: its code, its name on the page, the text, and the masking rule of a structured field."""

    code: str
    label: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper up for publication, by its newest version.

    Its codes name the parts that hold its label, file name and text.
    """

    version: DocumentVersion
    label: str

    @property
    def code(self) -> str:
        return f"paper:{self.version.document.public_id}"

    @property
    def name_code(self) -> str:
        return f"name:{self.version.document.public_id}"

    @property
    def label_code(self) -> str:
        return f"label:{self.version.document.public_id}"

    @property
    def can_be_read(self) -> bool:
        """Whether its text can be checked by rules; a scan or picture is checked by eye alone."""
        content = self.version.text
        return self.version.kind.has_text and bool(content) and len(content.encode()) < WHOLE_TEXT_BYTES

    @property
    def can_be_cleaned(self) -> bool:
        """An OFD keeps traces that cannot be taken out here."""
        return self.version.kind is not kinds.OFD


@dataclass(frozen=True)
class Source:
    """The public content of a file as it stands, unmasked. Never leaves the inside."""

    face: PublicFace
    parts: tuple[Part, ...]
    papers: tuple[Paper, ...]
    names: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Changes when any text, the bytes of any paper or the choice of papers changes."""
        content = [
            [(part.code, part.label, part.text) for part in self.parts],
            [(paper.code, paper.version.blob.digest) for paper in self.papers],
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def part(self, code: str) -> Part:
        """:raises KeyError: no such part."""
        for part in self.parts:
            if part.code == code:
                return part
        raise KeyError(code)

    def proposals(self) -> list[tuple[str, redaction.Mark]]:
        """(part code, mark) for all that the rules find, in the order of the page."""
        found = []
        for part in self.parts:
            marks = redaction.propose(part.text, self.names)
            if part.kind:
                marks = redaction.whole(part.kind, part.text)
            found += [(part.code, mark) for mark in marks]
        return found


def source_of(file) -> Source:
    """The declared public content of a file.

    :param file: the file as its own kind.
    :raises NothingPublic: no face is declared for this kind.
    """
    face = face_of(file.kind)
    if face is None:
        raise NothingPublic
    parts = [Part("title", "标题", face.title(file)), Part("number", "文号", face.number(file) or "")]
    for index, field in enumerate(face.public_fields()):
        parts.append(Part(f"field:{index}", field.label, as_text(field.value(file)), field.kind))
    parts.append(Part("text", "正文", face.text(file)))
    papers = tuple(_papers(file, face))
    for paper in papers:
        parts.append(Part(paper.label_code, f"{paper.label}（附件名称）", paper.label))
        parts.append(Part(paper.name_code, f"{paper.label}（文件名）", paper.version.name))
        if paper.can_be_read:
            parts.append(Part(paper.code, f"{paper.label}（附件文字）", paper.version.text))
    return Source(face, tuple(parts), papers, tuple(face.names(file)))


def _papers(file, face: PublicFace):
    versions = (
        DocumentVersion.objects.filter(
            document__file_id=file.pk,
            document__slot__in=face.papers,
            document__removed_at__isnull=True,
            document__disclosure=Disclosure.PROACTIVE,
        )
        .order_by("document_id", "-number")
        .distinct("document_id")
        .select_related("document", "blob")
    )
    return sorted(
        (Paper(version, version.document.label) for version in versions),
        key=lambda paper: (face.papers.index(paper.version.document.slot), paper.version.document_id),
    )
