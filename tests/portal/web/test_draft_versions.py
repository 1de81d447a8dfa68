"""Every text that a draft ever had stays readable, with the day and the person; any two are compared."""

import pytest
from django.urls import reverse

from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from normative_docs.demo.journey import Journey
from normative_docs.demo.texts import market
from portal.audit.context import acting
from portal.demo.walking import cast_of
from portal.web.inside.drafts import text_of, versions_of
from tests.decisions.scenarios import START, walked


@pytest.fixture
def journey(world):
    """A decision whose draft the clerk and then the head changed, with a save in between that left it as it was."""
    journey = walked(world, "draft", texts.bus)
    decision = journey.document
    with acting(journey.cast.clerk):
        decision.draft_text += "\n六、补充一项。"
        decision.save(update_fields=["draft_text"])
        decision.research = "又走访两个村。"
        decision.save(update_fields=["research"])
    with acting(journey.cast.head):
        decision.draft_text = decision.draft_text.replace("补充一项", "补充两项")
        decision.save(update_fields=["draft_text"])
    return journey


def address(file):
    return reverse("inside:draft-versions", args=[file.public_id])


def test_only_a_changed_text_is_a_version(journey):
    versions = versions_of(journey.document)
    assert [version.number for version in versions] == [1, 2, 3]
    assert [version.person for version in versions[1:]] == [
        journey.cast.clerk.full_name, journey.cast.head.full_name,
    ]  # fmt: skip
    assert text_of(journey.document, versions[0]) == texts.bus("龙潭镇").body
    assert {version.stage for version in versions} == {"起草"}


def test_any_two_versions_are_compared(journey, as_person):
    client = as_person("lt_legal")
    newest = client.get(address(journey.document)).content.decode()
    assert "补充<del>一</del><ins>两</ins>项。" in newest
    both = client.get(address(journey.document), {"from": "1", "to": "3"}).content.decode()
    assert "<ins>六、补充两项。</ins>" in both
    first = client.get(address(journey.document), {"from": "1", "to": "1"}).content.decode()
    assert "<ins>" not in first.split('id="text"')[1]


def test_the_case_page_leads_to_the_versions(journey, as_person):
    case = as_person("lt_clerk").get(reverse("inside:case", args=[journey.document.public_id])).content.decode()
    assert address(journey.document) in case


def test_a_normative_document_has_versions_too(world, as_person):
    written = Journey(cast_of(world, "longtan"), market(), START)
    written.open()
    page = as_person("lt_clerk").get(address(written.document)).content.decode()
    assert "第 1 稿" in page
    assert written.document.draft_text.splitlines()[-1].strip() in page


def test_a_kind_without_a_draft_has_no_such_page_and_other_towns_see_none(journey, as_person):
    assert as_person("qh_clerk").get(address(journey.document)).status_code == 404
    empty = walked_empty(journey)
    assert "还没有写过草案" in as_person("lt_clerk").get(address(empty)).content.decode()


def walked_empty(journey):
    other = DecisionJourney(journey.cast, texts.square("龙潭镇"), journey.day)
    other.walk("propose")
    return other.document


def test_the_page_asks_as_often_for_many_versions(journey, as_person, django_assert_max_num_queries):
    client = as_person("lt_clerk")
    for number in range(12):
        journey.document.draft_text += f"\n第{number}句。"
        journey.document.save(update_fields=["draft_text"])
    client.get(address(journey.document))
    with django_assert_max_num_queries(16):
        client.get(address(journey.document))
