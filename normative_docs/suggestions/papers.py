"""The county's reply to a suggestion, and the maker's answer to a reconsideration body or a court."""

from normative_docs.suggestions.models import IncidentalReview, ReviewSuggestion
from normative_docs.suggestions.vocabulary import PRESSING, Channel, Result
from portal.documents.rendering import Layout, OfficialPaper, parse_blocks
from portal.documents.rendering.paper import chinese_date
from portal.receipts.models import Receipt
from portal.workflow.refusals import StepRefused


def _name(document) -> str:
    return f"《{document.title}》" + (f"（{document.document_number}）" if document.document_number else "")


def reply_letter(suggestion: ReviewSuggestion) -> OfficialPaper:
    """审查建议答复书. It is addressed by the number of the receipt: the issuing town reads the file too.

    :raises StepRefused: nothing was concluded.
    """
    if not suggestion.result:
        raise StepRefused("尚未提出审查结果。")
    county = suggestion.organisation.county()
    receipt = Receipt.objects.get(kind="review_suggestion", subject_uuid=suggestion.public_id)
    named = _name(suggestion.document) if suggestion.document_id else f"“{suggestion.named_document}”"
    clause = f"{suggestion.clause}" if suggestion.clause else ""
    lines = [f"您（单位）{chinese_date(suggestion.received_on)}对{named}{clause}提出的审查建议收悉。"]
    if suggestion.result == Result.REFUSED:
        lines.append(f"经研究，{suggestion.get_refusal_ground_display()}，决定不予受理。{suggestion.opinion}")
    else:
        lines.append(f"经审查，结果为：{suggestion.get_result_display()}。{suggestion.opinion}")
    if suggestion.result in PRESSING:
        lines.append("处理情况可以凭回执编号和查询码查询。")
    lines.append("感谢您对规范性文件监督工作的关心和支持。")
    return OfficialPaper(
        kind="函",
        layout=Layout.LETTER,
        mark=(county.name,),
        number=suggestion.reply_number,
        title=f"关于对{named if suggestion.document_id else ''}审查建议的答复",
        recipients=f"审查建议人（回执编号：{receipt.number}）",
        body=parse_blocks("\n".join(lines)),
        signature=(county.name,),
        issued_on=suggestion.concluded_on,
    )


def incidental_reply(review: IncidentalReview) -> OfficialPaper:
    """The maker's written answer: what was asked, on what the document rests, and why it is lawful.

    :raises StepRefused: it has no number yet.
    """
    if not review.reply_number:
        raise StepRefused("尚未送审签。")
    town = review.organisation
    asked = {
        Channel.RECONSIDERATION: "就该文件的合法性作出书面答复",
        Channel.TRANSFER: "对该文件依法处理",
        Channel.COURT: "就司法建议作出书面答复",
    }[Channel(review.channel)]
    clause = f"{review.clause}" if review.clause else ""
    body = (
        f"贵机关在{review.case_number}一案中对{_name(review.document)}{clause}提出审查，要求我单位{asked}"
        f"（{chinese_date(review.received_on)}收到）。现答复如下：\n{review.statement}\n特此答复。"
    )
    return OfficialPaper(
        kind="函",
        layout=Layout.LETTER,
        mark=(town.name,),
        number=review.reply_number,
        title=f"关于{_name(review.document)}合法性的答复",
        recipients=review.requesting_body,
        body=parse_blocks(body),
        signature=(town.name,),
        issued_on=review.last_record().occurred_at.date() if review.last_record() else review.received_on,
    )
