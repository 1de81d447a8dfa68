"""久拖不决: what is due by law or promise and not made is listed, warned of, and explained in the town's words."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from decisions.demo import execution, texts
from decisions.due_days import explain_delay, keep_due_day
from decisions.forms import DecisionForm
from decisions.models import DelayNote
from portal.deadlines.models import Deadline
from portal.indicators.registry import Scope, indicators
from portal.moment import clock_set_to
from portal.workflow.models import WorkItem
from portal.workflow.refusals import StepRefused
from tests.decisions.carried_out import address, body, signed_in, undone, walked_once
from tests.decisions.scenarios import begin

once = walked_once("draft")
journey = undone()

PENDING = reverse("inside:register", args=["decisions-pending"])


def promised(journey, days: int):
    """A promise that falls due so many days from now; negative: is past."""
    execution.promise(journey, journey.day + timedelta(days=days), "对代表建议的答复")
    return journey


def listed(journey, who: str, query: str = "") -> str:
    with journey.on():
        return body(signed_in(journey, who).get(f"{PENDING}?{query}"))


def test_the_promised_day_is_a_clock_that_the_worklist_warns_of(journey):
    promised(journey, -1)
    clock = journey.document.deadlines.open().get(code="mad_decide")
    assert clock.start_on == journey.document.proposed_on
    item = WorkItem.objects.get(file_id=journey.document.pk, closed_at__isnull=True, authority="consultation.run")
    assert item.deadline == clock
    with journey.on():
        alerts = body(signed_in(journey, "lt_clerk").get(reverse("inside:worklist") + "?tab=alerts"))
    assert journey.document.title in alerts


def test_another_day_takes_the_place_of_the_old_one(journey):
    promised(journey, 10)
    promised(journey, 40)
    states = journey.document.deadlines.filter(code="mad_decide").order_by("id").values_list("state", flat=True)
    assert list(states) == ["cancelled", "running"]
    decision = journey.document
    with journey.on():
        keep_due_day(decision, by=journey.cast.clerk)
        decision.due_on = None
        decision.save(update_fields=["due_on"])
        keep_due_day(decision, by=journey.cast.clerk)
    assert not decision.deadlines.open().exists()


def test_the_clock_ends_with_the_decision_or_with_the_procedure(journey):
    promised(journey, 10)
    with journey.on():
        journey._step("terminate", journey.cast.head, note="情况变化。")
    assert journey.document.deadlines.get(code="mad_decide").state == Deadline.State.CANCELLED


def test_a_proposal_may_come_with_its_day(journey):
    other = begin(journey.world, texts.bus)
    other.propose(due_on=other.day + timedelta(days=60), due_basis="县级文件")
    assert other.document.deadlines.open().get(code="mad_decide").effective_end == other.day + timedelta(days=60)


def test_the_town_says_why_and_nothing_of_it_changes(journey):
    promised(journey, -5)
    with journey.on():
        with pytest.raises(StepRefused, match="不能早于今天"):
            explain_delay(
                journey.document, by=journey.cast.clerk, reason="待县级批复。", expected_on=journey.day - timedelta(1)
            )
        explain_delay(
            journey.document, by=journey.cast.clerk, reason="待县级批复。", expected_on=journey.day + timedelta(30)
        )
    assert "待县级批复。" in listed(journey, "lt_clerk")
    with pytest.raises(DatabaseError), transaction.atomic():
        DelayNote.objects.update(reason="改写")


@pytest.mark.parametrize(
    ("days", "query", "is_listed"),
    [
        (-5, "standing=overdue", True),
        (-5, "standing=silent", True),
        (-5, "standing=soon", False),
        (0, "standing=overdue", False),
        (0, "standing=soon", True),
        (30, "standing=soon", True),
        (31, "standing=soon", False),
        (31, "", True),
    ],
)
def test_the_list_is_narrowed_by_how_near_the_day_is(journey, days, query, is_listed):
    promised(journey, days)
    assert (journey.document.title in listed(journey, "lt_clerk", query)) is is_listed


def test_who_stays_long_in_one_stage_is_listed_without_any_promise(journey):
    assert journey.document.title not in listed(journey, "lt_clerk", "standing=long")
    journey.day += timedelta(days=120)
    shown = listed(journey, "lt_clerk", "standing=long")
    assert journey.document.title in shown
    with journey.on():
        case = body(signed_in(journey, "lt_clerk").get(reverse("inside:case", args=[journey.document.public_id])))
    assert "环节已停留" in case


def test_the_county_reads_what_is_due_but_not_the_draft(journey):
    assert journey.document.title not in listed(journey, "county_supervisor")
    promised(journey, -5)
    shown = listed(journey, "county_supervisor")
    assert journey.document.title in shown
    assert "逾期 5 日" in shown
    case = reverse("inside:case", args=[journey.document.public_id])
    assert case not in shown
    with journey.on():
        assert signed_in(journey, "county_supervisor").get(case).status_code == 404


@pytest.mark.parametrize("who", ["qh_clerk", "county_reviewer", "lt_village01"])
def test_others_do_not_read_it(journey, who):
    promised(journey, -5)
    assert journey.document.title not in listed(journey, who)


def test_the_case_page_warns_and_leads_to_the_form(journey):
    promised(journey, -5)
    with journey.on():
        clerk = signed_in(journey, "lt_clerk")
        case = reverse("inside:case", args=[journey.document.public_id])
        assert address(journey, "delay") in body(clerk.get(case))
        refused = clerk.post(address(journey, "delay"), {"reason": "待批复。", "expected_on": "2026-01-01"})
        assert refused.status_code == 422
        assert "待批复。" in body(refused)
        answer = clerk.post(address(journey, "delay"), {"reason": "待批复。", "expected_on": "2026-12-01"})
        assert answer.status_code == 302
        assert "待批复。" in body(clerk.get(case))
        assert signed_in(journey, "lt_head").post(address(journey, "delay"), {}).status_code == 403


def test_the_facts_take_no_day_before_the_proposal(journey):
    with journey.on():
        clerk = signed_in(journey, "lt_clerk")
        form = clerk.get(address(journey, "edit")).context["form"]
        data = {name: form[name].value() or "" for name in form.fields} | {"due_on": "2026-03-01", "due_basis": "承诺"}
        data |= {"seen": journey.document.facts_digest()}
        data = {name: value for name, value in data.items() if value is not False}
        assert "不能早于提出日期" in body(clerk.post(address(journey, "edit"), data))
        assert clerk.post(address(journey, "edit"), data | {"due_on": "2026-06-30"}).status_code == 302
    assert journey.document.deadlines.open().get(code="mad_decide").effective_end.isoformat() == "2026-06-30"


def test_a_proposal_from_before_the_regulation_has_no_rule_for_its_day(journey):
    journey.document.proposed_on = date(2019, 8, 30)
    journey.document.save(update_fields=["proposed_on"])
    form = DecisionForm(
        {"title": "方案", "due_on": "2026-06-30", "due_basis": "承诺", "matter": "plan"}, instance=journey.document
    )
    assert "2019" in str(form.errors["due_on"])


def overdue(journey, year: int = 2026):
    with journey.on():
        return indicators["decisions.overdue"].compute(Scope.of_year(journey.cast.town, year))


def test_the_figure_counts_what_was_not_made_by_its_day(journey):
    assert overdue(journey).value == 0
    promised(journey, -1)
    assert overdue(journey).value == 1
    assert overdue(journey, 2025).value == 0
    promised(journey, 0)
    assert overdue(journey).value == 0
    with journey.on():
        journey._step("terminate", journey.cast.head, note="情况变化。")
    with clock_set_to(journey.day + timedelta(days=9)):
        assert indicators["decisions.overdue"].compute(Scope.of_year(journey.cast.town, 2026)).value == 0
