"""What a filing's steps do besides moving."""

from portal.accounts.authority import holders
from portal.casefiles.numbering import allocate, document_number
from portal.deadlines import clocks
from portal.moment import now, today
from portal.notifications.messages import notify
from portal.oversight.kinds import filing_kinds


def _subject_clock(filing):
    code = filing_kinds[filing.filing_kind].clock
    return filing.subject.deadlines.filter(code=code).order_by("-id").first() if code else None


def submitted(filing, by, data):
    """The filing limit of the subject stops; whether it was on time is judged by this submission."""
    filing.submitted_on = today()
    filing.first_submitted_on = filing.first_submitted_on or filing.submitted_on
    deadline = _subject_clock(filing)
    if deadline is not None:
        filing.due_on = deadline.effective_end
        clocks.stop_clock(filing.subject, deadline.code, today(), by=by)
    filing.save(update_fields=["submitted_on", "first_submitted_on", "due_on"])
    kind = filing_kinds[filing.filing_kind]
    if kind.submitted is not None:
        kind.submitted(filing, by)


def returned(filing, by, data):
    """Incomplete papers are no filing: the limit runs on as if nothing had been submitted."""
    filing.returned_count += 1
    filing.return_reason, filing.return_until = data.get("reason", ""), data.get("until")
    filing.submitted_on = None
    filing.save(update_fields=["returned_count", "return_reason", "return_until", "submitted_on"])
    deadline = _subject_clock(filing)
    if deadline is not None:
        clocks.reopen_clock(filing.subject, deadline.code, by, reason="备案材料退回补正")
    _tell_town(filing, f"备案材料被退回：{filing.title}", filing.return_reason)


def accepted(filing, by, data):
    """The filing number (备案号) is given once, gap-free per county and year; the review period runs."""
    kind = filing_kinds[filing.filing_kind]
    if not filing.receipt_number:
        year = today().year
        serial = allocate(filing.recipient, f"filing:{filing.filing_kind}", year)
        mark = f"{filing.recipient.document_mark or filing.recipient.short_name}{kind.receipt_series}"
        filing.receipt_number = document_number(mark, year, serial)
    filing.received_on, filing.reviewer = today(), by
    filing.save(update_fields=["receipt_number", "received_on", "reviewer"])
    if kind.review_clock:
        clocks.start_clock(filing, kind.review_clock, today(), by=by)
    _tell_town(filing, f"备案已受理：{filing.title}", f"备案号 {filing.receipt_number}。")


def _decide(filing, by, data, clock: str):
    filing.decided_on = today()
    filing.opinion = data.get("opinion", "")
    year = today().year
    serial = allocate(filing.recipient, f"filing_opinion:{filing.filing_kind}", year)
    mark = f"{filing.recipient.document_mark or filing.recipient.short_name}备审"
    filing.opinion_number = document_number(mark, year, serial)
    if clock:
        clocks.stop_clock(filing, clock, today(), by=by)


def recorded(filing, by, data):
    kind = filing_kinds[filing.filing_kind]
    _decide(filing, by, data, kind.review_clock)
    filing.save(update_fields=["decided_on", "opinion", "opinion_number"])
    _conclude(filing, f"准予备案：{filing.title}")


def correction_ordered(filing, by, data):
    kind = filing_kinds[filing.filing_kind]
    _decide(filing, by, data, kind.review_clock)
    filing.order = data["order"]
    filing.save(update_fields=["decided_on", "opinion", "opinion_number", "order"])
    if kind.correction_clock:
        clocks.start_clock(filing, kind.correction_clock, today(), by=by)
    _tell_town(filing, f"{filing.get_order_display()}：{filing.title}", filing.opinion)


def answered(filing, by, data):
    kind = filing_kinds[filing.filing_kind]
    if kind.correction_clock:
        clocks.stop_clock(filing, kind.correction_clock, today(), by=by)


def answer_rejected(filing, by, data):
    kind = filing_kinds[filing.filing_kind]
    if kind.correction_clock:
        clocks.start_clock(filing, kind.correction_clock, today(), by=by)


def corrected(filing, by, data):
    filing.findings.filter(settled_at__isnull=True).update(settled_at=now())
    _conclude(filing, f"整改到位，准予备案：{filing.title}")


def _conclude(filing, subject_line: str):
    kind = filing_kinds[filing.filing_kind]
    if kind.concluded is not None:
        kind.concluded(filing)
    _tell_town(filing, subject_line, f"备案号 {filing.receipt_number}。")


def _tell_town(filing, subject_line: str, body: str):
    notify(holders("oversight.file", filing.organisation), subject_line, body, file=filing)
