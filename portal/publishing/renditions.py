"""The form in which a paper goes out: nothing of the original but what was read, checked and kept.

A PDF in which nothing is hidden goes out itself, without author, comments and earlier versions; a picture without
place and device. Whatever has marks, and every DOCX, XLSX and TXT (headers, comments and hidden cells are not in
the text that was checked), is set anew from the masked text.
"""

import io
from dataclasses import dataclass

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from portal.documents import digests, kinds, storage
from portal.documents.content import images
from portal.documents.models import Blob, DocumentVersion
from portal.documents.names import safe_name
from portal.documents.refusals import FileRefused
from portal.documents.rendering import Layout, MissingCharacters, OfficialPaper, parse_blocks, render_pdf
from portal.publishing.refusals import CopyRefused

_TRACES_OF_DOCUMENT = ("/Metadata", "/Names", "/OpenAction", "/AA", "/PieceInfo", "/AcroForm", "/Collection")
_TRACES_OF_PAGE = ("/Metadata", "/AA", "/PieceInfo", "/Thumb")
_LINK = "/Link"


@dataclass(frozen=True)
class Rendition:
    """Bytes that may leave, and the name they leave under."""

    name: str
    content: bytes
    content_type: str
    is_set_anew: bool


def rendition(version: DocumentVersion, *, label: str, name: str, text: str, has_marks: bool) -> Rendition:
    """The public form of a paper.

    :param name: the file name after masking.
    :param text: the masked text; empty for what has none.
    :raises CopyRefused: it cannot be given out, with what to do instead.
    """
    kind = version.kind
    if kind is kinds.OFD:
        raise CopyRefused(f"“{label}”是 OFD 文件，无法核查其中的文字，不能随文公开；请另附 PDF。")
    if kind in (kinds.PNG, kinds.JPEG):
        return Rendition(name, _picture(version, label), kind.content_type, is_set_anew=False)
    if kind is kinds.PDF and not has_marks:
        return Rendition(name, _cleaned_pdf(version, label), kind.content_type, is_set_anew=False)
    stem = name.rpartition(".")[0] or name
    return Rendition(safe_name(f"{stem}.pdf"), _set_anew(label, text), kinds.PDF.content_type, is_set_anew=True)


def keep(given: Rendition) -> Blob:
    """Store the bytes of a rendition by their digest."""
    running = digests.new()
    running.update(given.content)
    digest = running.hexdigest()
    with storage.incoming() as file:
        file.write(given.content)
        storage.keep(file, digest)
    blob, _ = Blob.objects.get_or_create(
        digest=digest, defaults={"size": len(given.content), "content_type": given.content_type}
    )
    return blob


def _bytes(version: DocumentVersion, label: str) -> bytes:
    try:
        with storage.open_blob(version.blob.digest) as blob:
            return blob.read()
    except FileNotFoundError as missing:
        raise CopyRefused(f"“{label}”的文件不在存储中，请联系系统管理员。") from missing


def _picture(version: DocumentVersion, label: str) -> bytes:
    try:
        return images.without_metadata(_bytes(version, label), version.kind)
    except FileRefused as refusal:
        raise CopyRefused(f"“{label}”：{refusal.reason}") from refusal


def _cleaned_pdf(version: DocumentVersion, label: str) -> bytes:
    """Rewritten from its pages: earlier versions of the file, its author and its notes stay behind."""
    try:
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(_bytes(version, label))))
        writer.metadata = None
        for trace in _TRACES_OF_DOCUMENT:
            writer.root_object.pop(trace, None)
        for page in writer.pages:
            _clean_page(page)
        writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, RecursionError) as unreadable:
        raise CopyRefused(f"“{label}”无法清除文件属性，请重新导出 PDF 后提交。") from unreadable
    return out.getvalue()


def _clean_page(page: DictionaryObject) -> None:
    for trace in _TRACES_OF_PAGE:
        page.pop(trace, None)
    if "/Annots" in page:
        links = [note for note in page["/Annots"] if note.get_object().get("/Subtype") == _LINK]
        page[NameObject("/Annots")] = ArrayObject(links)


def _set_anew(label: str, text: str) -> bytes:
    try:
        return render_pdf(OfficialPaper(kind="", layout=Layout.PLAIN, title=label, body=parse_blocks(text)))
    except MissingCharacters as missing:
        raise CopyRefused(f"“{label}”含有本机字体没有的字：{missing}") from missing
