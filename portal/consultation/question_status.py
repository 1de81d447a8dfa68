"""What the holder of a question's receipt may know."""

from portal.consultation.matters import matter_url
from portal.consultation.models import PublicQuestion
from portal.moment import SHANGHAI
from portal.receipts.registry import StatusView, Step


def describe(receipt) -> StatusView:
    """Asked, being answered, answered. The answer appears when it was reviewed, never before."""
    question = PublicQuestion.objects.select_related("file").get(public_id=receipt.subject_uuid)
    settled = question.state == PublicQuestion.State.SETTLED
    steps = (
        Step("收到提问", "done", question.asked_at.astimezone(SHANGHAI).date()),
        Step("研究答复", "done" if settled else "now"),
        Step(
            "答复", "done" if settled else "todo",
            question.reviewed_at.astimezone(SHANGHAI).date() if settled else None,
        ),
    )  # fmt: skip
    facts = [("问题", question.content)]
    message = "提问已收到，正在研究答复。"
    if settled:
        facts.append(("答复", question.answer))
        message = "已经答复，只答复您本人，不公布。" if question.for_asker_only else "已经答复，并在事项进程页面公布。"
    address = matter_url(question.file)
    links = ((f"查看事项进程：{question.file.title}", address),) if address else ()
    return StatusView(title=question.file.title, steps=steps, facts=tuple(facts), message=message, links=links)
