"""Asking for a paper of an evaluation, and how far it is."""

from portal.documents.slots import slot_label
from portal.jobs.models import Job
from portal.jobs.queue import ask

PAPER_JOB = "evaluations.paper"


def ask_for_paper(evaluation, slot: str, by) -> Job:
    """Have the worker set a paper of this evaluation; asked twice, it is set once. :param slot: its code."""
    return ask(
        PAPER_JOB, f"生成{slot_label(slot)}：{evaluation.title}"[:200], by=by, key=f"{evaluation.pk}:{slot}",
        file_id=evaluation.pk, workflow=evaluation.kind, slot=slot,
    )  # fmt: skip


def newest_job(evaluation, slot: str) -> Job | None:
    return Job.objects.filter(kind=PAPER_JOB, key=f"{evaluation.pk}:{slot}").order_by("-id").first()


def job_of(evaluation, slot: str) -> dict | None:
    """A paper while it is being set or failed, as ``components/job.html`` shows it."""
    asked = newest_job(evaluation, slot)
    if asked is None or asked.state == Job.State.DONE or evaluation.is_closed:
        return None
    return {
        "name": asked.label, "state": asked.state, "percent": asked.progress, "note": asked.message,
        "url": asked.result_url, "link": "查看",
    }  # fmt: skip
