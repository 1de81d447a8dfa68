"""The page of a request, the register of requests, and the part about them on the page of what was asked about."""

from django.urls import reverse

from portal.accounts.authority import may
from portal.county_requests.asking import AUTHORITY
from portal.county_requests.filters import RequestFilter
from portal.county_requests.gates import LETTER
from portal.county_requests.kinds import request_kind
from portal.county_requests.models import CountyRequest
from portal.county_requests.workflow import WORKFLOW
from portal.web.inside import case_page
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.tables import Cell


def _day(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def edit_url(request, person) -> str:
    if not request.is_writable or not may(person, AUTHORITY, request.organisation):
        return ""
    return reverse("county_requests:edit", kwargs={"public_id": request.public_id})


def facts(request):
    rows = [
        {"key": "种类", "value": request_kind(request.request_kind).label},
        {"key": "事项", "value": request.subject.title},
        {"key": "报送单位", "value": request.organisation.name},
        {"key": "报送县级", "value": request.recipient.name},
        {"key": "报送日期", "value": _day(request.submitted_on), "is_number": True},
        {"key": "请示、报审的事项和理由", "lines": request.matter.splitlines() or ["尚未填写"], "wide": True},
    ]
    if request.answered_on:
        rows += [
            {"key": "县级答复", "value": request.get_conclusion_display()},
            {"key": "答复文号", "value": request.reply_number, "is_number": True},
            {"key": "答复日期", "value": _day(request.answered_on), "is_number": True},
            {"key": "答复意见", "lines": request.reply.splitlines(), "wide": True},
        ]
    return rows


def _state(request) -> str:
    return request.get_conclusion_display() or request.stage_label


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        number=lambda request: request.reply_number or request.number,
        edit_url=edit_url,
        slots=lambda request: (*request_kind(request.request_kind).papers, LETTER),
    )
)

REGISTER = register(
    Register(
        code="county-requests",
        label="请示和预审台账",
        rows=lambda person: CountyRequest.objects.visible_to(person).select_related("organisation", "recipient"),
        filterset=RequestFilter,
        columns=(
            RegisterColumn(
                "title", "事项", lambda r: r.title,
                lambda r: Cell(r.title, kind="title", url=case_url(r), sub=r.number), kind="title", order="title",
            ),
            RegisterColumn(
                "stage", "环节", lambda r: r.stage_label, lambda r: Cell(tag=r.stage_label, tag_kind="now")
            ),
            RegisterColumn("organisation", "报送单位", lambda r: r.organisation.short_name, kind="nowrap"),
            RegisterColumn("submitted_on", "报送日期", lambda r: r.submitted_on, kind="date"),
            RegisterColumn("conclusion", "答复", lambda r: r.get_conclusion_display(), kind="nowrap"),
            RegisterColumn("answered_on", "答复日期", lambda r: r.answered_on, kind="date"),
            RegisterColumn("reply_number", "答复文号", lambda r: r.reply_number, kind="no"),
            RegisterColumn("number", "案卷号", lambda r: r.number, kind="no", shown=False),
        ),
        presets=(("等待答复", "stage=submitted"), ("已答复", "stage=answered"), ("修改后再报", "conclusion=changes")),
        empty_text="决策事先请示和规范性文件草案预审。在决策、文件的案卷页上报送。",
    )
)  # fmt: skip


def county_requests_section(after: str) -> case_page.Section:
    """What the county was asked about a file, as a part of its case page.

    :param after: code of the step that asks; before it the part is left out.
    """

    def of_subject(file, person):
        if after not in file.steps_taken():
            return None
        requests = CountyRequest.objects.visible_to(person).filter(subject_id=file.pk).order_by("-pk")
        rows = [
            {
                "label": request_kind(request.request_kind).label, "url": case_url(request), "state": _state(request),
                "waits": not request.conclusion and not request.is_closed, "submitted_on": request.submitted_on,
                "reply": request.reply, "number": request.reply_number,
            }
            for request in requests
        ]  # fmt: skip
        return {"requests": rows} if rows else None

    return case_page.Section("county_requests/part_of_subject.html", of_subject, anchor="county-requests")
