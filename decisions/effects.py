"""What the steps of a decision do besides moving."""

from decisions import numbers, time_limits
from decisions.vocabulary import PRIOR_REPORT
from portal.consultation.conducting import open_consultation, publish_answers
from portal.consultation.standing import newest as newest_consultation
from portal.county_requests.asking import ask_county, require_none_open
from portal.deadlines import clocks
from portal.legal_review.letters import ask_for_letter
from portal.legal_review.models import Conclusion
from portal.legal_review.reviewing import conclude, newest, send_to_reviewer
from portal.moment import today
from portal.publishing.register import publish
from portal.workflow.numbering import give_number


def start(decision, by, data):
    """The organ has decided to start, and the proposer is answered (art. 10)."""
    decision.started_on = today()
    _answer(decision, data["proposal_answer"], ["started_on"])


def decline(decision, by, data):
    """Not started: the proposer is told why."""
    _answer(decision, data["proposal_answer"], [])


def _answer(decision, words: str, changed: list[str]) -> None:
    decision.proposal_answer, decision.answered_on = words, today()
    decision.save(update_fields=[*changed, "proposal_answer", "answered_on"])


def ask_for_leave(decision, by, data):
    """The county is asked before the public is (S0-4.1); the town submits the request when its papers are right."""
    require_none_open(decision, PRIOR_REPORT)
    ask_county(decision, PRIOR_REPORT, by=by, matter=data["matter"])


def put_to_public(decision, by, data):
    """Open the consultation with the draft as it stands; its minimum period is reckoned from today."""
    clock = clocks.start_clock(decision, time_limits.PUBLIC_COMMENT, today(), by=by)
    open_consultation(
        decision, by=by, minimum_end=clock.effective_end, rule_basis=clock.rule["citation"],
        title=decision.title, draft_text=decision.draft_text, notes_text=decision.drafting_notes, **data,
    )  # fmt: skip


def announce_answers(decision, by, data):
    publish_answers(newest_consultation(decision), by=by)


def put_to_review(decision, by, data):
    """Open a round of review; where the town has no office of its own, at the body the county names."""
    changed = send_to_reviewer(decision, by=by)
    decision.draft_sent_digest = decision.draft_digest()
    decision.lawful_review = None
    decision.save(update_fields=[*changed, "draft_sent_digest", "lawful_review"])


def issue_opinion(decision, by, data):
    review = conclude(newest(decision), by=by, conclusion=data["conclusion"], opinion=data["opinion"])
    ask_for_letter(review, by=by)
    if review.conclusion == Conclusion.LAWFUL:
        decision.lawful_review = review
        decision.save(update_fields=["lawful_review"])


def note_integrity(decision, by, data):
    decision.integrity_conclusion = data["conclusion"]
    decision.integrity_digest = decision.draft_digest()
    decision.save(update_fields=["integrity_conclusion", "integrity_digest"])


def ask_for_rework(decision, by, data):
    """What the meeting wants changed is reviewed again: the old opinion no longer carries the text."""
    decision.draft_sent_digest = ""
    decision.save(update_fields=["draft_sent_digest"])


def decide(decision, by, data):
    """The decision of the organ: number, day, and what the Party committee said before (arts. 30, 31)."""
    decision.document_year, decision.document_serial, decision.document_number = give_number(
        decision, numbers.DECISIONS, decision.organisation, data
    )
    decision.reported_to_party_on, decision.party_opinion = data["reported_on"], data["party_opinion"]
    decision.decided_on, decision.signed_by = today(), by
    decision.save(
        update_fields=[
            "document_number", "document_year", "document_serial", "reported_to_party_on", "party_opinion",
            "decided_on", "signed_by",
        ]
    )  # fmt: skip


def make_public(decision, by, data):
    """Publish with what was adopted of the opinions and what not (art. 32)."""
    decision.published_on = today()
    decision.save(update_fields=["published_on"])
    publish(decision, by=by)
