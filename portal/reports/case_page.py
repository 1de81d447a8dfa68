"""What an annual report adds to the case page: its facts, its chapters as a list of tasks, its papers."""

from django.urls import reverse

from portal.accounts.authority import may
from portal.reports.links import figure_line
from portal.reports.models import DOCX, PDF, AnnualReport
from portal.reports.outline import OUTLINE
from portal.reports.workflow import WORKFLOW
from portal.reports.writing import newest_job
from portal.web.inside import case_page


def _day(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def facts(report: AnnualReport) -> list[dict]:
    recipients = [f"{one.name}（{one.sent_on:%Y-%m-%d}）" for one in report.recipients.all()]
    return [
        {"key": "报告机关", "value": report.town.name},
        {"key": "报告年度", "value": f"{report.year}年"},
        {"key": "审定日期", "value": _day(report.approved_on), "is_number": True},
        {"key": "审定人", "value": report.approved_by.full_name if report.approved_by else "—"},
        {"key": "上报日期", "value": _day(report.submitted_on), "is_number": True},
        {"key": "公开日期", "value": _day(report.published_on), "is_number": True},
        {"key": "报送对象", "lines": recipients, "value": "尚未上报", "wide": True},
    ]


def chapter_rows(report: AnnualReport, person) -> list[dict]:
    """Chapters with their state, their figures and where to write them."""
    kept = report.snapshots()
    sections = {section.code: section for section in report.sections.select_related("edited_by")}
    rows = []
    for one in OUTLINE:
        section = sections.get(one.code)
        rows.append(
            {
                "code": one.code,
                "title": one.title,
                "level": one.level,
                "heading_only": one.heading_only,
                "state": _state(one, section),
                "section": section,
                "url": reverse("reports:section", args=[report.public_id, one.code]),
                "figures": [
                    figure_line(report.town, report.year, code, kept[code]) for code in one.codes if code in kept
                ],
            }
        )
    return rows


def _state(one, section) -> dict:
    if section is None or one.heading_only:
        return {}
    if section.needs_check:
        return {"text": "待核对", "kind": "now"}
    if section.text.strip():
        return {"text": "已撰写" if section.edited_at else "已列数据", "kind": ""}
    return {"text": "待撰写", "kind": "now"} if one.required else {"text": "可不写", "kind": "dead"}


def chapters(report, person) -> dict:
    may_write = report.is_writable and may(person, "reports.prepare", report.organisation)
    return {
        "rows": chapter_rows(report, person),
        "may_write": may_write,
        "changed": len(report.changed_figures()) if may_write else 0,
        "refresh_url": reverse("reports:refresh", args=[report.public_id]),
    }


def job_part(report, person) -> dict:
    """The work on the papers as ``components/job.html`` shows it."""
    asked = newest_job(report)
    address = reverse("reports:paper", args=[report.public_id])
    allowed = not report.is_closed and (
        may(person, "reports.prepare", report.organisation) or may(person, "reports.approve", report.organisation)
    )
    job = None
    if asked is not None:
        job = {
            "name": asked.label, "state": asked.state, "percent": asked.progress, "note": asked.message,
            "url": asked.result_url, "link": "查看文本", "retry_url": address if allowed else "",
        }  # fmt: skip
    return {
        "job": job,
        "poll_url": address,
        "may_ask": allowed and (asked is None or asked.state == "done"),
        "ask_url": address,
        "frozen": report.is_frozen,
        "final": report.final_pdf_id is not None,
    }


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        tags=lambda report: [{"text": "数据已固定", "kind": "live"}] if report.is_frozen else [],
        slots=lambda report: (PDF, DOCX),
        sections=(
            case_page.Section("reports/part_chapters.html", chapters, anchor="chapters"),
            case_page.Section("reports/part_paper.html", job_part, anchor="paper"),
        ),
    )
)
