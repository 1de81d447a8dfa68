"""What a filing's steps do besides moving."""

from portal.accounts.authority import holders
from portal.casefiles.numbering import allocate, document_number
from portal.deadlines import clocks
from portal.documents.slots import PaperSlot
from portal.jobs.queue import ask
from portal.moment import now, today
from portal.notifications.messages import notify
from portal.oversight.kinds import CONCLUSION, RECEIPT, RETURN_NOTICE, REVIEW_OPINION, filing_kinds
from portal.workflow.refusals import NoteMissing, StepRefused

PAPER_JOB = "oversight.paper"


def ask_for_paper(filing, slot: PaperSlot, by, **arguments):
    """Have a paper of this filing written by the worker, into its slot; asked twice, written once."""
    return ask(
        PAPER_JOB, f"生成{slot.label}：{filing.title}"[:200], by=by, key=f"{filing.pk}:{slot.code}",
        filing_id=filing.pk, slot=slot.code, **arguments,
    )  # fmt: skip


def _subject_clock(filing):
    code = filing_kinds[filing.filing_kind].clock
    return filing.subject.deadlines.filter(code=code).order_by("-id").first() if code else None


def submitted(filing, by, data):
    """The filing limit of the subject stops, and whether it was on time is judged by this day.

    The county's own limit runs from the same event, the receipt of the papers (收到备案材料).
    """
    kind = filing_kinds[filing.filing_kind]
    filing.submitted_on = today()
    filing.first_submitted_on = filing.first_submitted_on or filing.submitted_on
    deadline = _subject_clock(filing)
    if deadline is not None:
        filing.due_on = deadline.effective_end
        clocks.stop_clock(filing.subject, deadline.code, today(), by=by)
    filing.save(update_fields=["submitted_on", "first_submitted_on", "due_on"])
    if kind.review_clock:
        clocks.start_clock(filing, kind.review_clock, today(), by=by)
    if kind.submitted is not None:
        kind.submitted(filing, by)


def returned(filing, by, data):
    """Incomplete papers are no filing: the limit runs on as if nothing had been submitted.

    :raises NoteMissing: no reason was given.
    """
    reason = (data.get("reason") or "").strip()
    if not reason:
        raise NoteMissing
    kind = filing_kinds[filing.filing_kind]
    filing.returned_count += 1
    filing.return_reason, filing.return_until = reason, data.get("until")
    filing.submitted_on = None
    filing.save(update_fields=["returned_count", "return_reason", "return_until", "submitted_on"])
    deadline = _subject_clock(filing)
    if deadline is not None:
        clocks.reopen_clock(filing.subject, deadline.code, by, reason="备案材料退回补正")
    if kind.review_clock and filing.deadlines.open().filter(code=kind.review_clock).exists():
        clocks.cancel_clock(filing, kind.review_clock, by, reason="备案材料退回补正")
    ask_for_paper(filing, RETURN_NOTICE, by, number=filing.returned_count)
    _tell_town(filing, f"备案材料被退回：{filing.title}", filing.return_reason)


def accepted(filing, by, data):
    """The filing number (备案号) is given once, gap-free per county and year; the receipt follows."""
    if not filing.receipt_number:
        series = filing_kinds[filing.filing_kind].receipt_series
        filing.receipt_number = _number(filing, f"filing:{filing.filing_kind}", series)
    filing.received_on, filing.reviewer = today(), by
    filing.save(update_fields=["receipt_number", "received_on", "reviewer"])
    ask_for_paper(filing, RECEIPT, by)
    _tell_town(filing, f"备案已受理：{filing.title}", f"备案号 {filing.receipt_number}。")


def _number(filing, series: str, word: str) -> str:
    """A number of the receiving authority: 机关代字 + word, year, serial."""
    recipient, year = filing.recipient, today().year
    mark = f"{recipient.document_mark or recipient.short_name}{word}"
    return document_number(mark, year, allocate(recipient, series, year))


def _decide(filing, by, data) -> None:
    """Opinion, number and day of the decision; the review limit is met.

    :raises StepRefused: a decision without an opinion.
    """
    opinion = (data.get("opinion") or "").strip()
    if not opinion:
        raise StepRefused("请填写审查意见。")
    filing.decided_on, filing.opinion = today(), opinion
    filing.opinion_number = _number(filing, f"filing_opinion:{filing.filing_kind}", "备审")
    filing.save(update_fields=["decided_on", "opinion", "opinion_number"])
    kind = filing_kinds[filing.filing_kind]
    if kind.review_clock:
        clocks.stop_clock(filing, kind.review_clock, today(), by=by)


def recorded(filing, by, data):
    _decide(filing, by, data)
    ask_for_paper(filing, REVIEW_OPINION, by)
    _conclude(filing, f"准予备案：{filing.title}")


def correction_ordered(filing, by, data):
    """:raises StepRefused: neither 限期修改 nor 责令纠正 was chosen."""
    if data.get("order") not in filing.Order.values:
        raise StepRefused("请选择处理决定。")
    _decide(filing, by, data)
    filing.order = data["order"]
    filing.save(update_fields=["order"])
    kind = filing_kinds[filing.filing_kind]
    if kind.correction_clock:
        clocks.start_clock(filing, kind.correction_clock, today(), by=by)
    ask_for_paper(filing, REVIEW_OPINION, by)
    _tell_town(filing, f"{filing.get_order_display()}：{filing.title}", filing.opinion)


def answered(filing, by, data):
    kind = filing_kinds[filing.filing_kind]
    if kind.correction_clock:
        clocks.stop_clock(filing, kind.correction_clock, today(), by=by)


def answer_rejected(filing, by, data):
    """What is not put right is answered anew, within a new limit; the words of the old answer stay to be reworked.

    :raises NoteMissing: no reason was given.
    """
    reason = (data.get("reason") or "").strip()
    if not reason:
        raise NoteMissing
    filing.findings.filter(settled_at__isnull=True).update(answer="", answered_at=None)
    kind = filing_kinds[filing.filing_kind]
    if kind.correction_clock:
        clocks.start_clock(filing, kind.correction_clock, today(), by=by)
    _tell_town(filing, f"整改不到位，请重新整改：{filing.title}", reason)


def corrected(filing, by, data):
    filing.findings.filter(settled_at__isnull=True).update(settled_at=now(), settled_reason="整改到位")
    ask_for_paper(filing, CONCLUSION, by)
    _conclude(filing, f"整改到位，准予备案：{filing.title}")


def _conclude(filing, subject_line: str):
    kind = filing_kinds[filing.filing_kind]
    if kind.concluded is not None:
        kind.concluded(filing)
    _tell_town(filing, subject_line, f"备案号 {filing.receipt_number}。")


def _tell_town(filing, subject_line: str, body: str):
    notify(holders("oversight.file", filing.organisation), subject_line, body, file=filing)
