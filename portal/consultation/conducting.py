"""Running a consultation: open, receive, answer, publish the answers."""

from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.models import PublicComment, PublicConsultation
from portal.moment import now, today
from portal.receipts.issue import issue_receipt
from portal.workflow.refusals import StepRefused

OPENED = verbs.declare("consultation.opened", "公开征求意见")
ANSWERED = verbs.declare("consultation.answered", "答复公众意见")
PUBLISHED = verbs.declare("consultation.answers_published", "公布意见采纳情况")
RECEIVED = verbs.declare("consultation.received", "收到公众意见")


class ConsultationRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


@transaction.atomic
def open_consultation(file, *, by, minimum_end, rule_basis: str, **fields) -> PublicConsultation:
    """Put a draft before the public from today.

    :param minimum_end: last day of the minimum period in law, as reckoned by the deadlines room.
    :raises ConsultationRefused: shorter than the minimum without a reason.
    """
    if fields["closes_on"] < minimum_end and not fields.get("shortened_reason"):
        raise ConsultationRefused(f"截止日期早于最短期限末日 {minimum_end:%Y-%m-%d}，须填写缩短的理由。")
    last = file.consultations.aggregate(last=Max("round"))["last"] or 0
    consultation = PublicConsultation.objects.create(
        file_id=file.pk, round=last + 1, opened_on=today(), opened_by=by, minimum_end=minimum_end,
        rule_basis=rule_basis, **fields,
    )  # fmt: skip
    record(OPENED, by=by, file=file, summary=f"{consultation.title}，至 {consultation.closes_on:%Y-%m-%d}")
    return consultation


@transaction.atomic
def receive_comment(consultation: PublicConsultation, **fields):
    """Take a comment from the public: numbered, with a receipt.

    :returns: ``(comment, receipt, code)``; the code is shown once and stored only as a hash.
    :raises ConsultationRefused: before the opening or after the closing day.
    """
    consultation = PublicConsultation.objects.select_for_update().select_related("file__organisation").get(pk=consultation.pk)
    if not consultation.is_open:
        raise ConsultationRefused("征求意见期限已经截止，不再接收意见。")
    last = consultation.comments.aggregate(last=Max("number"))["last"] or 0
    comment = PublicComment.objects.create(consultation=consultation, number=last + 1, submitted_at=now(), **fields)
    receipt, code = issue_receipt(
        "consultation_comment", comment.public_id, consultation.file.organisation, file=consultation.file
    )
    record(RECEIVED, file=consultation.file, summary=f"第 {comment.number} 条意见", payload={"comment": str(comment.public_id)})
    return comment, receipt, code


@transaction.atomic
def answer_comment(comment: PublicComment, *, outcome: str, answer: str, by) -> PublicComment:
    """Answer one opinion; may be corrected until the answers are published.

    :raises ConsultationRefused: already published, or no reason given.
    """
    comment = (
        PublicComment.objects.select_for_update(of=("self",))
        .select_related("consultation__file__organisation")
        .get(pk=comment.pk)
    )
    if comment.consultation.answers_published_at:
        raise ConsultationRefused("采纳情况已经公布，不能再改。")
    if not answer.strip():
        raise ConsultationRefused("请填写采纳或者不采纳的理由。")
    comment.outcome, comment.answer, comment.answered_by, comment.answered_at = outcome, answer.strip(), by, now()
    comment.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    record(
        ANSWERED, by=by, file=comment.consultation.file,
        summary=f"第 {comment.number} 条意见：{comment.get_outcome_display()}",
    )  # fmt: skip
    return comment


@transaction.atomic
def publish_answers(consultation: PublicConsultation, *, by) -> PublicConsultation:
    """Publish how every opinion was dealt with, on the same page as the draft.

    :raises ConsultationRefused: still open, or an opinion without answer.
    """
    consultation = PublicConsultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.is_open:
        raise ConsultationRefused("征求意见期限未满，不能公布采纳情况。")
    open_comments = consultation.comments.filter(outcome="").count()
    if open_comments:
        raise ConsultationRefused(f"还有 {open_comments} 条意见没有答复。")
    if consultation.answers_published_at is None:
        consultation.answers_published_at, consultation.answers_published_by = now(), by
        consultation.save(update_fields=["answers_published_at", "answers_published_by"])
        total = consultation.comments.count()
        record(PUBLISHED, by=by, file=consultation.file, summary=f"公布 {total} 条意见的采纳情况")
    return consultation
