"""What the steps of a review suggestion do besides moving."""

from normative_docs.suggestions import time_limits
from normative_docs.suggestions.gates import REPLY
from normative_docs.suggestions.vocabulary import PRESSING, Result
from portal.accounts.authority import holders
from portal.casefiles.models import FileLink
from portal.casefiles.numbering import allocate, document_number
from portal.consultation.masking import personal_numbers
from portal.deadlines import clocks
from portal.jobs.queue import ask
from portal.moment import today
from portal.notifications.messages import notify
from portal.workflow.refusals import NoteMissing, StepRefused

PAPER_JOB = "normative_docs.suggestion_paper"


def ask_for_reply(suggestion, by):
    """Have the worker set the letter; asked twice, it is set once."""
    return ask(
        PAPER_JOB, f"生成{REPLY.label}：{suggestion.title}"[:200], by=by, key=f"{suggestion.pk}:reply",
        file_id=suggestion.pk,
    )  # fmt: skip


def accept(suggestion, by, data):
    suggestion.accepted_on = today()
    suggestion.save(update_fields=["accepted_on"])


def ask_maker(suggestion, by, data):
    """The town is asked for its statement, with a day of its own. :raises StepRefused: no day, or one that is past."""
    until = data.get("until")
    if until is None or until < today():
        raise StepRefused("请填写说明的期限，不能早于今天。")
    suggestion.statement_due, suggestion.statement_asked = until, (data.get("asked") or "").strip()
    suggestion.save(update_fields=["statement_due", "statement_asked"])
    clocks.start_clock(suggestion, time_limits.STATEMENT, today(), by=by, until=until)
    notify(
        holders("suggestions.answer", suggestion.organisation), f"请说明情况：{suggestion.title}",
        f"请在 {until:%Y-%m-%d} 前就有关条款的依据和理由作出书面说明。", file=suggestion,
    )  # fmt: skip


def state(suggestion, by, data):
    """:raises StepRefused: nothing was said."""
    statement = (data.get("statement") or "").strip()
    if not statement:
        raise StepRefused("请填写说明。")
    suggestion.statement, suggestion.stated_on = statement, today()
    suggestion.save(update_fields=["statement", "stated_on"])


def go_on_without(suggestion, by, data):
    """Only once the day is past: until then the town may still speak.

    :raises StepRefused: the day is not past. :raises NoteMissing: no reason was given.
    """
    reason = (data.get("reason") or "").strip()
    if not reason:
        raise NoteMissing
    if suggestion.statement_due is not None and suggestion.statement_due >= today():
        raise StepRefused(f"说明期限到 {suggestion.statement_due:%Y-%m-%d}，期满前不能作未说明处理。")
    suggestion.without_statement = reason[:300]
    suggestion.save(update_fields=["without_statement"])


def refuse(suggestion, by, data):
    """:raises StepRefused: no ground or no reason."""
    if not data.get("ground"):
        raise StepRefused("请选择不予受理的情形。")
    suggestion.refusal_ground = data["ground"]
    _conclude(suggestion, by, Result.REFUSED, data)
    suggestion.save(update_fields=["refusal_ground"])


def conclude(suggestion, by, data):
    """:raises StepRefused: no result or no reason."""
    if data.get("result") not in (Result.SOUND, *PRESSING):
        raise StepRefused("请选择审查结果。")
    _conclude(suggestion, by, data["result"], data)
    _tie_to_filing(suggestion)


def _conclude(suggestion, by, result, data) -> None:
    opinion, summary = (data.get("opinion") or "").strip(), (data.get("public_summary") or "").strip()
    if not opinion or not summary:
        raise StepRefused("请填写答复意见和公开的内容。")
    if found := personal_numbers(summary):
        raise StepRefused(f"公开的内容含有{'、'.join(found)}，请遮盖后再办理。")
    if suggestion.proposer_name and suggestion.proposer_name in summary:
        raise StepRefused("公开的内容含有建议人的姓名或者名称，请删去。")
    suggestion.result, suggestion.opinion, suggestion.public_summary = result, opinion, summary
    suggestion.concluded_on, suggestion.concluded_by = today(), by
    suggestion.reply_letter = None
    if not suggestion.reply_number:
        county = suggestion.organisation.county()
        mark = f"{county.document_mark or county.short_name}审复"
        number = allocate(county, "review_suggestion_reply", today().year)
        suggestion.reply_number = document_number(mark, today().year, number)
    suggestion.save(
        update_fields=[
            "result", "opinion", "public_summary", "concluded_on", "concluded_by", "reply_letter", "reply_number",
        ]
    )  # fmt: skip
    ask_for_reply(suggestion, by)


def _tie_to_filing(suggestion) -> None:
    """The document's filing, where there is one, shows that somebody complained and what came of it."""
    filing = suggestion.filing_of_document()
    if filing is not None:
        FileLink.objects.get_or_create(source_id=suggestion.pk, target_id=filing.pk, kind=FileLink.Kind.RELATED)


def rework(suggestion, by, data):
    """What was proposed as the reply is thought over once more; its number stays for the next one."""
    suggestion.result, suggestion.reply_letter = "", None
    suggestion.save(update_fields=["result", "reply_letter"])


def reply(suggestion, by, data):
    """From now on the holder of the code and the public read the result."""
    suggestion.replied_on = today()
    suggestion.save(update_fields=["replied_on"])


def reply_and_press(suggestion, by, data):
    """The town is told what to do; an order runs with the limit of corrections."""
    reply(suggestion, by, data)
    clocks.start_clock(suggestion, time_limits.CORRECT, today(), by=by)
    notify(
        holders("suggestions.answer", suggestion.organisation),
        f"{suggestion.get_result_display()}：{suggestion.title}"[:200], suggestion.opinion, file=suggestion,
    )  # fmt: skip


def report_correction(suggestion, by, data):
    """:raises StepRefused: no words on what was done."""
    correction = (data.get("correction") or "").strip()
    if not correction:
        raise StepRefused("请填写处理情况。")
    suggestion.correction, suggestion.corrected_on = correction, today()
    suggestion.save(update_fields=["correction", "corrected_on"])


def reject_correction(suggestion, by, data):
    clocks.start_clock(suggestion, time_limits.CORRECT, today(), by=by)
    notify(
        holders("suggestions.answer", suggestion.organisation), f"处理不到位，请重新处理：{suggestion.title}"[:200],
        "县级法制机构认为处理不到位，理由见办理记录。", file=suggestion,
    )  # fmt: skip
