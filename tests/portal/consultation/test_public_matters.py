"""Everybody follows a decision on one page; nothing that was not declared public has a way to it."""

import pytest
from django.test import Client
from django.urls import reverse

from decisions.demo import texts
from decisions.models import MajorDecision
from portal.casefiles.models import Disclosure
from portal.consultation.conducting import withdraw
from portal.consultation.matters import matter_url
from portal.consultation.standing import newest
from portal.consultation.versions import publish_draft
from portal.moment import clock_set_to
from portal.publishing.models import Publication
from portal.publishing.pages import document_url
from tests.decisions.scenarios import walked
from tests.portal.consultation.town import DURING, open_draft_to_public


def page_of(decision, day, status=200, **query):
    with clock_set_to(day):
        answer = Client().get(reverse("consultation:public-matter", args=[decision.public_id]), query)
    assert answer.status_code == status
    return answer.content.decode()


def lines_of(decision, day):
    with clock_set_to(day):
        answer = Client().get(reverse("consultation:public-matter", args=[decision.public_id]))
    return [(event.label, event.url) for event in answer.context["events"]]


@pytest.fixture
def journey(world):
    return walked(world, "open", texts.bus)


def test_the_page_tells_what_happened_and_what_comes_next(journey):
    page = page_of(journey.document, journey.day)
    assert "启动决策程序" in page
    assert "草案公开征求意见" in page
    assert "下一步：</b>征求意见期满后逐条研究" in page
    assert "我要提问" in page


def test_a_published_decision_shows_every_declared_step_newest_first(world):
    journey = walked(world, "publish", texts.bus)
    labels = [label for label, _ in lines_of(journey.document, journey.day)]
    assert labels == [
        "公布决策", "作出决策", "集体讨论通过", "合法性审查完成，提请集体讨论", "送合法性审查",
        "公众参与结束，转入论证评估", "公布意见采纳情况", "征求意见期满", "草案公开征求意见", "启动决策程序",
    ]  # fmt: skip
    links = dict(lines_of(journey.document, journey.day))
    publication = Publication.objects.get(file_id=journey.document.pk)
    assert links["公布决策"] == document_url(publication)
    assert Client().get(document_url(publication)).content.decode().count("从启动到执行、评估的全过程") == 1


def test_versions_and_sessions_stand_on_the_timeline(world):
    journey = walked(world, "open")
    opened_on = journey.day
    consultation = newest(journey.document)
    with journey.on():
        publish_draft(
            consultation, by=journey.cast.clerk, text=f"{consultation.draft_text}\n六、另附图。", reason="补充附图。"
        )
    journey.comment(*texts.COMMENTS[:1])
    journey.hear(opened_on)
    page = page_of(journey.document, journey.day)
    assert "公布修改稿（第2稿）" in page
    assert "补充附图。" in page
    assert "公告听证会" in page


def test_notes_reviewers_and_undeclared_steps_stay_inside(journey):
    with journey.on():
        journey._step("return_to_drafting", journey.cast.clerk, note="内部说明：分歧较大。")
    page = page_of(journey.document, journey.day)
    assert "退回修改草案" in page
    assert "内部说明" not in page
    assert journey.cast.clerk.full_name not in page
    assert "登记部门意见" not in page


def test_a_secret_decision_does_not_exist_for_the_public(world, journey):
    secret = walked(world, "decide", texts.waterworks, secret=True)
    page_of(secret.document, secret.day, status=404)
    assert matter_url(secret.document) == ""
    assert secret.document.title not in Client().get(reverse("consultation:public-matters")).content.decode()
    ask = reverse("consultation:public-ask", args=[secret.document.public_id])
    assert Client().get(ask).status_code == 404
    MajorDecision.objects.filter(pk=journey.document.pk).update(
        disclosure=Disclosure.WITHHELD, disclosure_reason="依法不予公开。"
    )
    page_of(journey.document, journey.day, status=404)


def test_a_draft_that_nobody_has_seen_is_not_public(world):
    journey = walked(world, "draft", texts.bus)
    page_of(journey.document, journey.day, status=404)


def test_a_matter_whose_only_notice_was_taken_down_is_not_public(journey):
    with journey.on():
        withdraw(newest(journey.document), by=journey.cast.head, reason="草案有误。")
    page_of(journey.document, journey.day, status=404)


def test_a_publication_whose_title_was_hidden_takes_the_page_with_it(world):
    journey = walked(world, "publish", texts.bus)
    publication = Publication.objects.get(file_id=journey.document.pk)
    with journey.on():
        Publication.objects.filter(pk=publication.pk).update(
            taken_down_at=publication.published_at, taken_down_by=journey.cast.head, take_down_reason="涉及个人信息。",
            hides_title=True,
        )  # fmt: skip
    page_of(journey.document, journey.day, status=404)


def test_the_notice_and_the_list_lead_to_the_page(journey):
    here = reverse("consultation:public-matter", args=[journey.document.public_id])
    notice = reverse("consultation:public-detail", args=[newest(journey.document).public_id])
    with journey.on():
        assert here in Client().get(notice).content.decode()
        assert here in Client().get(reverse("consultation:public-matters")).content.decode()


def test_the_page_sets_no_cookie_and_may_be_cached(journey):
    with journey.on():
        answer = Client().get(reverse("consultation:public-matter", args=[journey.document.public_id]))
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


def test_a_normative_document_has_no_such_page(world):
    document = open_draft_to_public(world).document
    page_of(document, DURING, status=404)


def test_consultations_and_hearings_of_decisions_are_listed_by_their_state(world):
    journey = walked(world, "open")
    title = journey.document.title
    sessions, notices = reverse("consultation:public-sessions"), reverse("consultation:public-list")

    def lists(address, tab):
        with journey.on():
            return title in Client().get(address, {"tab": tab}).content.decode()

    assert lists(notices, "open")
    opened_on = journey.day
    journey.comment(*texts.COMMENTS[:1])
    journey.hear(opened_on)
    journey.answer(publish=False)
    assert lists(notices, "closed")
    with journey.on():
        journey._step("publish_answers", journey.cast.clerk)
    assert lists(notices, "answered")
    assert any(lists(sessions, tab) for tab in ("held", "reported", "published"))


def test_the_page_asks_as_often_for_a_long_story(journey, django_assert_num_queries):
    here = reverse("consultation:public-matter", args=[journey.document.public_id])
    consultation = newest(journey.document)
    with journey.on():
        publish_draft(consultation, by=journey.cast.clerk, text=f"{consultation.draft_text}\n第1句。", reason="补充。")
        Client().get(here)
        for number in range(2, 6):
            publish_draft(
                consultation, by=journey.cast.clerk, text=f"{consultation.draft_text}\n第{number}句。", reason="补充。"
            )
        with django_assert_num_queries(12):
            Client().get(here)
