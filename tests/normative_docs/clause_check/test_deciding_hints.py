"""A draft is looked through when it is saved and when it is sent; people decide each hint and say why."""

import pytest
from django.db import IntegrityError, transaction

from normative_docs.clause_check.checking import check, newest_check
from normative_docs.clause_check.deciding import decide
from normative_docs.clause_check.models import ClauseCheck, ClauseHint, Decision
from normative_docs.clause_check.registering import standing
from portal.audit.models import AuditEntry
from portal.workflow.declare import GateState
from portal.workflow.gates import missing
from portal.workflow.refusals import GatesNotMet, NotAuthorised, StepRefused
from tests.normative_docs.clause_check.stories import FEE, VAGUE, drafted, under_review


def _rewrite(journey, text):
    journey.document.draft_text = text
    journey.document.save(update_fields=["draft_text"])


def _hint(journey, kind):
    return newest_check(journey.document).hints.get(kind=kind)


def test_the_hints_on_a_draft_are_kept_once(world):
    journey = drafted(world)
    with journey.on():
        first = check(journey.document, journey.cast.clerk)
        again = check(journey.document, journey.cast.clerk)
    assert first == again
    assert list(first.hints.values_list("at", "kind", "decision")) == [
        ("第二条", "设定收费", "open"),
        ("第三条", "模糊权力", "open"),
    ]


def test_a_dismissal_without_reason_is_refused_by_service_and_database(world):
    journey = drafted(world)
    with journey.on():
        hint = check(journey.document, journey.cast.clerk).hints.first()
        with pytest.raises(StepRefused, match="应当说明理由"):
            decide(hint, by=journey.cast.clerk, decision="dismissed", reason="  ")
        with pytest.raises(IntegrityError, match="dismissed_hint_has_its_reason"), transaction.atomic():
            ClauseHint.objects.filter(pk=hint.pk).update(
                decision="dismissed", decided_by=journey.cast.clerk, decided_at=hint.check_of.checked_at
            )


def test_a_decision_is_written_down_with_its_person(world):
    journey = drafted(world)
    with journey.on():
        hint = check(journey.document, journey.cast.clerk).hints.first()
        decided = decide(hint, by=journey.cast.clerk, decision="dismissed", reason="县发展改革部门已核定标准。")
    assert decided.decided_by == journey.cast.clerk
    entry = AuditEntry.objects.filter(verb="clause_check.decided").latest("id")
    assert "不采纳" in entry.summary
    assert "县发展改革部门" in entry.summary


def test_decisions_come_along_where_clause_and_kind_are_unchanged(world):
    journey = drafted(world)
    with journey.on():
        check(journey.document, journey.cast.clerk)
        decide(_hint(journey, "设定收费"), by=journey.cast.clerk, decision="dismissed", reason="有省级批准文件。")
        decide(_hint(journey, "模糊权力"), by=journey.cast.clerk, decision="accepted")
        _rewrite(journey, journey.document.draft_text.replace("采取必要的行政手段", "采取一切必要措施"))
        assert standing(journey.document).state == GateState.NOT_STARTED
        check(journey.document, journey.cast.clerk)
    fee, vague = _hint(journey, "设定收费"), _hint(journey, "模糊权力")
    assert (fee.decision, fee.reason) == (Decision.DISMISSED, "有省级批准文件。")
    assert vague.decision == Decision.OPEN
    assert ClauseCheck.objects.filter(document=journey.document).count() == 2


def test_a_hint_of_an_older_draft_cannot_be_decided(world):
    journey = drafted(world)
    with journey.on():
        old = check(journey.document, journey.cast.clerk).hints.first()
        _rewrite(journey, journey.document.draft_text + "\n第六条　其他事项。")
        with pytest.raises(StepRefused, match="以前的文稿"):
            decide(old, by=journey.cast.clerk, decision="accepted")


def test_the_second_of_two_people_is_told(world):
    journey = drafted(world)
    with journey.on():
        hint = check(journey.document, journey.cast.clerk).hints.first()
        decide(hint, by=journey.cast.clerk, decision="accepted", seen="open")
        with pytest.raises(StepRefused, match="他人处理"):
            decide(hint, by=journey.cast.legal, decision="dismissed", reason="重复", seen="open")


def test_sending_to_review_checks_by_itself_and_the_reviewer_decides(world):
    journey = under_review(world)
    with journey.on():
        assert standing(journey.document).state == GateState.IN_PROGRESS
        with pytest.raises(NotAuthorised, match="送审"):
            decide(_hint(journey, "设定收费"), by=journey.cast.clerk, decision="accepted")
        journey.find()
        journey.workday()
    with journey.on():
        open_gates = {gate.code for gate in missing(journey.document, _opinion_step(journey))}
        assert open_gates == {"checklist_answered", "clause_hints_decided"}
        for hint in newest_check(journey.document).hints.all():
            decide(hint, by=journey.cast.legal, decision="accepted")
        assert standing(journey.document).state == GateState.MET


def test_no_opinion_while_a_hint_is_open(world):
    journey = under_review(world)
    journey.find()
    journey.answer_list(failing="no_burden")
    with journey.on():
        hint = _hint(journey, "模糊权力")
        ClauseHint.objects.filter(pk=hint.pk).update(decision="open", reason="", decided_by=None, decided_at=None)
        with pytest.raises(GatesNotMet) as refusal:
            journey._step("issue_opinion", journey.cast.legal, conclusion="amend", opinion="请修改。")
    assert [gate.code for gate in refusal.value.missing] == ["clause_hints_decided"]


def test_what_the_opinion_rests_on_is_not_changed_afterwards(world):
    journey = under_review(world)
    journey.find()
    journey.conclude("amend", "请修改第二条。")
    with journey.on(), pytest.raises(StepRefused, match="意见书"):
        decide(_hint(journey, "设定收费"), by=journey.cast.clerk, decision="dismissed", reason="另有依据")


def test_a_document_repealed_in_the_portal_is_no_ground(world):
    earlier = under_review(world, ("为了规范集市秩序，制定本办法。", "摊主应当保持摊位整洁。"))
    type(earlier.document).objects.filter(pk=earlier.document.pk).update(
        document_number="龙政规〔2020〕9号", published_on=earlier.day, repealed_on=earlier.day
    )
    journey = drafted(world, ("为了规范集市，制定本办法。", "摊位按照《龙潭镇摊位规定》（龙政规〔2020〕9号）划定。"))
    with journey.on(earlier.day):
        (hint,) = check(journey.document, journey.cast.clerk).hints.all()
    assert hint.kind == "引用已废止依据"


def _opinion_step(journey):
    return journey.document.workflow.transition("issue_opinion")


def test_the_words_of_a_hint_stand_in_the_draft(world):
    journey = drafted(world)
    with journey.on():
        found = set(check(journey.document, journey.cast.clerk).hints.values_list("text", flat=True))
    assert found == {FEE, VAGUE}
