"""On the day of publication every conclusion takes effect at once, or nothing of it happens."""

from datetime import timedelta

import pytest

from normative_docs.cleanup import time_limits
from normative_docs.cleanup.outcomes import Settlement
from normative_docs.in_force.acts import OutsideAct, repeal
from normative_docs.in_force.models import Relation, RelationKind
from normative_docs.models import Effect, NormativeDocument
from normative_docs.workflow import Stage as DocumentStage
from portal.casefiles.models import CaseFile, FileLink
from portal.deadlines.models import Deadline
from portal.documents.models import Document, DocumentVersion
from portal.moment import clock_set_to
from portal.publishing.models import Publication
from portal.workflow.perform import perform
from portal.workflow.refusals import StepRefused
from tests.ground import made_once
from tests.normative_docs.cleanup import lists


@made_once
def done(world):
    return lists.published(world)


def document(number: int) -> NormativeDocument:
    return NormativeDocument.objects.get(document_number=f"龙政规〔2023〕{number}号")


def test_repealed_and_lapsed_documents_end_on_the_day_of_publication(done):
    for number, kind in ((3, RelationKind.REPEALS), (4, RelationKind.DECLARES_LAPSED)):
        ended = document(number)
        assert ended.repealed_on == done.document.published_on == done.day
        assert ended.effect_on(done.day - timedelta(days=1)) == Effect.IN_FORCE
        relation = Relation.objects.get(target=ended)
        assert (relation.kind, relation.on) == (kind, done.day)
        assert relation.source_number == done.document.notice_number
        assert Publication.objects.live().get(file_id=ended.pk).repealed_on == done.day


def test_a_retained_document_stays_and_knows_when_it_is_looked_at_again(done):
    kept = lists.of_number(done.document, 1)
    assert kept.settlement == Settlement.KEPT
    assert kept.next_review_on == Deadline.objects.get(file_id=done.document.pk, code=time_limits.CYCLE).effective_end
    assert kept.document.effect_on(done.day) == Effect.IN_FORCE


def test_an_amendment_becomes_a_draft_of_the_clerks_with_the_text_in_force(done):
    item = lists.of_number(done.document, 2)
    draft = item.amendment
    assert draft.stage == DocumentStage.DRAFTING
    assert draft.draft_text == item.document.draft_text
    assert draft.work_items.filter(closed_at__isnull=True).exists()
    assert set(FileLink.objects.filter(source=draft.pk).values_list("target_id", "kind")) == {
        (done.document.pk, "carries_out"), (item.document.pk, "related"),
    }  # fmt: skip
    assert item.document.effect_on(done.day) == Effect.IN_FORCE


def test_the_file_is_closed_and_the_next_clean_up_is_due_in_two_years(done):
    assert done.document.closed_on == done.day
    cycle = Deadline.objects.get(file_id=done.document.pk, code=time_limits.CYCLE)
    assert cycle.state == "running"
    assert cycle.nominal_end == done.day.replace(year=done.day.year + 2)
    assert not done.document.deadlines.filter(code=time_limits.CAMPAIGN, state="running").exists()


def test_the_next_full_clean_up_meets_the_limit_of_the_last(world, done):
    again = lists.Round(done.cast, done.day + timedelta(days=400))
    again.begin()
    again.finish()
    old, new = (Deadline.objects.get(file_id=one.pk, code=time_limits.CYCLE) for one in (done.document, again.document))
    assert (old.state, old.met_on, old.finished_late_by) == ("met", again.day, 0)
    assert new.state == "running"


def test_one_document_that_cannot_be_ended_undoes_all_of_it(world):
    ready = lists.signed(world)
    broken = document(4)
    # A closed file can't be changed any more; everything before it on the list is already done by then.
    CaseFile.objects.filter(pk=broken.pk).update(closed_on=ready.day)
    with ready.on(), pytest.raises(StepRefused):
        perform(ready.document, "publish", by=ready.cast.clerk)
    ready.document.refresh_from_db()
    assert ready.document.stage == "publication"
    assert ready.document.published_on is None
    assert not Publication.objects.filter(file_id=ready.document.pk).exists()
    assert not Relation.objects.filter(target=document(3)).exists()
    assert document(3).repealed_on is None
    assert not ready.document.items.exclude(settlement="").exists()
    assert not NormativeDocument.objects.filter(title__contains="修订草案").exists()
    assert not Deadline.objects.filter(code=time_limits.CYCLE).exists()


def test_a_document_repealed_by_another_act_meanwhile_is_left_as_it_is(world):
    ready = lists.signed(world)
    earlier = ready.day - timedelta(days=1)
    with clock_set_to(earlier):
        repeal(
            document(3), by=ready.cast.clerk, on=earlier, reason="县里决定", act=OutsideAct(number="云政发〔2026〕1号")
        )
    with ready.on():
        perform(ready.document, "publish", by=ready.cast.clerk)
    assert document(3).repealed_on == earlier
    assert lists.of_number(ready.document, 3).settlement == Settlement.ENDED_BEFORE


def test_the_notice_lies_in_the_file_as_pdf_and_docx_with_the_four_lists(world):
    done = lists.published(world, set_by_worker=True)
    papers = Document.objects.in_force().filter(file_id=done.document.pk, slot__startswith="cu_")
    kinds = {version.extension for version in DocumentVersion.objects.filter(document__in=papers)}
    assert kinds == {"pdf", "docx"}
    text = DocumentVersion.objects.get(document__in=papers, document__slot="cu_notice").text.replace("\n", "")
    assert done.document.notice_number in text
    for words in ("保留的行政规范性文件（1件）", "修改的行政规范性文件（1件）", "废止的行政规范性文件（1件）"):
        assert words in text
    copy = done.document.publications.get().copy
    assert [paper.name for paper in copy.papers.all()] == [f"{done.document.notice_title}.pdf"]
    assert done.document.notice_number == f"龙政公〔{done.document.notice_on.year}〕1号"


def test_a_list_under_decision_is_kept_by_the_database(world):
    decided = lists.decided(world)
    with pytest.raises(Exception, match="can no longer be changed"):
        decided.document.items.update(verdict="retain")


def test_a_meeting_that_wants_changes_sends_the_list_back_and_a_new_opinion_is_needed(world):
    round_ = lists.decided(world, "rejected")
    with round_.on():
        round_._step("send_back", round_.cast.clerk, note="会议要求补充理由")
    assert round_.document.stage == "working"
    item = lists.of_number(round_.document, 3)
    round_.conclude(item, lists.RETAIN)
    item.refresh_from_db()
    assert item.checked_at is None
    round_.send()
    assert round_.document.legality_reviews.count() == 2
