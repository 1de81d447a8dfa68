"""Papers go out as reviewed renditions: masked text set anew, no traces, and the original has no address."""

import io
import uuid

import pypdf
import pytest
from PIL import Image

from portal.documents.models import Document
from portal.publishing.copying import prepare_copy, review_copy
from portal.publishing.refusals import CopyRefused
from portal.publishing.register import publish
from portal.workflow.perform import perform
from tests.portal.documents import specimens
from tests.portal.publishing.town import ALL, SECRET_TEXT, draft, made, page, paper, record, reviewed

pytestmark = pytest.mark.django_db


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def text_of(pdf: bytes) -> str:
    return "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def go_public(world, document, **choices):
    reviewed(world, document, **choices)
    return publish(document, by=world["lt_clerk"])


def test_a_paper_with_marks_is_set_anew_and_nothing_hidden_is_in_its_text_layer(world, client):
    document = draft(world)
    paper(document, specimens.word(SECRET_TEXT), "李晓梅13800138000.docx", world["lt_clerk"])
    publication = go_public(world, document)
    response = page(client, publication, "files/1/")
    pdf = body(response)
    assert response["Content-Type"] == "application/pdf"
    said = text_of(pdf).replace("\n", "") + str(response["Content-Disposition"])
    assert "李某" in said
    for hidden in ("李晓梅：", "11010119900307721X", "13800138000", "三组15号"):
        assert hidden not in said
        assert hidden.encode() not in pdf


def test_a_pdf_without_marks_goes_out_itself_but_without_author_and_notes(world, client):
    def with_traces(writer):
        writer.add_metadata({"/Author": "Zhang San", "/Title": "internal"})

    document = draft(world)
    paper(document, specimens.pdf("Hello village", change=with_traces), "正式文本.pdf", world["lt_clerk"])
    publication = go_public(world, document)
    content = body(page(client, publication, "files/1/"))
    assert "Hello village" in text_of(content)
    assert b"Zhang San" not in content
    assert "正式文本.pdf" in page(client, publication).content.decode()
    assert "PDF 原件" in page(client, publication).content.decode()


def test_a_picture_goes_out_without_place_and_only_when_somebody_looked(world, client):
    document = draft(world)
    paper(document, specimens.photograph_with_place(), "现场.jpg", world["lt_clerk"])
    copy = prepare_copy(document, by=world["lt_clerk"])
    code = f"paper:{Document.objects.get(file_id=document.pk).public_id}"
    made(review_copy(copy, by=world["lt_legal"], checklist=ALL, papers=[code]))
    content = body(page(client, publish(document, by=world["lt_clerk"]), "files/1/"))
    assert b"SecretCamera" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_what_cannot_be_checked_stays_inside_unless_chosen(world, client):
    document = draft(world)
    paper(document, specimens.photograph_with_place(), "现场.jpg", world["lt_clerk"])
    document = record(document, world["lt_clerk"])
    publication = document.publications.get()
    assert publication.copy.is_automatic
    assert page(client, publication, "files/1/").status_code == 404


def test_an_ofd_is_refused_with_what_to_do(world):
    document = draft(world)
    paper(document, specimens.ofd(), "正式文本.ofd", world["lt_clerk"])
    copy = prepare_copy(document, by=world["lt_clerk"])
    code = f"paper:{Document.objects.get(file_id=document.pk).public_id}"
    with pytest.raises(CopyRefused, match="另附 PDF"):
        review_copy(copy, by=world["lt_legal"], checklist=ALL, papers=[code])


def test_papers_of_other_slots_and_withheld_papers_never_go_out(world, client):
    document = draft(world)
    paper(document, "起草说明".encode(), "起草说明.txt", world["lt_clerk"], slot="nd_notes")
    paper(document, "正式文本".encode(), "正式文本.txt", world["lt_clerk"])
    Document.objects.filter(slot="nd_final_text").update(disclosure="withheld", disclosure_reason="内部")
    publication = go_public(world, document)
    assert publication.copy.papers.count() == 0
    assert "起草说明" not in page(client, publication).content.decode()


def test_the_original_is_reachable_by_no_address_of_the_public(world, client):
    document = draft(world)
    version = paper(document, specimens.word(SECRET_TEXT), "正式文本.docx", world["lt_clerk"])
    publication = go_public(world, document)
    original = f"/staff/files/{version.document.public_id}/{version.number}"
    for address in (f"{original}/{version.name}", f"{original}/preview/", f"{original}/pages/1.png"):
        assert client.get(address).status_code in (302, 403, 404)
    for number in (0, 2, 99):
        assert page(client, publication, f"files/{number}/").status_code == 404
    assert client.get(f"/docs/{uuid.uuid4()}/").status_code == 404
    assert version.blob.digest not in page(client, publication).content.decode()


def test_a_download_is_an_attachment_that_runs_nothing(world, client):
    document = draft(world)
    paper(document, specimens.pdf(), "正式文本.pdf", world["lt_clerk"])
    response = page(client, go_public(world, document), "files/1/")
    body(response)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert not response.cookies


def test_papers_of_what_was_taken_down_are_gone_too(world, client):
    from portal.publishing.register import take_down

    document = draft(world)
    paper(document, specimens.pdf(), "正式文本.pdf", world["lt_clerk"])
    publication = go_public(world, document)
    take_down(publication, by=world["lt_legal"], reason="更正")
    assert page(client, publication, "files/1/").status_code == 410


def test_recorded_first_published_later_keeps_its_papers(world, client):
    document = draft(world, text=SECRET_TEXT)
    paper(document, specimens.pdf(), "正式文本.pdf", world["lt_clerk"])
    document = record(document, world["lt_clerk"])
    reviewed(world, document)
    document = perform(document, "publish_existing", by=world["lt_clerk"])
    assert page(client, document.publications.get(), "files/1/").status_code == 200
