"""The form in which a paper goes out: nothing of the original but what was read, checked and kept.

A PDF in which nothing is hidden goes out itself, without author, comments and earlier versions; a picture without
place and device. Whatever has marks, and every DOCX, XLSX and TXT (headers, comments and hidden cells are not in
the text that was checked), is set anew from the masked text.
"""

import io

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from portal.documents import digests, kinds, storage
from portal.documents.content import images
from portal.documents.models import Blob, DocumentVersion
from portal.documents.names import safe_name
from portal.documents.refusals import FileRefused
from portal.documents.rendering import Layout, MissingCharacters, OfficialPaper, parse_blocks, render_pdf
from portal.publishing.models import ReviewedPaper
from portal.publishing.refusals import CopyRefused
from portal.publishing.source import Paper

_TRACES_OF_DOCUMENT = ("/Metadata", "/Names", "/OpenAction", "/AA", "/PieceInfo", "/AcroForm", "/Collection")
_TRACES_OF_PAGE = ("/Metadata", "/AA", "/PieceInfo", "/Thumb")
_LINK = "/Link"


def form_of(version: DocumentVersion, *, label: str, name: str, has_marks: bool) -> tuple[str, bool]:
    """The name under which a paper goes out, and whether it is set anew from its masked text.

    :param name: the file name after masking.
    :raises CopyRefused: it cannot be given out, with what to do instead.
    """
    kind = version.kind
    if kind is kinds.OFD:
        raise CopyRefused(f"“{label}”是 OFD 文件，无法核查其中的文字，不能随文公开；请另附 PDF。")
    if kind in (kinds.PNG, kinds.JPEG) or (kind is kinds.PDF and not has_marks):
        return name, False
    stem = name.rpartition(".")[0] or name
    return safe_name(f"{stem}.pdf"), True


def kind_of(paper: ReviewedPaper) -> kinds.FileKind:
    """The kind of file that goes out for a paper."""
    return kinds.PDF if paper.is_set_anew else paper.version.kind


def content_of(paper: ReviewedPaper, parts: dict[str, str]) -> bytes:
    """The bytes that may leave for a paper. Setting a long text takes seconds: only the worker does this.

    :param parts: the masked texts of the reviewed copy by part code.
    :raises CopyRefused: it cannot be given out, with what to do instead.
    """
    if paper.is_set_anew:
        return _set_anew(paper.label, parts.get(Paper(paper.version, paper.label).code, ""))
    if paper.version.kind is kinds.PDF:
        return _cleaned_pdf(paper.version, paper.label)
    return _picture(paper.version, paper.label)


def keep(content: bytes, content_type: str) -> Blob:
    """Store the bytes of a rendition by their digest."""
    running = digests.new()
    running.update(content)
    digest = running.hexdigest()
    with storage.incoming() as file:
        file.write(content)
        storage.keep(file, digest)
    return Blob.objects.kept(digest, len(content), content_type)


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


def paper_of(label: str, text: str) -> OfficialPaper:
    """The paper on which a masked text is set anew."""
    return OfficialPaper(kind="", layout=Layout.PLAIN, title=label, body=parse_blocks(text))


def _set_anew(label: str, text: str) -> bytes:
    try:
        return render_pdf(paper_of(label, text))
    except MissingCharacters as missing:
        raise CopyRefused(f"“{label}”含有本机字体没有的字：{missing}") from missing
