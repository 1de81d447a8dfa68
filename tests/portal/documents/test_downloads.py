"""A paper leaves the house only through the permission check, harmless to the browser, and on record."""

import hashlib

import pytest
from django.urls import reverse

from portal.audit.models import AuditEntry
from portal.documents.attach import attach, remove
from tests.portal.documents import specimens as make
from tests.portal.documents.conftest import person_of


@pytest.fixture
def version(case_file, clerk, upload):
    return attach(case_file, "draft", upload("送审稿 (终).pdf", make.pdf("Hello", "World")), clerk)


def address(version, view="download", **more):
    words = {"public_id": version.document.public_id, "number": version.number} | more
    return reverse(f"documents:{view}", kwargs=words)


def copy_of(version):
    return address(version, name=version.name)


def test_the_clerk_of_the_town_gets_the_very_bytes_as_an_attachment(client, clerk, version):
    client.force_login(clerk)
    response = client.get(copy_of(version))
    assert response.status_code == 200
    assert hashlib.sha256(b"".join(response.streaming_content)).hexdigest() == version.blob.digest
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(version.blob.size)
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E9%80%81%E5%AE%A1%E7%A8%BF%20%28%E7%BB%88%29.pdf"
    )
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_a_copy_taken_is_on_record(client, clerk, version):
    client.force_login(clerk)
    client.head(copy_of(version))
    assert not AuditEntry.objects.filter(verb="document.downloaded").exists()
    client.get(copy_of(version))
    entry = AuditEntry.objects.get(verb="document.downloaded")
    assert (entry.person, entry.file_id) == (clerk, version.document.file_id)
    assert entry.payload["digest"] == version.blob.digest


@pytest.mark.parametrize("page", ["download", "preview", "page_image"])
def test_for_a_clerk_of_another_town_the_paper_does_not_exist(client, stranger, version, page):
    client.force_login(stranger)
    more = {"download": {"name": version.name}, "page_image": {"page": 1}}.get(page, {})
    assert client.get(address(version, page, **more)).status_code == 404
    assert not AuditEntry.objects.filter(verb__in=["document.downloaded", "document.viewed"]).exists()


def test_for_an_administrator_the_paper_does_not_exist(client, town, version):
    client.force_login(person_of(town, "admin", "system_administrator"))
    assert client.get(copy_of(version)).status_code == 404


def test_a_person_who_has_not_signed_in_is_asked_to(client, version):
    for url in (copy_of(version), address(version, "preview"), address(version, "page_image", page=1)):
        assert client.get(url).status_code == 302


def test_a_wrong_name_version_or_number_is_not_found(client, clerk, version):
    client.force_login(clerk)
    assert client.get(address(version, name="发票.exe")).status_code == 404
    assert client.get(address(version, number=2, name=version.name)).status_code == 404
    assert client.get(address(version, number=10**30, name=version.name)).status_code == 404
    assert client.get(address(version, "page_image", page=3)).status_code == 404
    assert client.get(address(version, "page_image", page=0)).status_code == 404


def test_a_withdrawn_paper_is_not_handed_out(client, clerk, version):
    remove(version.document, clerk, "交错了")
    client.force_login(clerk)
    assert client.get(copy_of(version)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_papers_are_only_read_here(client, clerk, version, method):
    client.force_login(clerk)
    assert getattr(client, method)(copy_of(version)).status_code == 405


def test_behind_a_proxy_the_proxy_sends_the_bytes(client, clerk, version, settings):
    settings.X_ACCEL_PREFIX = "/protected/"
    client.force_login(clerk)
    response = client.get(copy_of(version))
    digest = version.blob.digest
    assert response["X-Accel-Redirect"] == f"/protected/blobs/{digest[:2]}/{digest[2:4]}/{digest}"
    assert response.content == b""
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_name_cannot_break_out_of_the_header(client, clerk, case_file, upload):
    version = attach(case_file, "draft", upload('a";\r\nSet-Cookie: x=1;.txt', b"text"), clerk)
    client.force_login(clerk)
    response = client.get(copy_of(version))
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert response["Content-Disposition"].count('"') == 2


def test_a_page_shows_pictures_of_its_pages_and_the_text(client, clerk, version):
    client.force_login(clerk)
    page = client.get(address(version, "preview"))
    assert page.status_code == 200
    body = page.content.decode()
    assert "Hello" in body
    assert address(version, "page_image", page=2) in body
    assert "no-store" in page["Cache-Control"]
    assert AuditEntry.objects.filter(verb="document.viewed", person=clerk).count() == 1
    first = client.get(address(version, "page_image", page=1))
    assert first["Content-Type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    assert client.get(address(version, "page_image", page=1)).content == first.content


def test_many_pages_are_shown_in_portions(client, clerk, case_file, upload):
    version = attach(case_file, "draft", upload("长.pdf", make.pdf(*(["page"] * 45))), clerk)
    client.force_login(clerk)
    body = client.get(address(version, "preview") + "?from=21").content.decode()
    assert address(version, "page_image", page=21) in body
    assert address(version, "page_image", page=41) not in body
    assert "?from=1" in body
    assert "?from=41" in body
    for odd in ("0", "-5", "999", "x", "１", "9" * 400):
        assert client.get(address(version, "preview"), {"from": odd}).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("公文.ofd", make.ofd, "不能在线预览"),
        ("说明.docx", lambda: make.word("起草说明正文"), "起草说明正文"),
        ("扫描.pdf", lambda: make.pdf(""), "没有文字层"),
        ("笔录.txt", lambda: b"<script>alert(1)".rjust(40, b"."), "&lt;script&gt;alert(1)"),
        ("现场.jpg", make.photograph_with_place, "第 1 页"),
    ],
)
def test_each_format_has_its_preview(client, clerk, case_file, upload, name, content, words):
    version = attach(case_file, "draft", upload(name, content()), clerk)
    client.force_login(clerk)
    assert words in client.get(address(version, "preview")).content.decode()


def test_the_picture_of_a_photograph_does_not_tell_where_it_was_taken(client, clerk, case_file, upload):
    version = attach(case_file, "photo", upload("现场.jpg", make.photograph_with_place()), clerk)
    client.force_login(clerk)
    shown = client.get(address(version, "page_image", page=1)).content
    assert b"SecretCamera" not in shown
    assert b"eXIf" not in shown
