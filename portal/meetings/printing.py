"""Printing sealed minutes: asked for on the meeting's page, set by the worker, kept in every file of the agenda."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from portal.audit import verbs
from portal.audit.context import acting
from portal.audit.record import record
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.jobs.models import Job
from portal.jobs.queue import ask, job
from portal.meetings.models import Meeting
from portal.meetings.papers import MINUTES, minutes_paper
from portal.meetings.recording import MeetingRefused

KIND = "meetings.minutes"
ASKED = verbs.declare("meeting.minutes_asked", "生成会议纪要")


def key_of(meeting: Meeting) -> str:
    return f"minutes:{meeting.public_id}"


def newest_job(meeting: Meeting) -> Job | None:
    """The last time somebody asked for these minutes."""
    return Job.objects.filter(kind=KIND, key=key_of(meeting)).order_by("-id").first()


@transaction.atomic
def ask_for_minutes(meeting: Meeting, *, by) -> Job:
    """Ask for PDF and DOCX of the minutes; while that runs, asking again gives the same job.

    :raises MeetingRefused: not sealed yet, no agenda, or all files of the agenda are closed.
    """
    if not meeting.is_sealed:
        raise MeetingRefused("会议纪要尚未封存，不能成文。")
    if not meeting.is_deliberative:
        raise MeetingRefused("没有议题的会议不生成纪要文本，会议记录在会议页面查阅。")
    if not meeting.items.filter(file__closed_on__isnull=True).exists():
        raise MeetingRefused("议题的案卷均已办结，不能再生成材料。")
    asked = ask(KIND, f"会议纪要：{meeting.title}", by=by, key=key_of(meeting), meeting=str(meeting.public_id))
    record(
        ASKED,
        by=by,
        organisation=meeting.organisation,
        summary=meeting.title,
        payload={"meeting": str(meeting.public_id)},
    )
    return asked


@job(KIND)
def make_minutes(running: Job, report, meeting: str) -> str:
    """Set the minutes for each file of the agenda that is still open; done twice, the same bytes change nothing."""
    found = Meeting.objects.select_related("organisation", "recorded_by").get(public_id=meeting)
    items = list(found.items.filter(file__closed_on__isnull=True).select_related("file__organisation"))
    title = f"{found.title}纪要"
    with acting(running.asked_by):
        for done, item in enumerate(items):
            item.meeting = found
            report(5 + 90 * done // len(items), f"第 {done + 1} 件，共 {len(items)} 件")
            paper = minutes_paper(item)
            pdf = ContentFile(render_pdf(paper), name=f"{title}.pdf")
            attach(item.file, MINUTES.code, pdf, running.asked_by, title=title)
            docx = ContentFile(render_docx(paper), name=f"{title}.docx")
            attach(item.file, MINUTES.code, docx, running.asked_by, title=f"{title}可编辑稿")
    return f"{reverse('meetings:staff-meeting', kwargs={'meeting_id': found.public_id})}#minutes"
