"""Running a consultation: open, receive, answer, publish the answers."""

from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.articles import paragraphs_of
from portal.consultation.masking import personal_numbers
from portal.consultation.models import PublicComment, PublicConsultation
from portal.moment import now, today
from portal.receipts.issue import issue_receipt
from portal.workflow.refusals import StepRefused

OPENED = verbs.declare("consultation.opened", "公开征求意见")
ANSWERED = verbs.declare("consultation.answered", "答复公众意见")
PUBLISHED = verbs.declare("consultation.answers_published", "公布意见采纳情况")
RECEIVED = verbs.declare("consultation.received", "收到公众意见")
WITHDRAWN = verbs.declare("consultation.withdrawn", "撤下征求意见公告")
CONTACT_SEEN = verbs.declare("consultation.contact_seen", "查看公众意见的姓名和联系方式")
EXPORTED = verbs.declare("consultation.exported", "导出公众意见")


class ConsultationRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese. ``field`` names the input it is about."""

    def __init__(self, message: str = "", field: str = ""):
        super().__init__(message)
        self.field = field


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
def receive_comment(consultation: PublicConsultation, *, article: str = "", draft_number: int = 1, **fields):
    """Take a comment from the public: numbered, with a receipt. It keeps the words of the paragraph it is about.

    :param article: label of the paragraph (第三条, 第三条第2段); empty: the whole draft.
    :param draft_number: the version that was read.
    :returns: ``(comment, receipt, code)``; the code is shown once and stored only as a hash.
    :raises ConsultationRefused: before the opening or after the closing day, or a paragraph the version doesn't have.
    """
    consultation = held(consultation)
    if not consultation.is_open:
        raise ConsultationRefused("征求意见期限已经截止，不再接收意见。")
    paragraph = _paragraph(consultation, article, draft_number) if article else ""
    last = consultation.comments.aggregate(last=Max("number"))["last"] or 0
    comment = PublicComment.objects.create(
        consultation=consultation, number=last + 1, submitted_at=now(), article=article, draft_number=draft_number,
        paragraph=paragraph, **fields,
    )  # fmt: skip
    receipt, code = issue_receipt(
        "consultation_comment", comment.public_id, consultation.file.organisation, file=consultation.file
    )
    record(
        RECEIVED,
        file=consultation.file,
        summary=f"第 {comment.number} 条意见",
        payload={"comment": str(comment.public_id)},
    )
    return comment, receipt, code


def _paragraph(consultation: PublicConsultation, article: str, draft_number: int) -> str:
    """The words that an opinion is about, from the version that its writer read."""
    text = consultation.draft_text
    if draft_number > 1:
        version = consultation.versions.filter(number=draft_number).first()
        text = version.text if version else ""
    clause = paragraphs_of(text).get(article)
    if clause is None:
        raise ConsultationRefused(f"第{draft_number}稿没有“{article}”，请重新选择针对的条款。", field="article")
    return clause.text


@transaction.atomic
def answer_comment(
    comment: PublicComment, *, outcome: str, answer: str, by, public_text: str | None = None, seen: str | None = None
) -> PublicComment:
    """Answer one opinion; may be corrected until the answers are published.

    :param public_text: the opinion as it will be published; ``None`` publishes it as it was written.
    :param seen: ``comment.answer_seen`` as the person saw it; another answer since then is a conflict.
    :raises ConsultationRefused: already published or withdrawn, no reason given, somebody was faster, or an
        identity or mobile number would be published.
    """
    consultation = answerable(comment.consultation_id)
    comment = PublicComment.objects.select_for_update(of=("self",)).select_related("group").get(pk=comment.pk)
    if comment.group_id is not None:
        raise ConsultationRefused(f"这条意见归在{comment.group}。单独答复的，请先移出。")
    if seen is not None and seen != comment.answer_seen:
        raise ConsultationRefused("这条意见刚刚已由他人答复。现在的答复见下，您填写的内容没有保存，请核对后再改。")
    write_answer(comment, outcome, answer, comment.content if public_text is None else public_text, by)
    record(
        ANSWERED, by=by, file=consultation.file,
        summary=f"第 {comment.number} 条意见：{comment.get_outcome_display()}",
    )  # fmt: skip
    return comment


def held(consultation: PublicConsultation) -> PublicConsultation:
    """The consultation as it is now, locked until the act is over, with its file."""
    return (
        PublicConsultation.objects.select_for_update(of=("self",))
        .select_related("file__organisation")
        .get(pk=consultation.pk)
    )


def answerable(pk: int) -> PublicConsultation:
    """The consultation, held against publishing meanwhile.

    :raises ConsultationRefused: its answers are published, or its notice was taken down.
    """
    consultation = held(PublicConsultation(pk=pk))
    if consultation.answers_published_at:
        raise ConsultationRefused("采纳情况已经公布，不能再改。")
    if consultation.withdrawn_at:
        raise ConsultationRefused("征求意见公告已经撤下，不再答复。")
    return consultation


def write_answer(comment: PublicComment, outcome: str, answer: str, public_text: str, by) -> None:
    """Write the answer to one opinion, inside the transaction of whoever answers.

    :raises ConsultationRefused: a part is missing, or an identity or mobile number would be published.
    """
    answer, public_text = answer.strip(), public_text.strip()
    if not answer:
        raise ConsultationRefused("请填写采纳或者不采纳的理由。")
    if not public_text:
        raise ConsultationRefused("请填写公布的意见内容。")
    for where, text in (("公布的意见内容", public_text), ("答复理由", answer)):
        numbers = personal_numbers(text)
        if numbers:
            raise ConsultationRefused(f"第 {comment.number} 条意见的{where}含有{'、'.join(numbers)}，请遮盖后再答复。")
    comment.outcome, comment.answer, comment.public_text = outcome, answer, public_text
    comment.answered_by, comment.answered_at = by, now()
    comment.save(update_fields=["outcome", "answer", "public_text", "answered_by", "answered_at"])


@transaction.atomic
def withdraw(consultation: PublicConsultation, *, by, reason: str) -> PublicConsultation:
    """Take a notice down again (撤下), with the reason that its address goes on showing.

    :raises ConsultationRefused: no reason, withdrawn already, or its answers are published.
    """
    consultation = held(consultation)
    if not reason.strip():
        raise ConsultationRefused("请填写撤下的理由。")
    if consultation.withdrawn_at:
        raise ConsultationRefused("这次征求意见已经撤下。")
    if consultation.answers_published_at:
        raise ConsultationRefused("采纳情况已经公布，不能撤下。")
    consultation.withdrawn_at, consultation.withdrawn_reason = now(), reason.strip()
    consultation.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(WITHDRAWN, by=by, file=consultation.file, summary=f"{consultation.title}：{consultation.withdrawn_reason}")
    return consultation


def note_contact_seen(comment: PublicComment, *, by) -> None:
    """Record that a person looked at who wrote an opinion and how to reach them."""
    record(
        CONTACT_SEEN, by=by, file=comment.consultation.file, summary=f"第 {comment.number} 条意见",
        payload={"comment": str(comment.public_id)},
    )  # fmt: skip


@transaction.atomic
def publish_answers(consultation: PublicConsultation, *, by) -> PublicConsultation:
    """Publish how every opinion was dealt with, on the same page as the draft.

    :raises ConsultationRefused: still open, or an opinion without answer.
    """
    consultation = held(consultation)
    if consultation.withdrawn_at:
        raise ConsultationRefused("征求意见公告已经撤下。")
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
