"""Who is asked in an argumentation: from the pool with known ties in sight, by lot, or invited with a reason."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.arguing import close, enter_opinion
from decisions.choosing import candidates, choose, draw_lots, freeze_lots, invite, release
from decisions.models import ChosenExpert, ExpertOpinion
from portal.capacity.experts import pool
from portal.workflow.refusals import StepRefused
from tests.decisions.scenarios import walked
from tests.ground import made_once

WITNESS = {"spoken": "清风", "witness_name": "邓公证", "witness_post": "公证员"}


@made_once
def journey(world):
    return walked(world, "open")


@pytest.fixture
def argumentation(journey):
    return journey.organise_argument()


@pytest.fixture
def experts(world, journey):
    """Seven experts of the county, the first of whom works for the handling unit."""
    with journey.on():
        own = journey.document.handling_unit.name
        return [
            pool.enter(
                by=world["county_supervisor"], owner=world.county,
                facts={
                    "name": f"专家{number}", "expertise": ["planning"], "kind": "university", "title": "教授",
                    "employer": f"江州第{number}大学" if number else own, "interests": "", "contact": "",
                    "appointed_from": journey.day - timedelta(days=30), "appointed_until": None,
                    "consents_to_publication": True,
                },
            )
            for number in range(7)
        ]  # fmt: skip


def test_a_known_tie_is_shown_and_asks_for_a_reason(journey, argumentation, experts):
    tied = experts[0]
    with journey.on():
        ties = dict(candidates(argumentation, ["planning"]))
        assert "工作单位是承办单位" in ties[tied][0]
        assert ties[experts[1]] == []
        with pytest.raises(StepRefused, match="已知利益关联"):
            choose(argumentation, {tied: ""}, by=journey.cast.clerk)
        (chosen,) = choose(argumentation, {tied: "唯一熟悉管网的人，不参加表决。"}, by=journey.cast.clerk)
    assert "承办单位" in chosen.ties
    assert tied not in dict(candidates(argumentation, ["planning"]))


def test_the_database_keeps_a_tie_without_a_reason_out(journey, argumentation, experts):
    with journey.on():
        (chosen,) = choose(argumentation, {experts[1]: ""}, by=journey.cast.clerk)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChosenExpert.objects.filter(pk=chosen.pk).update(ties="工作单位是承办单位")
    with pytest.raises(DatabaseError), transaction.atomic():
        chosen.delete()


def test_lots_are_drawn_from_those_without_a_tie_and_a_reserve_follows_whoever_cannot_come(
    journey, argumentation, experts
):
    by = journey.cast.clerk
    with journey.on():
        with pytest.raises(StepRefused, match="只有 6 位"):
            freeze_lots(argumentation, by=by, fields=["planning"], places=6)
        argumentation = freeze_lots(argumentation, by=by, fields=["planning"], places=3)
        assert argumentation.draw.pool_size == 6
        drawn = draw_lots(argumentation, by=by, **WITNESS)
        assert len(drawn) == 3
        assert experts[0] not in [chosen.expert for chosen in drawn]
        following = release(drawn[0], by=by, reason="出差")
        assert following.way == "reserve"
        order = argumentation.draw.result.places.order_by("rank").values_list("entry__reference", flat=True)
        assert str(following.expert.public_id) == order[3]
        with pytest.raises(StepRefused, match="已经抽取过"):
            draw_lots(argumentation, by=by, **WITNESS)


def test_a_draw_in_public_is_not_for_what_is_secret(journey, argumentation, experts):
    decision = argumentation.decision
    type(decision).objects.filter(pk=decision.pk).update(disclosure="withheld", disclosure_reason="依法不公开")
    with journey.on(), pytest.raises(StepRefused, match="依法不公开"):
        freeze_lots(argumentation, by=journey.cast.clerk, fields=[], places=1)


def test_only_who_was_chosen_is_heard_and_everybody_chosen_is_heard_or_released(journey, argumentation, experts):
    by = journey.cast.clerk
    with journey.on():
        first, second = choose(argumentation, {experts[1]: "", experts[2]: ""}, by=by)
        said = {"has_no_interest": True, "view": "supports", "opinion": "可行。", "signed_on": journey.day}
        opinion = enter_opinion(argumentation, ExpertOpinion(chosen=first, **said), by=by)
        with pytest.raises(StepRefused, match="专家2没有登记意见"):
            close(argumentation, by=by, report="可行。")
        with pytest.raises(StepRefused, match="已经发表意见"):
            release(first, by=by, reason="反悔")
        assert release(second, by=by, reason="与投标单位有合作") is None
        with pytest.raises(StepRefused, match="不在本次论证选定的专家之列"):
            enter_opinion(argumentation, ExpertOpinion(chosen=second, **said), by=by)
        with pytest.raises(StepRefused, match="已经选定"):
            choose(argumentation, {experts[1]: ""}, by=by)
    assert opinion.name == "专家1"


def test_a_guest_comes_with_a_reason(journey, argumentation):
    guest = {"name": "外聘", "employer": "外地设计院", "field": "规划"}
    with journey.on():
        with pytest.raises(StepRefused, match="理由"):
            invite(argumentation, by=journey.cast.clerk, reason=" ", **guest)
        invite(argumentation, by=journey.cast.clerk, reason="本地没有。", **guest)
        with pytest.raises(StepRefused, match="已经选定"):
            invite(argumentation, by=journey.cast.clerk, reason="本地没有。", **guest)


def test_the_pages_choose_draw_and_release_and_lose_nothing_that_was_typed(
    journey, argumentation, experts, as_person, django_assert_max_num_queries
):
    clerk = as_person("lt_clerk")

    def page(name, **more):
        return reverse(f"decisions:{name}", kwargs={"public_id": journey.document.public_id, "number": 1, **more})

    with journey.on():
        with django_assert_max_num_queries(40):
            shown = clerk.get(page("choose-experts"), {"fields": "planning"})
        assert "工作单位是承办单位" in shown.content.decode()
        picked = {"pick": [str(experts[0].public_id), str(experts[1].public_id)]}
        refused = clerk.post(page("choose-experts"), picked)
        assert refused.status_code == 422
        assert "请写明仍然选定的理由" in refused.content.decode()
        assert clerk.post(page("choose-experts"), {}).status_code == 422
        why = {f"why-{experts[0].public_id}": "唯一熟悉管网的人。"}
        assert clerk.post(page("choose-experts"), picked | why).status_code == 302
        assert clerk.post(page("release-expert", expert=2), {"reason": "病假"}).status_code == 302
        assert (
            "不参加：病假"
            in clerk.get(reverse("decisions:experts", args=[journey.document.public_id])).content.decode()
        )
        clerk.post(page("expert-lots"), {"fields": ["planning"], "places": 2, "confirmed": "on"})
        drawn = clerk.post(page("expert-lots"), WITNESS | {"confirmed": "on"}, follow=True)
        assert "抽中：" in drawn.content.decode()
    assert argumentation.chosen.filter(way="lot").count() == 2


def test_many_experts_ask_no_more_questions_than_few(world, journey, argumentation, experts):
    with journey.on():
        candidates(argumentation, ["planning"])  # from here on the decision knows its units
        with CaptureQueriesContext(connection) as many:
            assert len(candidates(argumentation, ["planning"])) == 7
        choose(argumentation, dict.fromkeys(experts[1:], ""), by=journey.cast.clerk)
        with CaptureQueriesContext(connection) as one:
            assert len(candidates(argumentation, ["planning"])) == 1
    assert len(many) == len(one)
