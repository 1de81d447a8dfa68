"""Suggestions and incidental reviews at every point of their way, as their people bring them there."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.suggestions.gates import REPLY
from normative_docs.suggestions.incidental.gates import GROUNDS, NOTICE, RESULT
from normative_docs.suggestions.incidental.gates import REPLY as INCIDENTAL_REPLY
from normative_docs.suggestions.incidental.registering import register_review, save_statement, statement_digest
from normative_docs.suggestions.models import IncidentalReview, ReviewSuggestion
from normative_docs.suggestions.receiving import receive_suggestion
from portal.documents.attach import attach
from portal.moment import clock_set_to
from portal.workflow.perform import perform
from tests.normative_docs.evaluation.evaluations import document

RECEIVED = date(2026, 3, 16)
NAME, PHONE = "陈小满", "13800001111"
REASON = "第三条要求缴纳押金，没有法律、法规依据，建议删去。"


def received(world, on=RECEIVED, made=None, **fields) -> ReviewSuggestion:
    made = made or document(world)
    with clock_set_to(on):
        return receive_suggestion(
            organisation=made.organisation, document=made,
            **{
                "named_document": made.title, "clause": "第三条", "reason": REASON, "proposer": "person",
                "proposer_name": NAME, "contact": PHONE, **fields,
            },
        )[0]  # fmt: skip


def accepted(world, on=RECEIVED + timedelta(days=2), **fields) -> ReviewSuggestion:
    suggestion = received(world, **fields)
    with clock_set_to(on):
        return perform(suggestion, "accept", by=world["county_reviewer"])


def asked(world, on=RECEIVED + timedelta(days=3), **fields) -> ReviewSuggestion:
    suggestion = accepted(world, **fields)
    with clock_set_to(on):
        data = {"until": on + timedelta(days=10), "asked": "请说明第三条的依据。"}
        return perform(suggestion, "ask_maker", by=world["county_reviewer"], data=data)


def heard(world, on=RECEIVED + timedelta(days=8), **fields) -> ReviewSuggestion:
    suggestion = asked(world, **fields)
    with clock_set_to(on):
        return perform(suggestion, "state", by=world["lt_clerk"], data={"statement": "第三条依据不足，拟修改。"})


def conclusion(result="sound") -> dict:
    return {
        "result": result, "opinion": "经审查，有关条款符合上位法规定。",
        "public_summary": "建议删去第三条；经审查，有关条款符合上位法规定。",
    }  # fmt: skip


def concluded(world, result="sound", paper=True, on=RECEIVED + timedelta(days=20), **fields) -> ReviewSuggestion:
    suggestion = heard(world, **fields)
    with clock_set_to(on):
        suggestion = perform(suggestion, "conclude", by=world["county_reviewer"], data=conclusion(result))
        if paper:
            words = ContentFile("审查建议答复书".encode(), name="答复书.txt")
            suggestion.reply_letter = attach(suggestion, REPLY.code, words, world["county_reviewer"])
            suggestion.save(update_fields=["reply_letter"])
    return ReviewSuggestion.objects.get(pk=suggestion.pk)


def replied(world, result="sound", on=RECEIVED + timedelta(days=22), **fields) -> ReviewSuggestion:
    suggestion = concluded(world, result, **fields)
    with clock_set_to(on):
        code = "reply" if result == "sound" else "reply_and_press"
        return perform(suggestion, code, by=world["county_supervisor"])


def finish(suggestion, world) -> ReviewSuggestion:
    """From receipt to a reply that found nothing, all on one day."""
    county, today = world["county_reviewer"], RECEIVED + timedelta(days=1)
    with clock_set_to(today):
        suggestion = perform(suggestion, "accept", by=county)
        suggestion = perform(suggestion, "ask_maker", by=county, data={"until": today, "asked": "请说明。"})
        suggestion = perform(suggestion, "state", by=world["lt_clerk"], data={"statement": "依据省条例。"})
        suggestion = perform(suggestion, "conclude", by=county, data=conclusion())
        suggestion.reply_letter = attach(
            suggestion, REPLY.code, ContentFile("答复书".encode(), name="答复书.txt"), county
        )  # fmt: skip
        suggestion.save(update_fields=["reply_letter"])
        return perform(suggestion, "reply", by=world["county_supervisor"])


def corrected(world, on=RECEIVED + timedelta(days=40), **fields) -> ReviewSuggestion:
    suggestion = replied(world, "order", **fields)
    with clock_set_to(on):
        return perform(
            suggestion, "report_correction", by=world["lt_clerk"], data={"correction": "已删去第三条，另行公布。"}
        )


def registered(world, on=RECEIVED, channel="reconsideration", came=None, **fields) -> IncidentalReview:
    made = document(world)
    with clock_set_to(on):
        return register_review(
            made, by=world["lt_clerk"], channel=channel,
            **{
                "requesting_body": "云溪县人民政府", "case_number": "云府复〔2026〕12号", "clause": "第三条",
                "received_on": came or on, **fields,
            },
        )  # fmt: skip


def hand_in(review, slot, world):
    words = ContentFile(slot.label.encode(), name=f"{slot.label}.txt")
    return attach(review, slot.code, words, world["lt_clerk"])


def ready_to_hand_in(world, on=RECEIVED, **fields) -> IncidentalReview:
    review = registered(world, on=on, **fields)
    with clock_set_to(on):
        hand_in(review, NOTICE, world)
        hand_in(review, GROUNDS, world)
        return save_statement(
            review, by=world["lt_clerk"], statement="第三条依据省水资源条例第十条制定。",
            needs_collective_view=review.needs_collective_view, seen=statement_digest(review),
        )  # fmt: skip


def handed_in(world, on=RECEIVED, paper=True, **fields) -> IncidentalReview:
    review = ready_to_hand_in(world, on=on, **fields)
    with clock_set_to(on):
        review = perform(review, "hand_in", by=world["lt_clerk"])
        if paper:
            review.reply_paper = hand_in(review, INCIDENTAL_REPLY, world)
            review.save(update_fields=["reply_paper"])
    return IncidentalReview.objects.get(pk=review.pk)


def sent(world, on=RECEIVED, sent_on=None, **fields) -> IncidentalReview:
    review = handed_in(world, **fields)
    with clock_set_to(sent_on or on):
        return perform(review, "send", by=world["lt_head"], data={"sent_on": sent_on or on})


def with_result(world, **fields) -> IncidentalReview:
    review = sent(world, **fields)
    with clock_set_to(RECEIVED + timedelta(days=30)):
        hand_in(review, RESULT, world)
    return review


def judged(world, verdict="unlawful") -> IncidentalReview:
    review = with_result(world)
    day = RECEIVED + timedelta(days=30)
    with clock_set_to(day):
        data = {"verdict": verdict, "verdict_on": day, "verdict_text": "第三条没有上位法依据。"}
        return perform(review, "note_result", by=world["lt_clerk"], data=data)


def consequence_drawn(world) -> IncidentalReview:
    review = judged(world)
    with clock_set_to(RECEIVED + timedelta(days=31)):
        return perform(review, "carry_out", by=world["lt_clerk"], data={"act": "amend"})
