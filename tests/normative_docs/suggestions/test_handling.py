"""The county handles a suggestion, the town says its part, and the proposer's name stays with the county."""

from datetime import timedelta

import pytest
from django.urls import reverse

from normative_docs.suggestions.handling import identify
from normative_docs.suggestions.models import ReviewSuggestion
from normative_docs.suggestions.receiving import SuggestionRefused
from portal.accounts.authority import holders
from portal.casefiles.models import FileLink
from portal.documents.models import DocumentVersion
from portal.jobs import queue
from portal.moment import clock_set_to
from portal.oversight.filing import open_filing
from portal.workflow.perform import perform
from portal.workflow.refusals import NotAuthorised, StepRefused
from tests.normative_docs.evaluation.evaluations import document, work_off
from tests.normative_docs.suggestions import matters

LATER = matters.RECEIVED + timedelta(days=20)


@pytest.fixture(autouse=True)
def later():
    with clock_set_to(LATER):
        yield


def case(file):
    return reverse("inside:case", args=[file.public_id])


def test_the_town_reads_the_reason_and_not_who_wrote(world, as_person):
    suggestion = matters.received(world)
    page = as_person("lt_clerk").get(case(suggestion)).content.decode()
    assert matters.REASON in page
    assert matters.NAME not in page
    assert matters.PHONE not in page
    assert "查看建议人信息" not in page
    history = reverse("inside:history", args=[suggestion.public_id])
    assert matters.NAME not in as_person("lt_clerk").get(history).content.decode()


def test_the_town_reads_not_even_a_part_of_the_name_or_number(world, as_person):
    suggestion = matters.received(world)
    page = as_person("lt_clerk").get(case(suggestion)).content.decode()
    assert "陈**" not in page
    assert "138******11" not in page
    assert "陈**　138******11" in as_person("county_reviewer").get(case(suggestion)).content.decode()


def test_the_county_looks_at_the_proposer_by_a_click_that_is_recorded(world, as_person):
    suggestion = matters.received(world)
    client = as_person("county_reviewer")
    assert matters.NAME not in client.get(case(suggestion)).content.decode()
    address = reverse("suggestions:proposer", args=[suggestion.public_id])
    assert client.get(address).status_code == 302
    page = client.post(address).content.decode()
    assert matters.NAME in page
    assert matters.PHONE in page
    assert suggestion.audit_entries.filter(verb="suggestion.proposer_seen").count() == 1


def test_nobody_of_the_town_opens_the_proposers_page(world, as_person):
    suggestion = matters.received(world)
    address = reverse("suggestions:proposer", args=[suggestion.public_id])
    assert as_person("lt_clerk").post(address).status_code == 403
    assert as_person("qh_clerk").post(address).status_code == 404


def test_the_interface_tells_no_proposer(world, as_person):
    matters.received(world)
    answer = as_person("county_reviewer").get("/api/v1/review-suggestions/")
    text = answer.content.decode()
    assert matters.REASON in text
    assert matters.NAME not in text
    assert matters.PHONE not in text


def test_the_reply_letter_is_official_paper_addressed_by_the_receipt(world):
    suggestion = matters.concluded(world, paper=False)
    work_off()
    suggestion = ReviewSuggestion.objects.get(pk=suggestion.pk)
    receipt = suggestion.receipts.get()
    text = suggestion.reply_letter.text
    assert receipt.number in text
    assert suggestion.reply_number in text
    assert matters.NAME not in text
    names = DocumentVersion.objects.filter(document__file_id=suggestion.pk).values_list("name", flat=True)
    assert set(names) == {"审查建议答复书.pdf", "审查建议答复书.docx"}


def test_a_letter_that_failed_is_asked_for_again(world, as_person):
    suggestion = matters.concluded(world, paper=False)
    for pk in queue.waiting().values_list("pk", flat=True):
        queue.Job.objects.filter(pk=pk).update(state="failed")
    address = reverse("suggestions:letter", args=[suggestion.public_id])
    assert as_person("county_reviewer").post(address).status_code == 302
    assert queue.waiting().filter(key=f"{suggestion.pk}:reply").exists()


def test_going_on_without_a_statement_waits_for_the_day(world):
    suggestion = matters.asked(world)
    with clock_set_to(suggestion.statement_due), pytest.raises(StepRefused, match="期满前不能"):
        perform(suggestion, "go_on_without", by=world["county_reviewer"], data={"reason": "没有说明。"})
    with clock_set_to(suggestion.statement_due + timedelta(days=1)):
        data = {"reason": "没有说明。"}
        suggestion = perform(suggestion, "go_on_without", by=world["county_reviewer"], data=data)
        assert perform(suggestion, "conclude", by=world["county_reviewer"], data=matters.conclusion())


