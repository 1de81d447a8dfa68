"""Handing in a paper: versions in order, bytes once, every act recorded, nothing ever lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from portal.audit.models import AuditEntry
from portal.casefiles.models import CaseFile
from portal.documents import storage
from portal.documents.attach import attach, attach_version, remove
from portal.documents.models import Blob, Document
from portal.documents.refusals import FileClosed, FileRefused
from portal.documents.tasks import extract, sweep_blobs, verify_blobs
from portal.jobs import queue
from portal.jobs.models import Job
from tests.portal.documents import specimens as make
from tests.portal.documents.conftest import file_of


def verbs_of(file):
    return list(AuditEntry.objects.filter(file_id=file.pk).order_by("sequence").values_list("verb", flat=True))


def test_the_first_upload_opens_the_paper_and_the_next_is_its_second_version(case_file, clerk, upload):
    first = attach(case_file, "draft", upload("送审稿.docx", make.word("第一稿")), clerk)
    second = attach(case_file, "draft", upload("送审稿.docx", make.word("第二稿")), clerk)
    assert first.document == second.document
    assert (first.number, second.number) == (1, 2)
    assert second.text == "第二稿"
    assert second.has_text_layer
    assert second.document.current == second
    assert verbs_of(case_file) == ["document.attached", "document.attached"]


def test_two_titles_in_one_slot_are_two_papers(case_file, clerk, upload):
    one = attach(case_file, "evidence", upload("a.txt", b"one"), clerk, title="笔录一")
    two = attach(case_file, "evidence", upload("b.txt", b"two"), clerk, title="笔录二")
    assert one.document != two.document
    assert (one.number, two.number) == (1, 1)


def test_the_same_bytes_sent_twice_change_nothing(case_file, clerk, upload):
    first = attach(case_file, "draft", upload("a.txt", b"same"), clerk)
    again = attach(case_file, "draft", upload("a.txt", b"same"), clerk)
    assert again == first
    assert verbs_of(case_file) == ["document.attached"]


def test_the_same_bytes_in_two_papers_are_stored_once(case_file, clerk, upload):
    one = attach(case_file, "draft", upload("a.txt", b"same"), clerk)
    two = attach(case_file, "basis", upload("b.txt", b"same"), clerk)
    assert one.blob == two.blob
    assert Blob.objects.count() == 1


def test_a_paper_of_one_file_is_filed_in_another_with_its_text_and_the_same_bytes(town, case_file, clerk, upload):
    original = attach(case_file, "final", upload("办法.docx", make.word("第一条")), clerk)
    attach(case_file, "final", upload("办法.docx", make.word("第二条")), clerk)
    filing = file_of(town, clerk, disclosure="on_request", disclosure_reason="报备过程材料")
    filed = attach_version(filing, "filed_text", original, clerk)
    assert attach_version(filing, "filed_text", original, clerk) == filed
    assert (filed.number, filed.blob, filed.text) == (1, original.blob, "第一条")
    assert filed.document.file_id == filing.pk
    assert filed.document.disclosure == "on_request"
    assert verbs_of(filing) == ["document.attached"]


def test_a_paper_takes_the_disclosure_of_its_file(case_file, clerk, upload):
    version = attach(case_file, "draft", upload("a.txt", b"text"), clerk)
    assert version.document.disclosure == case_file.disclosure


def test_a_scanned_pdf_is_accepted_with_a_warning(case_file, clerk, upload):
    version = attach(case_file, "draft", upload("扫描件.pdf", make.pdf("")), clerk)
    assert version.has_text_layer is False
    assert "没有文字层" in version.warning
    assert attach(case_file, "basis", upload("a.pdf", make.pdf("text")), clerk).warning == ""


def test_a_refused_file_is_recorded_and_leaves_nothing(case_file, clerk, upload, media_folder):
    with pytest.raises(FileRefused):
        attach(case_file, "draft", upload("张三的材料.pdf", b"<html>"), clerk)
    entry = AuditEntry.objects.get(file_id=case_file.pk)
    assert entry.verb == "document.refused"
    assert entry.payload == {"slot": "draft", "code": "content_mismatch"}
    assert "张三" not in entry.summary
    assert not Document.objects.exists()
    assert not list(media_folder.glob("blobs/*/*/*"))


def test_nothing_enters_or_leaves_a_closed_file(case_file, clerk, upload):
    version = attach(case_file, "draft", upload("a.txt", b"text"), clerk)
    CaseFile.objects.filter(pk=case_file.pk).update(closed_on=case_file.opened_on)
    with pytest.raises(FileClosed):
        attach(case_file, "draft", upload("a.txt", b"other"), clerk)
    with pytest.raises(FileClosed):
        remove(version.document, clerk, "交错了")
    assert version.document.versions.count() == 1


def test_a_withdrawn_paper_stays_and_its_place_is_free_again(case_file, clerk, upload):
    old = attach(case_file, "draft", upload("a.txt", b"wrong"), clerk)
    remove(old.document, clerk, "交错案卷")
    new = attach(case_file, "draft", upload("a.txt", b"right"), clerk)
    assert new.document != old.document
    kept = Document.objects.get(pk=old.document_id)
    assert (kept.removal_reason, kept.removed_by) == ("交错案卷", clerk)
    assert storage.is_intact(old.blob.digest)
    assert verbs_of(case_file)[1] == "document.removed"


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdrawing_needs_a_reason(case_file, clerk, upload, reason):
    version = attach(case_file, "draft", upload("a.txt", b"text"), clerk)
    with pytest.raises(ValueError, match="理由"):
        remove(version.document, clerk, reason)
    remove(version.document, clerk, "交错案卷")
    with pytest.raises(ValueError, match="已经撤下"):
        remove(version.document, clerk, "再撤一次")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM documents_documentversion",
        "DELETE FROM documents_document",
        "DELETE FROM documents_blob",
        "UPDATE documents_blob SET size = 1",
        "UPDATE documents_documentversion SET name = 'other.txt'",
        "UPDATE documents_document SET slot = 'other'",
    ],
)
def test_the_database_refuses_to_lose_or_alter_papers(case_file, clerk, upload, statement):
    attach(case_file, "draft", upload("a.txt", b"text"), clerk)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        {"disclosure": "withheld", "disclosure_reason": ""},
        {"removal_reason": "没有撤下却有理由"},
    ],
)
def test_the_database_refuses_papers_without_their_reasons(case_file, clerk, upload, change):
    version = attach(case_file, "draft", upload("a.txt", b"text"), clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=version.document_id).update(**change)


def at_once(count, act):
    """Runs `act(index)` in `count` threads that start together; returns the results, raises what they raise."""
    start = threading.Barrier(count)

    def one(index):
        start.wait()
        try:
            return act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_twenty_uploads_at_once_get_twenty_numbers(case_file, clerk, upload):
    def hand_in(index):
        return attach(case_file, "draft", upload("a.txt", f"text {index}".encode()), clerk).number

    assert sorted(at_once(20, hand_in)) == list(range(1, 21))
    assert Document.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_from_many_hands_at_once_are_one_blob(case_file, clerk, upload):
    def hand_in(index):
        return attach(case_file, f"slot{index}", upload("a.txt", b"same"), clerk).blob_id

    assert len(set(at_once(8, hand_in))) == 1
    assert Blob.objects.count() == 1


def test_a_large_file_is_read_by_a_job_and_reading_twice_changes_nothing(case_file, clerk, upload):
    content = ("防汛值班记录\n" * 80_000).encode()
    version = attach(case_file, "log", upload("记录.txt", content), clerk)
    assert version.read_at is None
    waiting = Job.objects.get(kind="documents.extract")
    done = queue.run(waiting.pk)
    assert done.state == Job.State.DONE, done.message
    version.refresh_from_db()
    assert version.text.startswith("防汛值班记录")
    assert len(version.text.encode()) <= 1024 * 1024
    before = version.text
    extract(version.pk)
    version.refresh_from_db()
    assert version.text == before


def test_the_daily_rounds_leave_papers_alone_and_report_forged_bytes(case_file, clerk, upload):
    version = attach(case_file, "draft", upload("a.txt", b"text"), clerk)
    assert sweep_blobs() == 0
    assert verify_blobs() == []
    place = storage.path_of(version.blob.digest)
    place.chmod(0o600)
    place.write_bytes(b"forged")
    assert verify_blobs() == [version.blob.digest]
