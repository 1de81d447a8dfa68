"""What the steps of a normative document do besides moving."""

from django.db import transaction

from normative_docs import events, numbers, time_limits
from normative_docs.switches import REGISTERS_FIRST
from normative_docs.vocabulary import PRECHECK_REQUEST
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.numbering import allocate, void
from portal.consultation.conducting import open_consultation, publish_answers
from portal.consultation.standing import newest as newest_consultation
from portal.county_requests.asking import ask_county, require_none_open
from portal.deadlines import clocks
from portal.legal_review.letters import ask_for_letter
from portal.legal_review.models import Conclusion
from portal.legal_review.reviewing import conclude, newest, send_to_reviewer
from portal.moment import now, today
from portal.notifications.messages import notify
from portal.oversight.filing import open_filing
from portal.publishing.refusals import CopyRefused
from portal.publishing.register import publish
from portal.workflow.numbering import give_number

_BEFORE_EXPIRY = (time_limits.EXPIRY_ASSESS, time_limits.EXPIRY_REREGISTER)
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
    changed = send_to_reviewer(document, by=by)
    document.draft_sent_digest = document.draft_digest()
    document.lawful_review = None
    document.save(update_fields=[*changed, "draft_sent_digest", "lawful_review"])
    if document.continues is not None:
        expiry_assessed(document.continues, by)  # the report lies in the pack, else it could not be sent
    for tell in events.draft_written:
        tell(document, by)


def issue_opinion(document, by, data):
    review = conclude(newest(document), by=by, conclusion=data["conclusion"], opinion=data["opinion"])
    ask_for_letter(review, by=by)
    if review.conclusion == Conclusion.LAWFUL:
        document.lawful_review = review
        document.save(update_fields=["lawful_review"])


def ask_for_rework(document, by, data):
    """What the meeting wants changed is reviewed again: the old opinion no longer carries the text."""
    document.draft_sent_digest = ""
    document.save(update_fields=["draft_sent_digest"])


def sign(document, by, data):
    """发文字号, gap-free per organisation and year; where the county doesn't register first, its number too."""
    document.document_year, document.document_serial, document.document_number = give_number(
        document, numbers.DOCUMENTS, document.issuing_authority, data
    )
    document.registers_first = document.is_switched_on(REGISTERS_FIRST)
    document.issued_on = today()
    document.signed_by = by
    changed = ["document_number", "document_year", "document_serial", "registers_first", "issued_on", "signed_by"]
    if document.registers_first:
        if document.addressed_to_county_at is None:
            document.addressed_to_county_at = now()
            changed.append("addressed_to_county_at")
        clocks.start_clock(document, time_limits.REGISTER_DECIDE, today(), by=by)
    else:
        changed += _register(document)
    document.save(update_fields=changed)
    if document.continues is not None:
        clocks.stop_clock(document.continues, time_limits.EXPIRY_REREGISTER, today(), by=by)


def _register(document) -> list[str]:
    """The county's unified number (统一登记、统一编号). Returns the names of the fields it set."""
    county = document.issuing_authority.county()
    year = today().year
    number = allocate(county, numbers.REGISTRATIONS.code, year)
    document.registration_serial = number
    document.registration_number = numbers.REGISTRATIONS.printed(county, year, number)
    document.registered_on = today()
    return ["registration_serial", "registration_number", "registered_on"]


def register(document, by, data):
    """The county registers before publication; such a document needs no filing afterwards."""
    document.save(update_fields=_register(document))


def refuse_registration(document, by, data):
    """Back to the town: the number it had is voided, so that the series says why it is missing."""
    void(
        document.issuing_authority, numbers.DOCUMENTS.code, document.document_year, document.document_serial,
        f"县级不予登记：{document.title}"[:200], by,
    )  # fmt: skip
    document.document_number = ""
    document.document_year = document.document_serial = document.issued_on = None
    # With the stage, for what waits for publication must have a number.
    document.save(update_fields=["stage", "document_number", "document_year", "document_serial", "issued_on"])


def ask_precheck(document, by, data):
    """The county's legal body is asked about the draft; the town submits the request when its papers are right."""
    require_none_open(document, PRECHECK_REQUEST)
    ask_county(document, PRECHECK_REQUEST, by=by, matter=data["matter"])


def note_integrity(document, by, data):
    document.integrity_conclusion = data["conclusion"]
    document.integrity_digest = document.draft_digest()
    document.save(update_fields=["integrity_conclusion", "integrity_digest"])


def watch_expiry(document, by):
    """From now on its people are told in time that it will lapse, so that it is assessed and registered anew."""
    if document.valid_until is None or document.valid_until < today():
        return
    for code in _BEFORE_EXPIRY:
        if not document.deadlines.open().filter(code=code).exists():
            clocks.start_clock(document, code, document.valid_until, by=by)


def expiry_assessed(document, by):
    """The document was assessed before it lapses: nobody needs to be told any more."""
    clocks.stop_clock(document, time_limits.EXPIRY_ASSESS, today(), by=by)


def forget_expiry(document, by, reason: str):
    """It ended or got another last day: what was to be done before the old one is no longer due."""
    for code in list(document.deadlines.open().filter(code__in=_BEFORE_EXPIRY).values_list("code", flat=True)):
        clocks.cancel_clock(document, code, by, reason=reason)


def make_public(document, by, data):
    """Publish, and open the filing that must follow within its limit."""
    _publish(document, by)
    open_filing(document, "normative_document", by=by)


def make_registered_public(document, by, data):
    """Publish what the county has registered: nothing is filed after it (山东省行政程序规定 art. 52)."""
    _publish(document, by)


def _publish(document, by):
    document.published_on = today()
    document.save(update_fields=["published_on"])
    publish(document, by=by)
    watch_expiry(document, by)
    for tell in events.published:
        tell(document, by)


def make_existing_public(document, by, data):
    """An existing document goes to the public site with what is known of it, unless it is withheld."""
    document.published_on = document.published_on or document.issued_on
    document.recorded_on = today()
    document.save(update_fields=["published_on", "recorded_on"])
    watch_expiry(document, by)
    for tell in events.published:
        tell(document, by)
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