def test_the_town_concludes_nothing_and_the_county_states_nothing(world):
    suggestion = matters.asked(world)
    with pytest.raises(NotAuthorised):
        perform(suggestion, "state", by=world["county_reviewer"], data={"statement": "x"})
    suggestion = matters.heard(world, made=suggestion.document)
    with pytest.raises(NotAuthorised):
        perform(suggestion, "conclude", by=world["lt_clerk"], data=matters.conclusion())
    assert world["lt_clerk"] not in holders("suggestions.review", suggestion.organisation)


def test_what_will_be_public_names_nobody(world):
    suggestion = matters.heard(world)
    for words, why in ((f"{matters.NAME}建议删去。", "姓名"), ("电话 13800001111。", "手机号码")):
        data = {**matters.conclusion(), "public_summary": words}
        with pytest.raises(StepRefused, match=why):
            perform(suggestion, "conclude", by=world["county_reviewer"], data=data)


def test_the_result_is_tied_to_the_documents_filing(world):
    made = document(world)
    filing = open_filing(made, "normative_document", by=world["lt_clerk"])
    type(filing).objects.filter(pk=filing.pk).update(submitted_on=matters.RECEIVED)
    suggestion = matters.concluded(world, "order", made=made)
    assert FileLink.objects.filter(source_id=suggestion.pk, target_id=filing.pk).exists()


def test_an_order_ends_when_the_county_is_satisfied(world):
    suggestion = matters.corrected(world)
    with clock_set_to(LATER + timedelta(days=30)):
        done = perform(suggestion, "confirm_correction", by=world["county_reviewer"])
    assert done.is_closed
    assert done.stage == "corrected"


def test_the_document_that_was_named_is_looked_up_and_chosen(world, as_person):
    made = document(world)
    suggestion = matters.received(world, made=made)
    ReviewSuggestion.objects.filter(pk=suggestion.pk).update(document=None)
    client = as_person("county_reviewer")
    address = reverse("suggestions:identify", args=[suggestion.public_id])
    assert made.title in client.get(address, {"words": "供水"}).content.decode()
    assert client.post(address, {"words": "供水"}).status_code == 422
    assert client.post(address, {"words": "供水", "document": made.pk}).status_code == 302
    assert ReviewSuggestion.objects.get(pk=suggestion.pk).document == made


def test_another_bodys_document_is_not_taken_for_it(world):
    suggestion = matters.received(world)
    other = document(world, town="qinghe")
    with pytest.raises(SuggestionRefused, match="只能对应到"):
        identify(suggestion, other, by=world["county_reviewer"])


def test_the_countys_list_shows_what_runs_with_its_lamp(world, as_person):
    suggestion = matters.received(world)
    with clock_set_to(matters.RECEIVED + timedelta(days=58)):
        page = as_person("county_reviewer").get(reverse("suggestions:county")).content.decode()
    assert suggestion.document.title in page
    assert "剩 2 日" in page
    assert "2026-05-15" in page
    assert suggestion.document.title not in (
        as_person("county_reviewer").get(reverse("suggestions:county"), {"state": "late"}).content.decode()
    )


def test_the_list_asks_no_more_of_the_database_for_more_suggestions(world, as_person, django_assert_max_num_queries):
    made = document(world)
    matters.received(world, made=made)
    client, address = as_person("county_reviewer"), reverse("suggestions:county")
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    for _ in range(3):
        matters.received(world, made=made)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)


@pytest.mark.parametrize("stage", ["received", "asked", "heard", "concluded", "corrected"])
@pytest.mark.parametrize("who", ["county_reviewer", "lt_clerk"])
def test_the_case_page_opens_in_every_stage_on_both_sides(world, as_person, stage, who):
    suggestion = getattr(matters, stage)(world)
    page = as_person(who).get(case(suggestion))
    assert page.status_code == 200
    assert as_person(who).get(reverse("inside:register", kwargs={"code": "review-suggestions"})).status_code == 200


def test_the_town_does_not_read_the_reply_before_it_is_signed(world, as_person):
    suggestion = matters.concluded(world)
    words = matters.conclusion()["opinion"]
    section = as_person("lt_clerk").get(case(suggestion)).content.decode()
    assert "审查结果和答复" not in section
    assert words in as_person("county_reviewer").get(case(suggestion)).content.decode()
