"""What the steps of an incidental review do besides moving."""

from normative_docs.evaluation.following_up import draft_follow_up
from normative_docs.suggestions import time_limits
from normative_docs.suggestions.vocabulary import REPLY_LIMIT, Channel
from portal.accounts.authority import holders
from portal.casefiles.numbering import allocate, document_number
from portal.deadlines import clocks
from portal.jobs.queue import ask
from portal.moment import today
from portal.notifications.messages import notify
from portal.workflow.refusals import StepRefused

PAPER_JOB = "normative_docs.incidental_paper"
_OF_OTHERS = (time_limits.INCIDENTAL_DECIDE, time_limits.INCIDENTAL_FORWARD)


def hand_in(review, by, data):
    """The answer gets its number and is set as official paper for the head to sign."""
    if not review.reply_number:
        town = review.organisation
        mark = (town.document_mark or town.short_name).rstrip("发规字") + "复"
        review.reply_number = document_number(mark, today().year, allocate(town, "incidental_reply", today().year))
    review.reply_paper = None
    review.save(update_fields=["reply_number", "reply_paper"])
    ask_for_reply(review, by)


def ask_for_reply(review, by):
    """Have the worker set the answer; asked twice, it is set once."""
    return ask(
        PAPER_JOB, f"生成书面答复：{review.title}"[:200], by=by, key=f"{review.pk}:reply", file_id=review.pk
    )  # fmt: skip


def send(review, by, data):
    """The limit is met on the day the answer went out, late or not.

    :raises StepRefused: no day, or one that can't be.
    """
    sent_on = data.get("sent_on")
    if sent_on is None or not review.received_on <= sent_on <= today():
        raise StepRefused("送出日期应当在收到来文之日和今天之间。")
    review.sent_on, review.signed_by = sent_on, by
    review.save(update_fields=["sent_on", "signed_by"])
    clocks.stop_clock(review, REPLY_LIMIT[Channel(review.channel)], sent_on, by=by)


def note_result(review, by, data):
    """:raises StepRefused: no verdict or no day."""
    if not data.get("verdict") or data.get("verdict_on") is None:
        raise StepRefused("请填写认定结果和日期。")
    review.verdict, review.verdict_on = data["verdict"], data["verdict_on"]
    review.verdict_text = (data.get("verdict_text") or "").strip()
    review.save(update_fields=["verdict", "verdict_on", "verdict_text"])
    for code in _OF_OTHERS:
        clocks.stop_clock(review, code, max(review.verdict_on, review.received_on), by=by)
    if review.verdict == "unlawful":
        notify(
            holders("casefiles.lead", review.organisation), f"文件被认定不合法：{review.document.title}"[:200],
            "应当启动修改或者废止，并停止依据有关条款办理事项。", file=review,
        )  # fmt: skip


def carry_out(review, by, data):
    """:raises StepRefused: neither amendment nor repeal was chosen."""
    if data.get("act") not in ("amend", "repeal"):
        raise StepRefused("请选择修改或者废止。")
    review.follow_up = draft_follow_up(
        review, review.document, by=by, repeals=data["act"] == "repeal",
        reason=f"{review.requesting_body}（{review.case_number}）认定有关条款不合法：{review.verdict_text}",
    )  # fmt: skip
    review.save(update_fields=["follow_up"])
