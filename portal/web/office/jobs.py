"""``/staff/jobs/``: work that runs behind the pages. One's own; all of it for the system administrator."""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from portal.accounts.authority import may
from portal.accounts.views import first_page
from portal.jobs import queue
from portal.jobs.models import Job
from portal.web.htmx import render_page
from portal.web.inside.access import may_open
from portal.web.keyset import KeysetPage
from portal.web.office.access import OwnPage
from portal.web.tables import Cell, Column, Row, Table
from portal.web.templatetags.portal import stamp


def visible_jobs(person):
    """Jobs this person asked for; every job for whoever runs the system."""
    jobs = Job.objects.select_related("asked_by")
    return jobs if may(person, "system.jobs") else jobs.filter(asked_by=person)


def may_see_result(job: Job, person) -> bool:
    """The result is for who asked for the work; without such a person, for whom its page opens."""
    if job.asked_by_id is not None:
        return job.asked_by_id == person.pk
    return bool(job.result_url) and may_open(person, job.result_url)


def shown(job: Job) -> dict:
    """What ``components/job.html`` draws."""
    return {
        "name": job.label,
        "state": job.state,
        "percent": job.progress,
        "note": _note(job),
        "url": job.result_url if job.state == Job.State.DONE else "",
        "link": "查看结果",
        "retry_url": reverse("office:job-retry", args=[job.public_id]),
    }


def _note(job: Job) -> str:
    if job.state == Job.State.WAITING:
        return "已列入队列，可以离开本页，完成后结果保留在这里。"
    if job.state == Job.State.FAILED:
        return f"{job.message}　已填写的内容没有丢失。"
    return job.message


class JobsView(OwnPage):
    def get(self, request):
        page = KeysetPage(visible_jobs(request.user), request, order=[(F("id"), True)])
        everything = may(request.user, "system.jobs")
        columns = [Column("任务", kind="title"), Column("状态"), Column("说明"), Column("提出时间", kind="date")]
        if everything:
            columns.append(Column("提出人"))
        table = Table(
            label="后台任务",
            columns=columns,
            rows=[self._row(job, everything) for job in page.rows],
            count_text=page.count_text,
            pager=page.pager,
            stack=True,
            empty={"title": "还没有后台任务。", "text": "生成报告、大批导出等较慢的工作在后台进行，结果列在这里。"},
        )
        context = {
            "title": "后台任务",
            "crumbs": [("首页", first_page(request.user)), ("后台任务", "")],
            "table": table,
        }
        return render_page(request, "office/jobs.html", context, part="table")

    @staticmethod
    def _row(job, everything):
        cells = [
            Cell(job.label, kind="title", url=reverse("office:job", args=[job.public_id])),
            Cell(tag=job.get_state_display(), tag_kind="" if job.is_over else "now"),
            Cell(job.message, stack_label="说明"),
            Cell(stamp(job.asked_at), kind="date", stack_label="提出时间"),
        ]
        if everything:
            cells.append(Cell(job.asked_by.full_name if job.asked_by else "系统", stack_label="提出人"))
        return Row(key=str(job.public_id), name=job.label, cells=cells)


class JobView(OwnPage):
    """One job; the page asks every two seconds while it lasts, which is no use of the session."""

    passive = True

    def get(self, request, public_id):
        job = get_object_or_404(visible_jobs(request.user), public_id=public_id)
        context = {
            "title": job.label,
            "crumbs": [("首页", first_page(request.user)), ("后台任务", reverse("office:jobs")), (job.label, "")],
            "job": shown(job) | ({} if may_see_result(job, request.user) else {"url": ""}),
            "is_over": job.is_over,
            "poll_url": request.path,
            "facts": [
                {"key": "提出时间", "value": stamp(job.asked_at), "is_number": True},
                {"key": "提出人", "value": job.asked_by.full_name if job.asked_by else "系统"},
                {"key": "已试次数", "value": f"{job.attempts} 次"},
                {"key": "结束时间", "value": stamp(job.finished_at), "is_number": True},
            ],
        }
        return render_page(request, "office/job.html", context, part="progress")


class RetryView(OwnPage):
    http_method_names = ["post"]

    def post(self, request, public_id):
        job = get_object_or_404(visible_jobs(request.user), public_id=public_id)
        if job.state == Job.State.FAILED:
            queue.retry(job)
            messages.success(request, f"{job.label}已重新列入队列。", extra_tags="已重试")
        return redirect("office:job", public_id=public_id)
