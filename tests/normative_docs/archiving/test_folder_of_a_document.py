"""The folder of a document: what it must hold by its facts, what is missing, and a packet that checks itself."""

import csv
import io
import json
import subprocess
import zipfile

import pytest
from django.urls import reverse

from normative_docs.demo import texts
from portal.consultation.models import PublicComment
from portal.documents import storage
from portal.dossiers.dossier import missing, parts_of
from portal.dossiers.making import ask_for_export
from portal.dossiers.models import DossierExport, SealedDossier
from portal.dossiers.sealing import ask_for_sealing, why_not
from portal.jobs import queue
from portal.jobs.models import Job
from portal.meetings.models import Meeting
from portal.meetings.printing import ask_for_minutes
from portal.workflow.refusals import NotAuthorised
from tests.normative_docs.scenarios import begin
from tests.portal.publishing import town

pytestmark = pytest.mark.django_db


def _walked(world, until):
    journey = begin(world)
    journey.walk(until, comments=texts.COMMENTS[:2])
    journey.document.refresh_from_db()
    return journey


def _parts(document):
    return {part.code: part for part in parts_of(document)}


def test_nothing_is_asked_before_it_is_reached(world):
    document = _walked(world, "open").document
    assert missing(parts_of(document)) == []
    assert not _parts(document)["drafts"].pieces


def test_what_was_passed_and_is_not_there_is_named(world):
    journey = _walked(world, "review")
    parts = _parts(journey.document)
    assert parts["drafts"].pieces
    assert parts["opinions"].pieces
    assert not parts["review"].is_needed
    existing = town.draft(world, disclosure="withheld", disclosure_reason="测试")
    existing = town.record(existing, world["lt_clerk"])
    assert missing(parts_of(existing)) == ["正式文本和公布文本"]


def test_a_filed_document_has_its_whole_way_in_the_folder(world):
    parts = _parts(_walked(world, "record").document)
    for code in ("drafts", "opinions", "review", "text", "filing"):
        assert parts[code].is_needed, code
        assert parts[code].pieces, code
    titles = [piece.title for part in parts.values() for piece in part.pieces]
    assert any(title.startswith("意见和采纳情况") for title in titles)
    assert any(title.startswith("公布文本") for title in titles)
    assert not parts["evaluation"].is_needed
    assert not parts["cleanup"].is_needed


def test_the_packet_checks_itself_with_sha256sum(world, tmp_path):
    journey = _walked(world, "record")
    with journey.on():
        job = queue.run(ask_for_export(journey.document, by=journey.cast.clerk).pk)
    assert job.state == "done", job.message
    made = DossierExport.objects.get()
    contacts = PublicComment.objects.values_list("contact", flat=True)
    with storage.open_blob(made.blob.digest) as stored, zipfile.ZipFile(stored) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
        index = list(csv.reader(io.StringIO(archive.read("卷内目录.csv").decode("utf-8-sig"))))
        facts = json.loads(archive.read("案卷信息.json"))
        opinions = next(name for name in names if name.endswith(".csv") and "意见和采纳情况" in name)
        assert all(contact not in archive.read(opinions).decode() for contact in contacts if contact)
        assert archive.read("卷内目录.pdf").startswith(b"%PDF")
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert len(index) == made.pieces + 1
    assert facts["案卷"]["发文字号"] == journey.document.document_number
    assert facts["缺少"] == made.missing == missing(parts_of(journey.document))


@pytest.mark.full
def test_the_folder_of_a_filed_document_is_sealed_as_that_of_a_decision(world):
    journey = _walked(world, "record")
    document = journey.document
    with journey.on():
        assert "会议纪要" in why_not(document)
        ask_for_minutes(Meeting.objects.get(items__file=document), by=journey.cast.clerk)
        for pk in list(queue.waiting().values_list("pk", flat=True)):  # the county's receipt too
            assert queue.run(pk).state == "done"
        job = queue.run(ask_for_sealing(document, by=journey.cast.clerk).pk)
    assert job.state == "done", job.message
    sealed = SealedDossier.objects.get(file_id=document.pk)
    assert "集体讨论记录" in "".join(line[1] for line in sealed.index)
    with storage.open_blob(sealed.packet.digest) as stored, zipfile.ZipFile(stored) as archive:
        assert {"卷宗.pdf", "说明.txt", "SHA256SUMS"} <= set(archive.namelist())


def test_people_see_the_list_and_take_the_packet_away(world, as_person):
    journey = _walked(world, "sign")
    url = reverse("dossiers:dossier", args=[journey.document.public_id])
    with journey.on():
        client = as_person("lt_clerk")
        assert url in client.get(reverse("inside:case", args=[journey.document.public_id])).content.decode()
        assert "归档清单" in client.get(url).content.decode()
        assert client.post(url).status_code == 302
        assert "等待中" in client.get(url).content.decode()
        queue.run(Job.objects.get(kind="dossiers.export").pk)
        made = DossierExport.objects.get()
        assert made.name in client.get(url).content.decode()
        download = reverse("dossiers:download", args=[journey.document.public_id, made.pk])
        assert b"".join(client.get(download).streaming_content)[:2] == b"PK"
        assert as_person("qh_clerk").get(url).status_code == 404
        assert as_person("lt_head").post(url).status_code == 403
        with pytest.raises(NotAuthorised):
            ask_for_export(journey.document, by=world["qh_clerk"])


def test_a_kind_without_a_list_has_no_such_page(world, as_person):
    journey = _walked(world, "publish")
    with journey.on():
        client = as_person("lt_clerk")
        assert client.get(reverse("dossiers:dossier", args=[journey.filing.public_id])).status_code == 404
