"""What the holder of a suggestion's receipt may know."""

from normative_docs.suggestions.gates import REPLY
from normative_docs.suggestions.models import ReviewSuggestion
from normative_docs.suggestions.vocabulary import PRESSING
from normative_docs.suggestions.workflow import Stage
from portal.publishing.pages import document_url
from portal.publishing.register import publication_of
from portal.receipts.registry import StatusView, Step


def describe(receipt) -> StatusView:
    """Received, accepted, examined, answered. The result and its reasons appear with the reply, never before."""
    suggestion = ReviewSuggestion.objects.select_related(
        "document", "reply_letter__blob", "reply_letter__document__file"
    ).get(public_id=receipt.subject_uuid)
    replied = suggestion.replied_on is not None
    refused = replied and suggestion.accepted_on is None
    taken = suggestion.accepted_on is not None
    steps = [
        Step("收到建议", "done", suggestion.received_on),
        Step("不予受理" if refused else "受理", "done" if taken or refused else "now", suggestion.accepted_on),
    ]
    if not refused:
        steps.append(Step("审查", "done" if replied else ("now" if taken else "todo")))
    steps.append(Step("书面答复", "done" if replied else "todo", suggestion.replied_on))
    if replied and suggestion.result in PRESSING:
        corrected = suggestion.stage == Stage.CORRECTED
        steps.append(Step("制定机关处理", "done" if corrected else "now", suggestion.closed_on if corrected else None))
    facts = [
        ("文件", suggestion.shown_document),
        ("条款", suggestion.clause or "全文"),
        ("理由和建议", suggestion.reason),
    ]
    if replied:
        facts += [
            ("结果", suggestion.get_result_display()),
            ("答复意见", suggestion.opinion),
            ("答复书文号", suggestion.reply_number),
        ]
        if suggestion.stage == Stage.CORRECTED:
            facts.append(("制定机关处理情况", suggestion.correction))
    links = ()
    if suggestion.document_id and (publication := publication_of(suggestion.document)):
        links = ((f"查看《{publication.title}》", document_url(publication)),)
    return StatusView(
        title=suggestion.title,
        steps=tuple(steps),
        facts=tuple(facts),
        message=_message(suggestion),
        links=links,
        papers=((REPLY.label, suggestion.reply_letter),) if replied and suggestion.reply_letter_id else (),
    )


def _message(suggestion) -> str:
    if suggestion.replied_on:
        told = f"已于 {suggestion.replied_on:%Y-%m-%d} 书面答复：{suggestion.get_result_display()}。"
        waits = suggestion.result in PRESSING and suggestion.stage != Stage.CORRECTED
        return f"{told}制定机关正在处理，处理情况经核查后在这里公布。" if waits else told
    due = suggestion.next_deadline()
    until = f"，{due.effective_end:%Y-%m-%d} 前书面答复" if due and due.code == "nd_citizen_review" else ""
    return f"审查建议已收到，正在办理{until}。"
