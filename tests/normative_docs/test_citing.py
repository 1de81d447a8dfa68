"""What is not published and in force stands nowhere as a basis (S1-10.1b)."""

from datetime import date

import pytest
from django.urls import reverse

from normative_docs.citing import citable, cite, drop_basis
from normative_docs.demo import texts
from portal.workflow.refusals import NotAuthorised, StepRefused
from tests.ground import made_once
from tests.normative_docs.scenarios import begin


@made_once
def published(world):
    journey = begin(world, texts.water("龙潭镇"), start=date(2025, 3, 3))
    journey.walk("publish")
    return journey.document


@pytest.fixture
def draft(world):
    journey = begin(world)
    journey.day = date(2026, 3, 2)
    with journey.on():
        journey.open()
        yield journey.document


def test_a_published_document_in_force_may_be_cited(published, draft):
    assert published in citable(draft.organisation)
    assert cite(draft, published, by=draft.opened_by, articles="第三条").articles == "第三条"


def test_a_draft_is_no_basis(world, draft):
    other = begin(world, texts.fire("龙潭镇")).open()
    with pytest.raises(StepRefused, match="尚未公布"):
        cite(draft, other, by=draft.opened_by)


def test_a_repealed_document_is_no_basis(published, draft):
    published.repealed_on = date(2026, 3, 1)
    published.save(update_fields=["repealed_on"])
    with pytest.raises(StepRefused, match="废止"):
        cite(draft, published, by=draft.opened_by)


def test_another_town_s_document_is_no_basis(world, published):
    journey = begin(world, texts.fire("清河镇"), town="qinghe")
    journey.open()
    with journey.on(), pytest.raises(StepRefused, match="不是本机关或者上级机关"):
        cite(journey.document, published, by=journey.cast.clerk)


def test_a_basis_is_registered_once_and_can_be_taken_out(published, draft):
    basis = cite(draft, published, by=draft.opened_by)
    with pytest.raises(StepRefused, match="已经登记"):
        cite(draft, published, by=draft.opened_by)
    drop_basis(basis, by=draft.opened_by)
    assert not draft.cited_bases.exists()


def test_only_the_drafter_names_a_basis(world, published, draft):
    with pytest.raises(NotAuthorised):
        cite(draft, published, by=world["lt_legal"])


def test_the_page_finds_by_words_and_adds(as_person, published, draft):
    page = reverse("normative_docs:bases", args=[draft.public_id])
    clerk = as_person("lt_clerk")
    assert published.title in clerk.get(page, {"q": "供水"}).content.decode()
    assert "没有找到" in clerk.get(page, {"q": "不存在的词"}).content.decode()
    assert clerk.post(page, {"cited": published.public_id, "articles": "第三条"}).status_code == 302
    assert "第三条" in clerk.get(page).content.decode()
