"""What a bulletin adds to the case page."""

from django.urls import reverse

from portal.bulletins.models import DOCX, PDF, Bulletin
from portal.bulletins.workflow import WORKFLOW
from portal.web.inside import case_page


def _day(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def facts(bulletin: Bulletin) -> list[dict]:
    """The facts of a bulletin."""
    return [
        {"key": "发文机关", "value": bulletin.issuing_body.name},
        {"key": "期间", "value": f"{_day(bulletin.first_day)} 至 {_day(bulletin.last_day)}"},
        {"key": "文号", "value": bulletin.document_number or "审签时编号", "is_number": True},
        {"key": "审签", "value": bulletin.approved_by.full_name if bulletin.approved_by else "—"},
        {"key": "审签日期", "value": _day(bulletin.approved_on), "is_number": True},
        {"key": "公开日期", "value": _day(bulletin.published_on), "is_number": True},
    ]


def _work_on(bulletin, person):
    return {"work_url": reverse("bulletins:write", kwargs={"public_id": bulletin.public_id})}


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        tags=lambda bulletin: [{"text": "数据已固定", "kind": "live"}] if bulletin.frozen_at else [],
        number=lambda bulletin: bulletin.document_number or bulletin.number,
        slots=lambda bulletin: (PDF, DOCX),
        sections=(case_page.Section("bulletins/part_bulletin.html", _work_on, anchor="bulletin"),),
    )
)
