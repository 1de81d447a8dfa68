"""Handing in a paper: the form, and the one function that pages call for it."""

from collections.abc import Callable, Iterable

from django import forms
from django.conf import settings
from django.core.files import File
from django.http import HttpRequest

from portal.accounts.models import Person
from portal.casefiles.models import CaseFile
from portal.documents import intake, kinds
from portal.documents.attach import attach
from portal.documents.models import DocumentVersion
from portal.documents.refusals import FileRefused
from portal.documents.slots import PaperSlot
from portal.documents.uploads import OVERSIZED


class CheckedFileField(forms.FileField):
    """A file input that tells accepted formats and size before choosing."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "选择文件")
        kwargs.setdefault("max_length", None)
        super().__init__(**kwargs)
        self.error_messages["required"] = "请选择要提交的文件。"
        # A file of no bytes is refused by intake, in the same words everywhere.
        self.allow_empty_file = True

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": kinds.ACCEPT}


class UploadForm(forms.Form):
    """Asks for a file, the slot it belongs in and, if wished, a title of its own."""

    slot = forms.ChoiceField(label="材料类别")
    title = forms.CharField(
        label="材料名称",
        max_length=200,
        required=False,
        help_text="同类材料有多份时填写，以便区分；再次提交同名材料即为新版本。",
    )
    upload = CheckedFileField()

    def __init__(self, *args, slots: Iterable[PaperSlot], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(slot.code, slot.label) for slot in slots]
        limit = intake.megabytes(settings.UPLOAD_MAX_BYTES)
        self.fields[
            "upload"
        ].help_text = f"可提交 {kinds.ACCEPTED_LABEL}，每个不超过 {limit}。本平台不得存储、处理、传输国家秘密。"


def handle_upload(
    request: HttpRequest,
    file: CaseFile,
    slots: Iterable[PaperSlot],
    take: Callable[[CaseFile, str, File, Person, str], DocumentVersion] = attach,
) -> tuple[UploadForm, DocumentVersion | None]:
    """The form of a page and, after a successful POST, the version that came of it.

    Without a POST the form is empty; after a refusal it carries the reason beside the file input and no version. The
    caller has already asked whether the person may hand in papers for this file; ``take`` puts the paper in, and a
    refusal of its own that is no FileRefused is the caller's to show.
    """
    slots = tuple(slots)
    if request.method != "POST":
        return UploadForm(slots=slots), None
    form = UploadForm(request.POST, request.FILES, slots=slots)
    if form.add_prefix("upload") in request.META.get(OVERSIZED, ()):
        form.errors.pop("upload", None)
        form.add_error("upload", intake.too_large().reason)
    if not form.is_valid():
        return form, None
    answers = form.cleaned_data
    try:
        version = take(file, answers["slot"], answers["upload"], request.user, answers["title"])
    except FileRefused as refusal:
        form.add_error("upload", refusal.reason)
        return form, None
    return form, version
