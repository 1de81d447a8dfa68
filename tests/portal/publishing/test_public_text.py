"""Four eyes on the public text: one marks, another reviews; a changed source makes the copy worthless."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from portal.publishing.copying import Added, prepare_copy, review_copy
from portal.publishing.models import RedactionMark, ReviewedCopy
from portal.publishing.refusals import CopyRefused, FourEyes, PublishRefused, SourceChanged
from portal.publishing.register import publish
from portal.publishing.standing import copy_reviewed
from portal.workflow.declare import GateState
from portal.workflow.refusals import NotAuthorised
from tests.portal.publishing.town import ALL, SECRET_TEXT, draft, paper, reviewed

pytestmark = pytest.mark.django_db


def test_the_gate_opens_step_by_step(world):
    document = draft(world, text=SECRET_TEXT)
    assert copy_reviewed(document).state is GateState.NOT_STARTED
    copy = prepare_copy(document, by=world["lt_clerk"])
    assert copy_reviewed(document).state is GateState.IN_PROGRESS
    review_copy(copy, by=world["lt_legal"], checklist=ALL)
    assert copy_reviewed(document).state is GateState.MET


def test_the_copy_holds_the_masked_text_and_the_marks_hold_no_words(world):
    copy = reviewed(world, draft(world, text=SECRET_TEXT))
    assert "李某" in copy.parts["text"]
    for hidden in ("李晓梅", "11010119900307721X", "13800138000", "三组15号"):
        assert hidden not in str(copy.parts)
        assert not any(hidden in mark.replacement + mark.why for mark in copy.marks.all())
    assert copy.rules_version
    assert copy.reviewed_by == world["lt_legal"]


def test_a_changed_text_closes_the_gate_again(world):
    document = draft(world)
    reviewed(world, document)
    document.draft_text += "\n第五条　另加一条。"
    document.save(update_fields=["draft_text"])
    assert copy_reviewed(document).state is GateState.IN_PROGRESS
    assert "变动" in copy_reviewed(document).explain
    with pytest.raises(PublishRefused):
        publish(document, by=world["lt_clerk"])


def test_a_further_paper_closes_the_gate_again(world):
    document = draft(world)
    reviewed(world, document)
    paper(document, "正式文本".encode(), "正式文本.txt", world["lt_clerk"])
    assert copy_reviewed(document).state is GateState.IN_PROGRESS


def test_nobody_reviews_the_own_marks(world):
    document = draft(world)
    copy = prepare_copy(document, by=world["lt_clerk"])
    copy.prepared_by = world["lt_legal"]
    copy.save(update_fields=["prepared_by"])
    with pytest.raises(FourEyes):
        review_copy(copy, by=world["lt_legal"], checklist=ALL)


def test_the_database_refuses_one_person_for_both(world):
    copy = prepare_copy(draft(world), by=world["lt_clerk"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewedCopy.objects.filter(pk=copy.pk).update(
            reviewed_by=world["lt_clerk"], reviewed_at=copy.prepared_at, checklist=ALL
        )


def test_every_question_must_be_confirmed(world):
    copy = prepare_copy(draft(world), by=world["lt_clerk"])
    with pytest.raises(CopyRefused, match="国家秘密"):
        review_copy(copy, by=world["lt_legal"], checklist=ALL[1:])


@pytest.mark.parametrize("username", ["lt_legal", "qh_clerk", "lt_village01", "county_reviewer", "sysadmin"])
def test_only_a_preparer_of_the_town_prepares(world, username):
    document = draft(world)
    with pytest.raises(NotAuthorised):
        prepare_copy(document, by=world[username])


@pytest.mark.parametrize("username", ["lt_clerk", "qh_legal", "qh_head", "county_supervisor"])
def test_only_a_reviewer_of_the_town_reviews(world, username):
    copy = prepare_copy(draft(world), by=world["lt_clerk"])
    with pytest.raises(NotAuthorised):
        review_copy(copy, by=world[username], checklist=ALL)


def test_the_reviewer_may_drop_a_mark_and_add_words(world):
    document = draft(world, text=SECRET_TEXT + "外号老六。")
    copy = prepare_copy(document, by=world["lt_clerk"])
    kept = [mark.pk for mark in copy.marks.all() if mark.kind != "phone"]
    review_copy(copy, by=world["lt_legal"], checklist=ALL, accepted=kept, added=[Added("老六", "某人")])
    copy.refresh_from_db()
    assert "13800138000" in copy.parts["text"]
    assert "外号某人" in copy.parts["text"]
    assert copy.marks.get(kind="phone").accepted is False
    assert copy.marks.get(kind="other").origin == RedactionMark.Origin.PERSON


def test_words_that_stand_nowhere_are_told(world):
    with pytest.raises(CopyRefused, match="没有找到"):
        prepare_copy(draft(world), by=world["lt_clerk"], added=[Added("不存在的词", "某")])


def test_marks_made_on_another_text_are_refused(world):
    document = draft(world)
    with pytest.raises(SourceChanged):
        prepare_copy(document, by=world["lt_clerk"], expects="0" * 64)
    copy = prepare_copy(document, by=world["lt_clerk"])
    document.draft_text += "补充"
    document.save(update_fields=["draft_text"])
    with pytest.raises(SourceChanged):
        review_copy(copy, by=world["lt_legal"], checklist=ALL)


def test_a_reviewed_copy_and_its_marks_never_change(world):
    copy = reviewed(world, draft(world, text=SECRET_TEXT))
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewedCopy.objects.filter(pk=copy.pk).update(note="改")
    with pytest.raises(DatabaseError), transaction.atomic():
        copy.marks.update(accepted=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewedCopy.objects.filter(pk=copy.pk).delete()


def test_preparing_and_reviewing_stand_in_the_history_without_personal_words(world):
    document = draft(world, text=SECRET_TEXT)
    reviewed(world, document)
    entries = {entry.verb: entry for entry in document.audit_entries.all()}
    assert {"publishing.prepared", "publishing.reviewed"} <= set(entries)
    assert "李晓梅" not in str([(entry.summary, entry.payload) for entry in entries.values()])
