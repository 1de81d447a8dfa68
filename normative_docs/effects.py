"""What the steps of a normative document do besides moving."""

from django.db import transaction

from normative_docs import time_limits
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.numbering import allocate, document_number
from portal.consultation.conducting import open_consultation, publish_answers
from portal.consultation.standing import newest as newest_consultation
from portal.deadlines import clocks
from portal.legal_review.models import Conclusion
from portal.legal_review.reviewing import conclude, newest, request_review
from portal.legal_review.reviewing_body import reviewing_body_for
from portal.moment import now, today
from portal.notifications.messages import notify
from portal.organisations.models import OrganisationLevel
from portal.oversight.filing import open_filing
from portal.publishing.refusals import CopyRefused
from portal.publishing.register import publish

HELD_BACK = verbs.declare("normative_docs.held_back", "暂缓公开")


def comment_clock(document) -> str:
    """Which minimum comment period applies, by the facts of the draft (地方示例 of the region's profile)."""
    if document.affects_market or document.touches_vital_interests:
        return time_limits.PUBLIC_COMMENT
    return time_limits.PUBLIC_COMMENT_SHORT


def put_to_public(document, by, data):
    """Open the consultation with the draft as it stands; its minimum period is reckoned from today."""
    clock = clocks.start_clock(document, comment_clock(document), today(), by=by)
    open_consultation(
        document, by=by, minimum_end=clock.effective_end, rule_basis=clock.rule["citation"],
        title=document.title, draft_text=document.draft_text, notes_text=document.drafting_notes, **data,
    )  # fmt: skip


def announce_answers(document, by, data):
    publish_answers(newest_consultation(document), by=by)


def put_to_review(document, by, data):
    """Open a round of review; where the town has no office of its own, at the body the county names."""
    body = reviewing_body_for(document.organisation)
    request_review(document, by=by, reviewing_body=body)
    document.reviewed_by_county = body.level == OrganisationLevel.COUNTY
    changed = ["reviewed_by_county"]
    if document.reviewed_by_county and document.addressed_to_county_at is None:
        document.addressed_to_county_at = now()
        changed.append("addressed_to_county_at")
    document.draft_sent_digest = document.draft_digest()
    document.lawful_review = None
    document.save(update_fields=[*changed, "draft_sent_digest", "lawful_review"])


def issue_opinion(document, by, data):
    review = conclude(newest(document), by=by, conclusion=data["conclusion"], opinion=data["opinion"])
    if review.conclusion == Conclusion.LAWFUL:
        document.lawful_review = review
        document.save(update_fields=["lawful_review"])


def ask_for_rework(document, by, data):
    """What the meeting wants changed is reviewed again: the old opinion no longer carries the text."""
    document.draft_sent_digest = ""
    document.save(update_fields=["draft_sent_digest"])


def sign(document, by, data):
    """发文字号 and unified registration number, gap-free per organisation and year; the date is today's."""
    year = today().year
    authority = document.issuing_authority
    mark = authority.document_mark or authority.short_name
    document.document_number = document_number(mark, year, allocate(authority, "normative_document", year))
    county = authority.county()
    document.registration_number = document_number(
        f"{county.short_name}规登", year, allocate(county, "normative_registration", year)
    )
    document.issued_on = today()
    document.signed_by = by
    document.save(update_fields=["document_number", "registration_number", "issued_on", "signed_by"])


def make_public(document, by, data):
    """Publish, and open the filing that must follow within its limit."""
    document.published_on = today()
    document.save(update_fields=["published_on"])
    publish(document, by=by)
    open_filing(document, "normative_document", by=by)


def make_existing_public(document, by, data):
    """An existing document goes to the public site with what is known of it, unless it is withheld."""
    document.published_on = document.published_on or document.issued_on
    document.recorded_on = today()
    document.save(update_fields=["published_on", "recorded_on"])
    if document.disclosure != "proactive":
        return
    try:
        with transaction.atomic():
            publish(document, by=by)
    except CopyRefused as refusal:
        # Registered all the same: it stays inside until people have looked at what must be hidden.
        record(HELD_BACK, by=by, file=document, summary=refusal.message)
        notify(
            holders("publishing.prepare", document.organisation), f"待公开审查：{document.title}", refusal.message,
            file=document,
        )  # fmt: skip


def make_recorded_public(document, by, data):
    """An existing document that was held back goes out once its public text is reviewed."""
    publish(document, by=by)
