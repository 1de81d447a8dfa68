"""The upload form: what a page shows before, after a refusal, and after an upload."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.test import RequestFactory

from portal.documents.forms import handle_upload
from portal.documents.models import DocumentVersion
from portal.documents.papers import PaperSlot
from portal.documents.uploads import OVERSIZED, SizeLimitHandler
from tests.portal.documents import specimens as make

SLOTS = (PaperSlot("form.draft", "送审稿", "试行办法第五条"), PaperSlot("form.notes", "起草说明", "试行办法第五条"))


@pytest.fixture
def posted(clerk, settings):
    """Sends the form as a browser would, through the handlers that the settings name."""
    settings.FILE_UPLOAD_HANDLERS = [
        "portal.documents.uploads.SizeLimitHandler",
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]

    def send(name="稿.pdf", content=None, **fields):
        answers = {"slot": "form.draft"} | fields
        if name:
            answers["upload"] = SimpleUploadedFile(name, make.pdf() if content is None else content)
        request = RequestFactory().post("/", answers)
        request.user = clerk
        return request

    return send


def test_the_form_tells_formats_size_and_the_ban_on_secrets_beforehand(case_file, clerk):
    request = RequestFactory().get("/")
    request.user = clerk
    form, version = handle_upload(request, case_file, SLOTS)
    assert version is None
    assert not form.is_bound
    assert "50 MB" in form.fields["upload"].help_text
    assert "国家秘密" in form.fields["upload"].help_text
    assert 'accept=".pdf,.docx' in str(form["upload"])


def test_an_upload_becomes_a_version(case_file, posted):
    form, version = handle_upload(posted(title="第一稿"), case_file, SLOTS)
    assert form.is_valid()
    assert (version.document.title, version.document.slot, version.number) == ("第一稿", "form.draft", 1)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": ""}, "upload", "请选择要提交的文件"),
        ({"content": b""}, "upload", "文件是空的"),
        ({"name": "a.exe"}, "upload", "不接收"),
        ({"content": b"<html>"}, "upload", "不要只改扩展名"),
        ({"slot": "form.other"}, "slot", "form.other"),
    ],
)
def test_a_refusal_stands_beside_its_field(case_file, posted, fields, field, words):
    form, version = handle_upload(posted(**fields), case_file, SLOTS)
    assert version is None
    assert words in "".join(form.errors[field])
    assert not DocumentVersion.objects.exists()


def test_a_file_above_the_limit_is_dropped_while_it_streams_and_the_form_says_so(case_file, posted, settings):
    settings.UPLOAD_MAX_BYTES = 300_000
    request = posted(content=make.pdf() + b" " * 400_000)
    form, version = handle_upload(request, case_file, SLOTS)
    assert version is None
    assert request.FILES == {}
    assert form.errors["upload"] == ["文件超过 0.3 MB，不接收。请压缩图片、降低扫描分辨率或拆分后上传。"]


def test_the_handler_passes_what_is_within_the_limit(settings):
    settings.UPLOAD_MAX_BYTES = 10
    request = RequestFactory().post("/")
    handler = SizeLimitHandler(request)
    handler.new_file("upload", "a.pdf", "application/pdf", None)
    assert handler.receive_data_chunk(b"12345", 0) == b"12345"
    assert handler.receive_data_chunk(b"67890", 5) == b"67890"
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"1", 10)
    assert request.META[OVERSIZED] == {"upload"}
