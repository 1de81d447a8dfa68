"""An interpretation goes out with its document, is masked like it, and both lead to each other."""

import pytest
from django.urls import reverse

from normative_docs.models import NormativeDocument
from portal.casefiles.models import Disclosure
from portal.interpretations.models import Interpretation
from portal.interpretations.public import COLUMN
from portal.interpretations.together import interpretation_ready
from portal.interpretations.workflow import Stage
from portal.interpretations.writing import start_interpretation, write
from portal.moment import clock_set_to
from portal.publishing.models import Publication
from portal.publishing.pages import document_url
from portal.workflow.declare import GateState
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, NotAuthorised, StepRefused
from tests.portal.interpretations import scenarios
from tests.portal.publishing import town

pytestmark = pytest.mark.django_db


def _both(interpretation) -> tuple[Publication, Publication]:
    live = Publication.objects.live()
    return live.get(file_id=interpretation.subject_id), live.get(file_id=interpretation.pk)


def _record(world, interpretation):
    return town.record(NormativeDocument.objects.get(pk=interpretation.subject_id), world["lt_clerk"])


def test_a_settled_interpretation_goes_out_in_the_moment_of_its_document(world, client):
    desk = scenarios.settled_desk(world)
    with desk.on():
        _record(world, desk.document)
        document, interpretation = _both(desk.document)
        shown = client.get(document_url(document)).content.decode()
        assert document_url(interpretation) in shown
        assert "政策解读" in shown
        back = client.get(document_url(interpretation)).content.decode()
        assert document_url(document) in back
        assert "解读单位" in back
        listed = client.get(reverse("publishing:documents"), {"column": COLUMN}).content.decode()
        assert interpretation.title in listed
        assert document_url(document) not in listed
    desk.document.refresh_from_db()
    assert desk.document.stage == Stage.PUBLISHED


def test_what_is_not_settled_stays_inside(world, client):
    interpretation = scenarios.start(world)
    with clock_set_to(scenarios.DAY):
        _record(world, interpretation)
        assert interpretation.title not in client.get("/docs/").content.decode()
    assert Publication.objects.count() == 1


def test_a_document_asks_for_an_interpretation_that_can_go_out(world):
    with clock_set_to(scenarios.DAY):
        subject = town.draft(world)
        assert interpretation_ready(subject).state == GateState.NOT_STARTED
    desk = scenarios.settled_desk_of(subject, world)
    with desk.on():
        assert interpretation_ready(subject).state == GateState.MET
        desk.document = perform(desk.document, "reopen", by=world["lt_clerk"], note="改一处")
        assert interpretation_ready(subject).state == GateState.IN_PROGRESS


def test_words_changed_after_the_review_are_reviewed_again(world):
    desk = scenarios.settled_desk(world)
    with desk.on():
        with pytest.raises(StepRefused, match="已经定稿"):
            write(desk.document, by=world["lt_clerk"], title="改", text="改")
        held = perform(desk.document, "reopen", by=world["lt_clerk"], note="改一处")
        write(held, by=world["lt_clerk"], title=held.title, text="另一段话")
        with pytest.raises(GatesNotMet, match="保密和个人信息审查"):
            perform(held, "settle", by=world["lt_clerk"])


def test_only_what_is_public_is_interpreted_and_by_its_own_town(world):
    with clock_set_to(scenarios.DAY):
        hidden = town.draft(world, disclosure=Disclosure.WITHHELD, disclosure_reason="内部")
        with pytest.raises(StepRefused, match="不主动公开"):
            start_interpretation(hidden, by=world["lt_clerk"], title="甲", text="乙")
        with pytest.raises(NotAuthorised):
            other = town.draft(world, title="另一件", number="龙政规〔2026〕2号")
            start_interpretation(other, by=world["qh_clerk"], title="甲", text="乙")


def test_a_clerk_writes_it_from_the_page_of_the_document(world, as_person):
    with clock_set_to(scenarios.DAY):
        subject = town.draft(world)
        client = as_person("lt_clerk")
        new = reverse("interpretations:new", args=[subject.public_id])
        assert new in client.get(reverse("inside:case", args=[subject.public_id])).content.decode()
        assert "《龙潭镇河道保洁管理办法》政策解读" in client.get(new).content.decode()
        assert client.post(new, {"title": "", "text": "一段话"}).status_code == 422
        answer = client.post(new, {"title": "解读", "text": "一段话"})
        interpretation = Interpretation.objects.get()
        assert answer.url == reverse("inside:case", args=[interpretation.public_id])
        page = client.get(answer.url).content.decode()
        assert "一段话" in page
        assert subject.title in page
        edit = reverse("interpretations:edit", args=[interpretation.public_id])
        assert client.post(edit, {"title": "解读", "text": "改过的话"}).status_code == 302
        assert client.get(reverse("interpretations:new", args=[interpretation.public_id])).status_code == 404
        assert as_person("qh_clerk").get(edit).status_code == 404
