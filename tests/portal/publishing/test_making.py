"""The renditions of a reviewed text are made by a job: seen, repeatable, and from nothing but what was reviewed."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from portal.documents import storage
from portal.documents.models import Blob
from portal.jobs import queue
from portal.jobs.models import Job
from portal.publishing.copying import prepare_copy, review_copy
from portal.publishing.making import newest_job
from portal.publishing.models import ReviewedPaper
from portal.publishing.refusals import PublishRefused
from portal.publishing.register import publish
from portal.publishing.standing import copy_reviewed
from portal.workflow.declare import GateState
from portal.workflow.registry import staged
from tests.ground import made_once
from tests.portal.documents import specimens
from tests.portal.publishing.town import ALL, SECRET_TEXT, draft, made, page, paper, record, signed_in

pytestmark = pytest.mark.django_db
ASKED_BY_PAGE = {"HX-Request": "true"}


@made_once
def copy(world):
    """Reviewed, with two papers whose renditions the worker has yet to make: one set anew, one cleaned."""
    document = draft(world, text=SECRET_TEXT)
    paper(document, specimens.word(SECRET_TEXT), "正式文本.docx", world["lt_clerk"])
    paper(document, specimens.pdf("Hello village"), "附图.pdf", world["lt_clerk"], title="附图")
    return review_copy(prepare_copy(document, by=world["lt_clerk"]), by=world["lt_legal"], checklist=ALL)


def review_page(copy, rest=""):
    return f"/staff/cases/{copy.file.public_id}/publication/{rest}"


def work_off(copy) -> Job:
    return queue.run(newest_job(copy).pk)


def test_nothing_is_made_in_the_request_of_the_review(copy, world):
    assert [one.blob for one in copy.papers.all()] == [None, None]
    standing = copy_reviewed(staged(copy.file))
    assert (standing.state, standing.explain) == (GateState.IN_PROGRESS, "公开文本正在生成")
    with pytest.raises(PublishRefused, match="正在生成"):
        publish(staged(copy.file), by=world["lt_clerk"])


def test_the_copy_counts_as_reviewed_once_its_renditions_are_stored(copy, world):
    made(copy)
    assert copy_reviewed(staged(copy.file)).state is GateState.MET
    assert publish(staged(copy.file), by=world["lt_clerk"]).copy == copy
    entry = copy.file.audit_entries.get(verb="publishing.made")
    assert entry.payload["copy"] == copy.pk
    assert len(entry.payload["digest"]) == 64


def test_a_copy_without_papers_needs_no_work(world):
    copy = review_copy(prepare_copy(draft(world), by=world["lt_clerk"]), by=world["lt_legal"], checklist=ALL)
    assert newest_job(copy) is None
    assert copy.is_made


def test_the_page_shows_the_work_and_asks_how_far_it_is(copy, world):
    for username in ("lt_clerk", "lt_legal"):
        shown = signed_in(world, username).get(review_page(copy)).content.decode()
        assert "正在生成" in shown
        assert f'hx-get="{review_page(copy, "making/")}"' in shown
        assert "确认审查" not in shown
    part = signed_in(world, "lt_clerk").get(review_page(copy, "making/"), headers=ASKED_BY_PAGE)
    assert part.content.decode().strip().startswith('<div class="job"')
    assert "HX-Refresh" not in part
    made(copy)
    part = signed_in(world, "lt_clerk").get(review_page(copy, "making/"), headers=ASKED_BY_PAGE)
    assert part["HX-Refresh"] == "true"
    assert f'<a href="{review_page(copy)}">' in part.content.decode()
    assert "hx-get" not in part.content.decode()
    assert "审查完成" in signed_in(world, "lt_clerk").get(review_page(copy)).content.decode()


def test_the_work_of_another_town_does_not_exist(copy, world):
    assert signed_in(world, "qh_legal").get(review_page(copy, "making/")).status_code == 404
    assert signed_in(world, "qh_legal").post(review_page(copy, "making/")).status_code == 404
    assert Client().get(review_page(copy, "making/")).status_code == 302
    assert signed_in(world, "lt_clerk").get(review_page(copy, "making/")).url == review_page(copy)


def test_what_failed_says_so_and_a_button_repeats_what_is_missing(copy, world):
    place = storage.path_of(copy.papers.get(is_set_anew=False).version.blob.digest)
    original = place.read_bytes()
    place.unlink()
    failed = work_off(copy)
    assert (failed.state, failed.message) == (Job.State.FAILED, "未能完成：“附图”的文件不在存储中，请联系系统管理员。")
    assert copy_reviewed(staged(copy.file)).explain == "公开文本生成失败，可以重试"
    first = copy.papers.get(is_set_anew=True).blob
    assert first is not None

    place.write_bytes(original)
    client = signed_in(world, "lt_clerk")
    shown = client.get(review_page(copy)).content.decode()
    assert "失败，可重试" in shown
    assert f'action="{review_page(copy, "making/")}"' in shown
    assert "提交审查" in shown, "another text may be marked instead"
    assert client.post(review_page(copy, "making/")).url == review_page(copy)
    assert client.post(review_page(copy, "making/")).url == review_page(copy)
    assert copy.file.audit_entries.filter(verb="publishing.made_again").count() == 1
    assert work_off(copy).state == Job.State.DONE
    assert copy.papers.get(is_set_anew=True).blob == first
    assert copy.is_made


def test_what_was_reviewed_is_made_though_the_source_moved_meanwhile(copy):
    document = staged(copy.file)
    document.draft_text += "\n第五条　另加一条。"
    document.save(update_fields=["draft_text"])
    assert work_off(copy).state == Job.State.DONE
    assert copy.is_made
    assert "变动" in copy_reviewed(document).explain


def test_done_twice_it_changes_nothing(copy):
    made(copy)
    before = list(copy.papers.values_list("blob", flat=True))
    Job.objects.filter(pk=newest_job(copy).pk).update(state=Job.State.WAITING)
    assert work_off(copy).state == Job.State.DONE
    assert list(copy.papers.values_list("blob", flat=True)) == before
    assert copy.file.audit_entries.filter(verb="publishing.made").count() == 1


def test_the_database_lets_the_worker_add_the_bytes_once_and_nothing_else(copy):
    one = copy.papers.first()
    other = Blob.objects.order_by("-pk").first()
    for change in ({"label": "改"}, {"is_set_anew": not one.is_set_anew}, {"version": copy.papers.last().version}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ReviewedPaper.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewedPaper.objects.create(copy=copy, number=9, version=one.version, label="夹带", name="a.pdf")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewedPaper.objects.filter(pk=one.pk).delete()
    made(copy)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewedPaper.objects.filter(pk=one.pk).update(blob=other)


def test_papers_of_an_existing_document_follow_its_text(world, client):
    document = draft(world)
    paper(document, specimens.pdf("Hello village"), "正式文本.pdf", world["lt_clerk"])
    publication = record(document, world["lt_clerk"]).publications.get()
    assert publication.copy.is_automatic
    assert page(client, publication).status_code == 200
    assert "正式文本.pdf" not in page(client, publication).content.decode()
    assert page(client, publication, "files/1/").status_code == 404
    made(publication.copy)
    assert "正式文本.pdf" in page(client, publication).content.decode()
    assert page(client, publication, "files/1/").status_code == 200
