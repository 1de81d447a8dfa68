"""What the steps of a clean-up do besides moving."""

from normative_docs.cleanup import time_limits
from normative_docs.cleanup.result import carry_out
from portal.casefiles.numbering import allocate, document_number
from portal.deadlines import clocks
from portal.jobs.queue import ask
from portal.legal_review.reviewing import conclude, newest, send_to_reviewer
from portal.meetings.standing import newest_item
from portal.moment import today
from portal.publishing.register import publish

NOTICE_JOB = "normative_docs.cleanup.notice"
NOTICE_SERIES = "cleanup_notice"
NOTICE_WORD = "公"


def start_work(campaign, by, data):
    """The day by which the plan wants it finished becomes the campaign's own limit."""
    clocks.start_clock(campaign, time_limits.CAMPAIGN, today(), by=by, until=campaign.finish_by)


def put_to_review(campaign, by, data):
    """Open a round of review of the list; where the town has no legal office, at the body the county names."""
    campaign.save(update_fields=send_to_reviewer(campaign, by=by))


def issue_opinion(campaign, by, data):
    conclude(newest(campaign), by=by, conclusion=data["conclusion"], opinion=data["opinion"])


def decide(campaign, by, data):
    """The meeting's decision stands on every conclusion."""
    meeting = newest_item(campaign).meeting
    campaign.decided_on, campaign.decided_at = meeting.held_on, meeting.title
    campaign.save(update_fields=["decided_on", "decided_at"])
    campaign.items.filter(in_scope=True).update(decided_on=meeting.held_on)


def notice_mark(organisation) -> str:
    """机关代字 of public notices: the same organ with 公 instead of 规 (龙政规 → 龙政公)."""
    return (organisation.document_mark or organisation.short_name).rstrip("发规字") + NOTICE_WORD


def sign(campaign, by, data):
    """The notice gets its number and its day; PDF and DOCX are set by the worker."""
    year, town = today().year, campaign.organisation
    campaign.notice_number = document_number(notice_mark(town), year, allocate(town, NOTICE_SERIES, year))
    campaign.notice_on, campaign.signed_by = today(), by
    campaign.save(update_fields=["notice_number", "notice_on", "signed_by"])
    ask_for_notice(campaign, by)


def ask_for_notice(campaign, by):
    """Have the worker set the notice; asked twice while it waits or runs, it is one job."""
    return ask(
        NOTICE_JOB, f"生成清理结果公告：{campaign.title}"[:200], by=by, key=f"cleanup:{campaign.pk}",
        campaign_id=campaign.pk,
    )  # fmt: skip


def make_public(campaign, by, data):
    """One act: the result is published and every conclusion takes effect, or nothing of it happens."""
    campaign.published_on = today()
    campaign.save(update_fields=["published_on"])
    publish(campaign, by=by)
    carry_out(campaign, by=by)
