"""What the holder of a suggestion's receipt may know."""

from normative_docs.suggestions.models import ReviewSuggestion
from normative_docs.suggestions.workflow import Stage
from portal.publishing.pages import document_url
from portal.publishing.register import publication_of
from portal.receipts.registry import StatusView, Step


def describe(receipt) -> StatusView:
    """Received, accepted, examined, answered. The result and its reasons appear with the reply, never before."""
    suggestion = ReviewSuggestion.objects.select_related("document").get(public_id=receipt.subject_uuid)
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
        title=suggestion.title, steps=tuple(steps), facts=tuple(facts), message=_message(suggestion), links=links
    )


def _message(suggestion) -> str:
    if suggestion.replied_on:
        return f"已于 {suggestion.replied_on:%Y-%m-%d} 书面答复：{suggestion.get_result_display()}。"
    due = suggestion.next_deadline()
    until = f"，{due.effective_end:%Y-%m-%d} 前书面答复" if due and due.code == "nd_citizen_review" else ""
    return f"审查建议已收到，正在办理{until}。"
