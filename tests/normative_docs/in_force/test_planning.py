"""What a draft ends is listed while drafting, asked for at the gate, and done in one act with its publication."""

from dataclasses import replace

import pytest

from normative_docs.demo import texts
from normative_docs.in_force import planning, targets
from normative_docs.in_force.models import Relation, RelationKind
from portal.moment import clock_set_to
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet
from tests.ground import made_once
from tests.normative_docs.in_force.stories import about_to_publish, address, existing


def text_ending(words: str):
    text = texts.market()
    return replace(text, body=f"{text.body}\n{words}")


BY_NUMBER = "原《集贸市场管理办法》（龙政规〔2024〕1号）、龙政规〔2024〕2号文件同时废止。"


@made_once
def olds(world):
    return [existing(world), existing(world, title="集贸市场卫生规定", number="龙政规〔2024〕2号")]


def test_the_repeal_clause_proposes_what_it_names_by_title_or_number_alone(world, olds):
    journey = about_to_publish(world, text_ending(BY_NUMBER))
    found = targets.proposals(journey.document)
    assert [proposal.found[0].pk for proposal in found] == [old.pk for old in olds]


def test_what_is_not_listed_holds_the_publication_back(world, olds):
    journey = about_to_publish(world, text_ending(BY_NUMBER))
    with clock_set_to(journey.day), pytest.raises(GatesNotMet) as refusal:
        perform(journey.document, "publish", by=journey.cast.clerk)
    assert [report.code for report in refusal.value.missing] == ["planned_acts_listed"]


def test_publication_ends_them_all_in_one_act(world, olds, client):
    journey = about_to_publish(world, text_ending(BY_NUMBER))
    for old in olds:
        planning.plan(journey.document, by=journey.cast.clerk, kind=RelationKind.REPEALS, target=old)
    with clock_set_to(journey.day):
        document = perform(journey.document, "publish", by=journey.cast.clerk)
    ends = Relation.objects.filter(source=document)
    assert {(one.target_id, one.on) for one in ends} == {(old.pk, document.effective_on) for old in olds}
    with clock_set_to(document.effective_on):
        assert "【已废止】" in client.get(address(olds[0])).content.decode()


@pytest.mark.full
def test_a_document_that_the_portal_does_not_hold_is_listed_with_the_reason(world):
    journey = about_to_publish(world, text_ending("《旧办法》（龙政规〔2010〕8号）同时废止。"))
    with pytest.raises(planning.PlanRefused, match="应当说明"):
        planning.plan(
            journey.document, by=journey.cast.clerk, kind="repeals", title="旧办法", number="龙政规〔2010〕8号"
        )
    planning.plan(
        journey.document, by=journey.cast.clerk, kind="repeals", title="旧办法", number="龙政规〔2010〕8号",
        absent_reason="纸质文件，未录入",
    )  # fmt: skip
    with clock_set_to(journey.day):
        perform(journey.document, "publish", by=journey.cast.clerk)
    assert not Relation.objects.exists()


def test_another_towns_document_cannot_be_listed(world):
    foreign = existing(world, number="清政规〔2024〕1号", town="qinghe")
    journey = about_to_publish(world, texts.market())
    with pytest.raises(planning.PlanRefused, match="只有原制定机关或者其上级机关"):
        planning.plan(journey.document, by=journey.cast.clerk, kind=RelationKind.REPEALS, target=foreign)


@pytest.mark.full
def test_a_listed_one_can_be_taken_out_until_publication(world, olds):
    journey = about_to_publish(world, texts.market())
    planned = planning.plan(journey.document, by=journey.cast.clerk, kind=RelationKind.REPEALS, target=olds[0])
    planning.drop(planned, by=journey.cast.clerk)
    assert not journey.document.planned_relations.exists()


def test_the_page_takes_a_proposal_and_adds_by_number(as_person, world, olds):
    journey = about_to_publish(world, text_ending(BY_NUMBER))
    client, place = as_person("lt_clerk"), f"/staff/cases/{journey.document.public_id}/in-force/plan/"
    assert "正文写明废止、尚未列入" in client.get(place).content.decode()
    assert client.post(place, {"act": "take", "target": str(olds[0].public_id)}).status_code == 302
    wrong = client.post(place, {"act": "add", "kind": "repeals", "number": "龙政规〔1999〕1号"})
    assert wrong.status_code == 422
    assert "库内没有找到" in wrong.content.decode()
    assert client.post(place, {"act": "add", "kind": "repeals", "number": "龙政规[2024]2号"}).status_code == 302
    assert {one.target_id for one in journey.document.planned_relations.all()} == {old.pk for old in olds}
    planned = journey.document.planned_relations.first()
    assert client.post(place, {"act": "drop", "planned": planned.pk}).status_code == 302
    assert as_person("lt_head").post(place, {"act": "add"}).status_code == 403
    assert as_person("qh_clerk").get(place).status_code == 404


def test_an_amendment_by_a_draft_names_its_articles(world, olds):
    journey = about_to_publish(world, texts.market())
    planning.plan(
        journey.document, by=journey.cast.clerk, kind=RelationKind.AMENDS, target=olds[0], part="第三条、第五条"
    )
    with clock_set_to(journey.day):
        document = perform(journey.document, "publish", by=journey.cast.clerk)
    relation = Relation.objects.get(source=document)
    assert [change["label"] for change in relation.articles] == ["第三条", "第五条"]
