"""What the steps of a request do besides moving."""

from portal.accounts.authority import holders
from portal.casefiles.numbering import allocate, document_number
from portal.county_requests.kinds import request_kind
from portal.jobs.queue import ask
from portal.moment import today
from portal.notifications.messages import notify

LETTER_JOB = "county_requests.letter"


def submitted(request, by, data):
    """From here on it is known which text the county was asked about."""
    request.submitted_on = today()
    request.subject_digest = request_kind(request.request_kind).digest(request.subject)
    request.save(update_fields=["submitted_on", "subject_digest"])


def returned(request, by, data):
    _tell_town(request, f"请补充材料：{request.title}", "县级已退回，理由见办理过程。")


def answered(request, by, data):
    """The answer gets its number; the letter follows from the worker."""
    year = today().year
    mark = f"{request.recipient.document_mark or request.recipient.short_name}复函"
    request.conclusion, request.reply = data["conclusion"], data["reply"]
    request.reply_number = document_number(mark, year, allocate(request.recipient, "county_reply", year))
    request.answered_on, request.answered_by = today(), by
    request.save(update_fields=["conclusion", "reply", "reply_number", "answered_on", "answered_by"])
    ask_for_letter(request, by=by)
    _tell_town(request, f"县级答复“{request.get_conclusion_display()}”：{request.title}", request.reply)


def ask_for_letter(request, *, by):
    """Have the worker set the letter; asked twice, it is set once."""
    return ask(LETTER_JOB, f"生成县级答复函：{request.title}"[:200], by=by, key=str(request.pk), file_id=request.pk)


def _tell_town(request, heading: str, body: str) -> None:
    notify(holders("oversight.file", request.organisation), heading[:200], body, file=request)
