"""A step by the interface: the same form, the same refusals, the same `perform()` as on the page."""

import html

import pytest
from django.urls import reverse

from portal.workflow.models import TransitionRecord
from tests.portal.api.conftest import place

pytestmark = pytest.mark.usefixtures("on_the_day")
OPEN = "transitions/open_consultation/"


def test_a_step_whose_gates_are_met_is_taken(asking, draft, notice):
    answer = asking("lt_clerk").send(place(draft, OPEN), notice)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["stage"] == "consultation"
    record = TransitionRecord.objects.get(file_id=draft.pk, code="open_consultation")
    assert record.performed_by.username == "lt_clerk"
    assert record.data["summary"] == notice["summary"]


def test_page_and_interface_refuse_in_the_same_words(asking, begun, notice):
    journey = begun()
    document = journey.document
    document.draft_text = document.necessity = ""
    document.issuing_authority = document.handling_unit
    document.save(update_fields=["draft_text", "necessity", "issuing_authority"])
    clerk = asking("lt_clerk")
    refused = clerk.send(place(document, OPEN), notice)
    page = clerk.post(
        reverse("inside:step", kwargs={"public_id": document.public_id, "code": "open_consultation"}),
        notice | {"confirmed": "on"},
    )
    assert refused.status_code == page.status_code == 409
    body = refused.json()
    assert body["type"].endswith("#gates-not-met")
    assert {"code", "label", "basis", "binding", "explain", "remedy"} <= set(body["missing"][0])
    shown = html.unescape(page.content.decode())
    assert len(body["missing"]) >= 2
    for gate in body["missing"]:
        assert gate["label"] in shown
        assert gate["remedy"] in shown
    assert not TransitionRecord.objects.filter(file_id=document.pk).exists()


def test_every_step_that_leaves_the_stage_is_listed_with_what_it_needs(asking, draft):
    steps = {step["code"]: step for step in asking("lt_clerk").get(place(draft, "transitions/")).json()}
    assert set(steps) == {"open_consultation", "register_existing", "terminate"}
    opening = steps["open_consultation"]
    assert opening["authority_held"] is True
    assert opening["is_ready"] is True
    assert [gate["state"] for gate in opening["gates"]] == ["met"] * 3
    fields = {field["name"]: field for field in opening["form"]}
    assert fields["closes_on"]["type"] == "date"
    assert fields["summary"]["required"] is True
    assert fields["confirmed"]["type"] == "boolean"
    assert steps["terminate"]["authority_held"] is False
    assert steps["terminate"]["barred"]


def test_the_wrong_person_is_refused_and_told_why(asking, draft):
    answer = asking("lt_clerk").send(place(draft, "transitions/terminate/"), {"note": "不再制定。"})
    assert answer.status_code == 403
    assert "终止起草" in answer.json()["detail"]


def test_a_step_without_its_reason_names_the_field(asking, draft):
    answer = asking("lt_head").send(place(draft, "transitions/terminate/"), {})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["note"]


def test_the_form_is_judged_as_on_the_page(asking, draft, notice):
    answer = asking("lt_clerk").send(place(draft, OPEN), notice | {"closes_on": "2026-03-05", "confirmed": False})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"closes_on", "confirmed"}


def test_a_second_post_of_the_same_step_is_a_conflict(asking, draft, notice):
    clerk = asking("lt_clerk")
    notice["expects"] = clerk.get(place(draft, OPEN)).json()["expects"]
    assert clerk.send(place(draft, OPEN), notice).status_code == 200
    again = clerk.send(place(draft, OPEN), notice)
    assert again.status_code == 409
    assert again.json()["type"].endswith("#stage-conflict")
    assert TransitionRecord.objects.filter(file_id=draft.pk).count() == 1


def test_a_file_that_moved_since_it_was_read_is_a_conflict(asking, draft, notice):
    clerk = asking("lt_clerk")
    assert clerk.send(place(draft, OPEN), notice).status_code == 200
    stale = {"note": "退回补充材料。", "expects": 0}
    answer = clerk.send(place(draft, "transitions/return_to_drafting/"), stale)
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#stage-conflict")


def test_a_step_that_the_procedure_does_not_know_is_not_found(asking, draft):
    clerk = asking("lt_clerk")
    assert clerk.get(place(draft, "transitions/fly_away/")).status_code == 404
    assert clerk.send(place(draft, "transitions/fly_away/"), {}).status_code == 404


def test_a_step_out_of_its_place_is_a_conflict(asking, draft):
    clerk = asking("lt_clerk")
    assert clerk.get(place(draft, "transitions/publish/")).json()["is_ready"] is False
    answer = clerk.send(place(draft, "transitions/publish/"), {"confirmed": True})
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#stage-conflict")


def test_a_field_that_the_form_does_not_have_is_an_error_not_silence(asking, draft, notice):
    answer = asking("lt_clerk").send(place(draft, OPEN), notice | {"sumary": "x"})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["sumary"]


def test_the_history_shows_the_step_with_its_gates_of_that_day(asking, draft, notice):
    clerk = asking("lt_clerk")
    clerk.send(place(draft, OPEN), notice)
    entries = clerk.get(place(draft, "history/")).json()["results"]
    moved = next(entry for entry in entries if entry["verb"] == "file.moved")
    assert moved["step"]["code"] == "open_consultation"
    assert {gate["state"] for gate in moved["step"]["gates"]} == {"met"}
    assert [entry["sequence"] for entry in entries] == sorted((e["sequence"] for e in entries), reverse=True)


def test_a_running_limit_explains_its_day(asking, draft, notice):
    clerk = asking("lt_clerk")
    clerk.send(place(draft, OPEN), notice)
    clocks = clerk.get(place(draft, "deadlines/")).json()
    assert clocks
    assert all(clock["basis"] and clock["rule"] and clock["steps"] for clock in clocks)
    assert {clock["lamp"]["state"] for clock in clocks} <= {"fine", "soon", "late", "halt", "idle", "done"}
