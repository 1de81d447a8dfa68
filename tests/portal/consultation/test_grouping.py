"""Opinions that say the same get one answer; the gate still waits for the last opinion."""

import pytest
from django.test import Client

from portal.consultation.conducting import ConsultationRefused, answer_comment
from portal.consultation.grouping import add_to_group, answer_group, make_group, take_out
from portal.consultation.models import OpinionGroup, PublicComment
from portal.consultation.standing import every_comment_answered, newest
from portal.workflow.declare import GateState
from tests.portal.consultation.town import AFTER, open_draft_to_public, public_address, staff_address, write

ANSWER = {"outcome": "partly", "answer": "部分采纳，公示期改为十日。"}


@pytest.fixture
def journey(world):
    return open_draft_to_public(world)


@pytest.fixture
def four(journey):
    """Two opinions on the second article, one on the third, one on the whole draft."""
    articles = ("第二条", "第二条", "第三条", "")
    return [write(journey, f"意见{number}", article=article) for number, article in enumerate(articles, start=1)]


def group_of(journey, *numbers, name="建议延长公示期"):
    return make_group(newest(journey.document), list(numbers), name=name, by=journey.cast.clerk)


def outcomes():
    return list(PublicComment.objects.order_by("number").values_list("outcome", flat=True))


def test_one_answer_is_written_to_every_opinion_of_the_group(journey, four):
    answer_group(group_of(journey, 1, 3), by=journey.cast.clerk, **ANSWER)
    assert outcomes() == ["partly", "", "partly", ""]
    assert journey.document.audit_entries.filter(verb="consultation.answered").count() == 1


def test_the_gate_waits_for_the_last_opinion_outside_the_group(journey, four):
    answer_group(group_of(journey, 1, 2, 3), by=journey.cast.clerk, **ANSWER)
    assert every_comment_answered(journey.document).state == GateState.IN_PROGRESS
    answer_comment(four[3], by=journey.cast.clerk, **ANSWER)
    assert every_comment_answered(journey.document).state == GateState.MET


def test_the_clerk_groups_by_hand_and_answers(journey, four, as_person):
    client, address = as_person("lt_clerk"), staff_address("staff-answers", journey)
    assert client.post(address, {"act": "choose"}).status_code == 302
    chosen = client.post(address, {"pick": [1, 4], "act": "choose"})
    assert "意见4" in chosen.content.decode()
    assert client.post(address, {"pick": [1, 4], "act": "group", "name": ""}).status_code == 422
    made = client.post(address, {"pick": [1, 4], "act": "group", "name": "建议延长公示期"})
    page = client.get(made.url)
    seen = page.context["form"]["seen"].value()
    assert client.post(made.url, {**ANSWER, "seen": seen}).status_code == 422
    assert client.post(made.url, {**ANSWER, "seen": seen, "confirmed": "on"}).status_code == 302
    assert outcomes() == ["partly", "", "", "partly"]


def test_all_open_opinions_on_a_paragraph_are_grouped_at_once(journey, four, as_person):
    client = as_person("lt_clerk")
    staff = client.get(staff_address("staff-consultation", journey)).content.decode()
    assert "归为一组答复" in staff
    page = client.get(f"{staff_address('staff-answers', journey)}?round=1&article=第二条").content.decode()
    assert "归并 2 条意见" in page
    assert 'value="关于第二条"' in page


def test_a_later_opinion_joins_the_group_and_gets_its_answer(journey, four):
    group = group_of(journey, 1)
    answer_group(group, by=journey.cast.clerk, **ANSWER)
    add_to_group(group, [2], by=journey.cast.clerk)
    assert outcomes() == ["partly", "partly", "", ""]


def test_an_opinion_taken_out_loses_the_answer_of_the_group(journey, four, as_person):
    answer_group(group_of(journey, 1, 2), by=journey.cast.clerk, **ANSWER)
    four[0].refresh_from_db()
    with pytest.raises(ConsultationRefused, match="请先移出"):
        answer_comment(four[0], by=journey.cast.clerk, **ANSWER)
    client = as_person("lt_clerk")
    assert (
        "移出，单独答复"
        in client.get(staff_address("staff-comment", journey, comment_id=four[0].public_id)).content.decode()
    )
    assert client.post(staff_address("staff-take-out", journey, comment_id=four[0].public_id)).status_code == 302
    assert outcomes() == ["", "partly", "", ""]
    with pytest.raises(ConsultationRefused, match="没有归组"):
        take_out(four[0], by=journey.cast.clerk)


def test_an_opinion_with_a_personal_number_is_not_grouped(journey, four):
    write(journey, "电话 13800138000。")
    with pytest.raises(ConsultationRefused, match="第 5 条意见含有手机号码"):
        group_of(journey, 1, 5)
    assert not OpinionGroup.objects.exists()


def test_an_opinion_answered_or_grouped_meanwhile_is_not_grouped_again(journey, four):
    answer_comment(four[0], by=journey.cast.clerk, **ANSWER)
    group_of(journey, 2)
    with pytest.raises(ConsultationRefused, match="第 1、2 条意见已有答复或者已经归组"):
        group_of(journey, 1, 2, 3)


def test_the_second_of_two_clerks_is_told_and_keeps_the_words(journey, four, as_person):
    group = group_of(journey, 1, 2)
    address = staff_address("staff-group", journey, round=1, number=group.number)
    client = as_person("lt_clerk")
    seen = client.get(address).context["form"]["seen"].value()
    answer_group(group, by=journey.cast.head, **ANSWER)
    told = client.post(address, {"outcome": "adopted", "answer": "第二个答复。", "seen": seen, "confirmed": "on"})
    assert told.status_code == 409
    assert "刚刚已由他人答复" in told.content.decode()
    assert "第二个答复。</textarea>" in told.content.decode()


def test_the_public_table_names_the_group(journey, four):
    clerk = journey.cast.clerk
    answer_group(group_of(journey, 1, 2, 3, 4), by=clerk, **ANSWER)
    with journey.on(AFTER):
        journey._step("publish_answers", clerk)
        table = Client().get(public_address("public-detail", newest(journey.document))).content.decode()
    assert table.count("第 1 组：建议延长公示期") == 4
    with pytest.raises(ConsultationRefused, match="已经公布"):
        answer_group(OpinionGroup.objects.get(), by=clerk, **ANSWER)


def test_opinions_are_filtered_by_group(journey, four, as_person):
    group_of(journey, 1, 3)
    client, address = as_person("lt_clerk"), staff_address("staff-consultation", journey)

    def listed(group):
        return [row.key for row in client.get(address, {"group": group}).context["table"].rows]

    assert listed("1") == ["1", "3"]
    assert listed("none") == ["2", "4"]


def test_another_town_sees_no_group_and_the_reviewer_answers_none(journey, four, as_person):
    address = staff_address("staff-group", journey, round=1, number=group_of(journey, 1).number)
    assert as_person("qh_clerk").get(address).status_code == 404
    assert as_person("lt_legal").post(address, ANSWER).status_code == 403
