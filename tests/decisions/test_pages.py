"""The pages of a decision: a proposal comes in, its facts change, opinions and assessments are written down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.assessing import choose_step
from decisions.consulting import enter_opinion
from decisions.demo import texts
from decisions.models import DepartmentOpinion, MajorDecision
from portal.moment import clock_set_to
from tests.decisions.scenarios import START, begin, walked

# More than the 20 aimed at: each of its many parts asks one question of its own.
MOST_QUERIES_OF_A_CASE_PAGE = 33
PROPOSAL = {
    "title": "龙潭镇敬老院扩建方案", "proposer_kind": "delegate", "proposer": "镇人大代表 沈建平",
    "proposed_on": "2026-03-02", "problem": "床位不足。", "grounds": "代表建议第3号。", "outline": "扩建二十张床位。",
    "matter": "project", "matter_reason": "投资超过量化标准。", "disclosure": "proactive", "disclosure_reason": "",
}  # fmt: skip


def body(response):
    return response.content.decode()


def page(journey, name, *more):
    return reverse(f"decisions:{name}", args=[journey.document.public_id, *more])


def test_a_clerk_enters_a_proposal_and_the_head_answers_it(world, as_person):
    with clock_set_to(START):
        answer = as_person("lt_clerk").post(reverse("decisions:new"), PROPOSAL)
        decision = MajorDecision.objects.get()
        assert answer.status_code == 302
        decision.handling_unit = world["lt_clerk"].organisation
        decision.save(update_fields=["handling_unit"])
        outside = {"reason": "目录公布后新出现的事项。"}
        assert (
            as_person("lt_clerk").post(reverse("catalogue:entry", args=[decision.public_id]), outside).status_code
            == 302
        )
        step = reverse("inside:step", args=[decision.public_id, "start"])
        head = as_person("lt_head")
        assert "对建议的答复" in body(head.get(step))
        assert head.post(step, {"proposal_answer": "启动起草。", "confirmed": "on"}).status_code == 302
    decision.refresh_from_db()
    assert decision.stage == "drafting"
    assert decision.proposal_answer == "启动起草。"


def test_a_proposal_of_a_department_says_what_why_and_how(world, as_person):
    with clock_set_to(START):
        answer = as_person("lt_clerk").post(reverse("decisions:new"), PROPOSAL | {"grounds": "", "outline": ""})
    assert answer.status_code == 422
    assert "应当写明建议理由和依据" in body(answer)
    assert "床位不足。" in body(answer)
    assert not MajorDecision.objects.exists()


def test_the_second_of_two_clerks_is_told_that_the_facts_have_changed(world, as_person):
    journey = walked(world, "start")
    with journey.on():
        clerk = as_person("lt_clerk")
        shown = clerk.get(page(journey, "edit"))
        form = shown.context["form"]
        data = {name: form[name].value() or "" for name in form.fields} | {"seen": shown.context["seen"]}
        data = {name: value for name, value in data.items() if value is not False}
        assert clerk.post(page(journey, "edit"), data | {"research": "走访四十户。"}).status_code == 302
        late = clerk.post(page(journey, "edit"), data | {"research": "走访十户。"})
    assert late.status_code == 422
    assert "已由他人修改" in body(late)
    assert "走访十户。" in body(late)


def test_departments_experts_and_risks_are_written_on_pages_of_their_own(world, as_person):
    journey = walked(world, "open")
    clerk = as_person("lt_clerk")
    with journey.on():
        answer = clerk.post(
            page(journey, "new-department"),
            {"unit": "自然资源所", "asked_on": journey.day, "answered_on": journey.day, "agrees": "no", "opinion": ""},
        )
        assert "不同意的，请写明其意见" in body(answer)
        clerk.post(page(journey, "new-department"), {"unit": "自然资源所", "asked_on": journey.day, "agrees": ""})
        assert "尚未答复" in body(clerk.get(page(journey, "departments")))

        clerk.post(
            page(journey, "new-argumentation"),
            {"form": "meeting", "questions": "是否可行", "selection": "reasoned", "selection_reason": "两个领域",
             "held_on": journey.day},
        )  # fmt: skip
        guest = {"name": "梁志远", "employer": "职业技术学院", "field": "规划建设"}
        assert set(clerk.post(page(journey, "invite-expert", 1), guest).context["form"].errors) == {"reason"}
        clerk.post(page(journey, "invite-expert", 1), guest | {"reason": "专家库没有这一领域的专家。"})
        chosen = journey.document.argumentations.get().chosen.get()
        expert = {"chosen": chosen.pk, "view": "opposes", "opinion": "分期不合理。", "signed_on": journey.day}
        refused = clerk.post(page(journey, "new-expert-opinion", 1), expert)
        assert "不得参加论证" in body(refused)
        clerk.post(page(journey, "new-expert-opinion", 1), expert | {"has_no_interest": "on"})
        clerk.post(
            page(journey, "expert-answer", 1, 1),
            {"outcome": "not_adopted", "answer": "工期另有安排。",
             "seen": clerk.get(page(journey, "expert-answer", 1, 1)).context["seen"]},
        )  # fmt: skip
        clerk.post(page(journey, "argument-report", 1), {"report": "总体可行。"})
        shown = body(clerk.get(page(journey, "experts")))
        assert "工期另有安排。" in shown
        assert "总体可行。" in shown

        risk = {
            "assessor_kind": "third_party", "assessor": "云溪评估事务所", "assessed_on": journey.day,
            "public_views": "问卷百份", "stability": "低", "environment": "低", "economy": "低", "lawful": "on",
            "reasonable": "on", "feasible": "on", "integrity": "on", "level": "low", "measures": "专人联系",
            "response_plan": "报告县里",
        }  # fmt: skip
        unfit = clerk.post(page(journey, "new-risk"), risk)
        assert unfit.status_code == 422
        assert "五项中有不通过的" in body(unfit)
        assert clerk.post(page(journey, "new-risk"), risk | {"controllable": "on"}).status_code == 302
        assert "可以决策" in body(clerk.get(page(journey, "risk")))


def test_the_page_of_the_review_speaks_of_it_as_the_regulation_does_and_shows_its_shortest_time(world, as_person):
    """国令713 arts. 25, 26: 合法性审查, no less than seven working days."""
    journey = walked(world, "opinion")
    with journey.on():
        answer = as_person("lt_clerk").get(reverse("legal_review:staff-review", args=[journey.document.public_id]))
    page = answer.content.decode()
    assert "<h1>合法性审查</h1>" in page
    assert [clock["label"] for clock in answer.context["clocks"]] == ["决策草案合法性审查最短时间"]
    # What is handed in at a later stage is not missing yet.
    assert answer.context["missing"] == 0
    assert "未到环节" in page


def test_the_page_of_steps_says_what_is_needed_and_takes_a_reasoned_choice(world, as_person):
    journey = walked(world, "start")
    with journey.on():
        clerk = as_person("lt_clerk")
        assert "涉及重大公共利益或者群众切身利益" in body(clerk.get(page(journey, "steps")))
        answer = clerk.post(
            page(journey, "steps"), {"step": "experts", "is_needed": "no", "reason": "设计单位已作专题论证。"}
        )
        assert answer.status_code == 302
        assert "人工认定：设计单位已作专题论证。" in body(clerk.get(page(journey, "steps")))
        assert "人工认定：设计单位已作专题论证。" in body(
            clerk.get(reverse("inside:case", args=[journey.document.public_id]))
        )


@pytest.mark.parametrize("person", ["lt_clerk", "county_supervisor"])
def test_secrecy_is_reviewed_by_the_head_alone(world, as_person, person):
    journey = walked(world, "start")
    assert as_person(person).post(page(journey, "secrecy"), {"confirmed": "on"}).status_code in (403, 404)


def test_the_register_lists_decisions_with_their_days(world, as_person):
    journey = begin(world)
    journey.propose()
    with journey.on():
        shown = body(as_person("lt_clerk").get(reverse("inside:register", args=["decisions"])))
    assert journey.document.title in shown
    assert "人大代表、政协委员" in shown


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_as_often_for_much_as_for_little(world, as_person):
    journey = walked(world, "open")
    addresses = [
        reverse("inside:case", args=[journey.document.public_id]),
        *(page(journey, name) for name in ("steps", "departments", "experts", "risk")),
        reverse("inside:register", args=["decisions"]),
    ]
    journey.argue()
    journey.assess_risk()
    with journey.on():
        clerk = as_person("lt_clerk")
        for address in addresses:
            clerk.get(address)
        before = [queries_of(clerk, address) for address in addresses]
    for number in range(4):
        journey.argue()
        journey.assess_risk()
        with journey.on():
            for name in ("甲站", "乙站"):
                opinion = DepartmentOpinion(unit=f"{name}{number}", asked_on=journey.day)
                enter_opinion(journey.document, opinion, by=journey.cast.clerk)
            choose_step(
                journey.document, by=journey.cast.clerk, step="hearing", is_needed=bool(number % 2), reason="重新认定。"
            )
    for _ in range(3):
        begin(world, texts.bus).propose()
    with journey.on():
        assert [queries_of(clerk, address) for address in addresses] == before
    assert before[0] <= MOST_QUERIES_OF_A_CASE_PAGE
