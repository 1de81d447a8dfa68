"""What the steps of an annual report do besides moving."""

from portal.accounts.authority import holders
from portal.jobs.queue import ask
from portal.moment import now, today
from portal.notifications.messages import notify
from portal.publishing.register import publish

PAPER_JOB = "reports.paper"


def ask_for_paper(report, by):
    """Have the worker make PDF and DOCX; asked again while it runs, it gives the same job."""
    state = "frozen" if report.frozen_at else "draft"
    return ask(PAPER_JOB, f"生成报告文本：{report.title}", by=by, key=f"report:{report.pk}:{state}", file_id=report.pk)


def freeze(report, by, data):
    """Figures and text stand from now on; the database refuses to change them."""
    report.frozen_at, report.approved_on, report.approved_by = now(), today(), by
    report.save(update_fields=["frozen_at", "approved_on", "approved_by"])
    ask_for_paper(report, by)


def thaw(report, by, data):
    """Back in the writers' hands: the approved papers no longer count."""
    report.frozen_at = report.approved_on = report.approved_by = report.final_pdf = report.final_docx = None
    report.save(update_fields=["frozen_at", "approved_on", "approved_by", "final_pdf", "final_docx"])


def hand_over(report, by, data):
    """Sent to every recipient today; the county is told."""
    report.submitted_on = today()
    report.save(update_fields=["submitted_on"])
    named = [line.strip() for line in data.get("more", "").splitlines() if line.strip()]
    for position, name in enumerate(dict.fromkeys([*data["recipients"], *named])):
        report.recipients.create(name=name[:120], position=position, sent_on=report.submitted_on)
    notify(
        holders("county.supervise", report.organisation), f"年度报告已上报：{report.title}",
        f"{report.organisation.name}于 {report.submitted_on} 上报。", file=report,
    )  # fmt: skip


def make_public(report, by, data):
    report.published_on = today()
    report.save(update_fields=["published_on"])
    publish(report, by=by)
