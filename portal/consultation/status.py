"""What the holder of an opinion's receipt may know."""

from django.urls import reverse

from portal.consultation.models import PublicComment
from portal.consultation.versions import anchors_of
from portal.moment import SHANGHAI
from portal.receipts.registry import StatusView, Step


def describe(receipt) -> StatusView:
    """Received, being considered, published. Outcome and reason appear with the publication, never before."""
    comment = PublicComment.objects.select_related("consultation").get(public_id=receipt.subject_uuid)
    consultation = comment.consultation
    published = consultation.answers_published_at
    steps = (
        Step("收到意见", "done", comment.submitted_at.astimezone(SHANGHAI).date()),
        Step(
            "征求意见期满",
            "now" if consultation.is_open else "done",
            None if consultation.is_open else consultation.closes_on,
        ),
        Step("研究处理", "todo" if consultation.is_open else ("done" if published else "now")),
        Step(
            "公布采纳情况",
            "done" if published else "todo",
            published.astimezone(SHANGHAI).date() if published else None,
        ),
    )
    facts = [
        ("意见序号", f"第 {comment.number} 条"),
        ("针对条款", place_of(comment)),
        ("意见内容", comment.content),
    ]
    if published:
        facts += [("处理结果", comment.get_outcome_display()), ("理由", comment.answer)]
    return StatusView(
        title=consultation.title,
        steps=steps,
        facts=tuple(facts),
        message=_message(comment),
        links=((f"查看征求意见公告：{consultation.title}", _page(consultation)),),
    )


def place_of(comment: PublicComment) -> str:
    """What an opinion is about as the draft now stands; of a paragraph that was changed, with its old words."""
    place = anchors_of(comment.consultation).of(comment)
    return f"{place.shown}：{place.words}" if place.is_changed else place.shown


def _page(consultation) -> str:
    return reverse("consultation:public-detail", kwargs={"public_id": consultation.public_id})


def _message(comment) -> str:
    consultation = comment.consultation
    if consultation.withdrawn_at:
        return f"这次征求意见已经撤下：{consultation.withdrawn_reason}"
    if consultation.answers_published_at:
        return f"您的意见处理结果：{comment.get_outcome_display()}。"
    if consultation.is_open:
        return f"意见已收到。征求意见至 {consultation.closes_on:%Y-%m-%d}，期满后研究处理，结果和理由一并公布。"
    return "征求意见已经期满，正在研究处理，结果和理由将一并公布。"
