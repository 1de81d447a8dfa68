"""What a filing adds to the case page: its facts and sections, and its register."""

from django.urls import reverse

from portal.accounts.authority import may
from portal.casefiles.models import CaseFile
from portal.oversight.filters import FilingFilter
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage
from portal.web.inside import case_page
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.tables import Cell


def _date(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def punctuality(filing) -> str:
    """按期 or 超期 in words; a dash where nothing is submitted or no limit applies."""
    return {True: "按期报送", False: "超期报送", None: "—"}[filing.is_on_time]


def facts(filing):
    due = filing.due_on
    if due is None and (clock := filing.next_deadline()) is not None and filing.stage == Stage.PREPARING:
        due = clock.effective_end
    rows = [
        {"key": "报备对象", "value": filing.name_of_subject, "wide": True},
        {"key": "报备种类", "value": filing.kind_of_filing.label},
        {"key": "依据", "value": filing.kind_of_filing.basis},
        {"key": "报送单位", "value": filing.organisation.name},
        {"key": "接受机关", "value": filing.recipient.name},
        {"key": "报备期限", "value": _date(due), "is_number": True},
        {"key": "报送日期", "value": _date(filing.submitted_on), "is_number": True},
        {"key": "是否及时", "value": punctuality(filing)},
        {"key": "备案号", "value": filing.receipt_number or "受理时编号", "is_number": True},
        {"key": "受理日期", "value": _date(filing.received_on), "is_number": True},
        {"key": "审查人", "value": filing.reviewer.full_name if filing.reviewer else "—"},
        {"key": "退回次数", "value": filing.returned_count},
    ]
    if filing.returned_count:
        rows.append({"key": "最近一次退回理由", "value": filing.return_reason, "wide": True})
    if filing.opinion_number:
        decision = filing.get_order_display() or "准予备案"
        rows += [
            {"key": "审查决定", "value": f"{decision}　{_date(filing.decided_on)}"},
            {"key": "意见书文号", "value": filing.opinion_number, "is_number": True},
            {"key": "审查意见", "value": filing.opinion, "wide": True},
        ]
    if filing.revocation_reason:
        rows += [
            {"key": "提请撤销的理由", "value": filing.revocation_reason, "wide": True},
            {"key": "撤销依据", "value": filing.revocation_basis, "wide": True},
        ]
    if filing.revoked_on:
        rows += [
            {"key": "撤销决定", "value": f"{filing.revocation_organ}　{filing.revocation_number}"},
            {"key": "批准", "value": filing.revocation_approver},
            {"key": "撤销日期", "value": _date(filing.revoked_on), "is_number": True},
            {"key": "公开通报", "value": _date(filing.announced_on), "is_number": True},
        ]
    return rows


def tags(filing):
    return [{"text": punctuality(filing), "kind": ""}] if filing.is_on_time is not None else []


def subject(filing, person):
    """A link to what is filed, for those who may see it, and to the page where this person works on the filing."""
    visible = CaseFile.objects.visible_to(person).filter(pk=filing.subject_id).exists()
    at_county = may(person, "oversight.decide", filing.organisation)
    page = "oversight:county-filing" if at_county else "oversight:staff-filing"
    return {
        "url": case_url(filing.subject) if visible else "",
        "work_url": reverse(page, kwargs={"public_id": filing.public_id}),
        "work_label": "打开审查页面" if at_county else "报送材料和整改答复",
    }


def findings(filing, person):
    found = list(filing.findings.select_related("found_by"))
    return {"findings": found} if found else None


PAGE = case_page.register(
    case_page.CasePage(
        kind="oversight.filing",
        facts=facts,
        tags=tags,
        number=lambda filing: filing.receipt_number or filing.number,
        slots=lambda filing: filing.kind_of_filing.papers,
        sections=(
            case_page.Section("oversight/part_subject.html", subject, anchor="subject"),
            case_page.Section("oversight/part_findings.html", findings, anchor="findings"),
        ),
    )
)


def _rows(person):
    return Filing.objects.visible_to(person).select_related("organisation", "subject", "reviewer")


REGISTER = register(
    Register(
        code="filings",
        label="报备台账",
        rows=_rows,
        filterset=FilingFilter,
        columns=(
            RegisterColumn(
                "title", "报备对象", lambda f: f.subject.title,
                lambda f: Cell(f.subject.title, kind="title", url=case_url(f), sub=f.subject_number or f.number),
                kind="title", order="title",
            ),
            RegisterColumn("subject_number", "文号", lambda f: f.subject_number, kind="no", shown=False),
            RegisterColumn("kind", "报备种类", lambda f: f.kind_of_filing.label, shown=False),
            RegisterColumn("stage", "环节", lambda f: f.stage_label, lambda f: Cell(tag=f.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "报送单位", lambda f: f.organisation.short_name, kind="nowrap"),
            RegisterColumn("due_on", "报备期限", lambda f: f.due_on, kind="date"),
            RegisterColumn("submitted_on", "报送日期", lambda f: f.submitted_on, kind="date"),
            RegisterColumn("on_time", "是否及时", punctuality, kind="nowrap"),
            RegisterColumn("receipt_number", "备案号", lambda f: f.receipt_number, kind="no", order="receipt_number"),
            RegisterColumn("returned_count", "退回次数", lambda f: f.returned_count, kind="number", shown=False),
            RegisterColumn(
                "reviewer", "审查人", lambda f: f.reviewer.full_name if f.reviewer else "", kind="nowrap", shown=False
            ),
            RegisterColumn("decided_on", "决定日期", lambda f: f.decided_on, kind="date"),
            RegisterColumn("opened_on", "立卷日期", lambda f: f.opened_on, kind="date", order="opened_on", shown=False),
            RegisterColumn("number", "案卷号", lambda f: f.number, kind="no", shown=False),
        ),
        presets=(
            ("待报送", "stage=preparing"), ("退回补正", "stage=returned"), ("限期整改", "stage=correction"),
            ("已备案", "stage=recorded"), ("已撤销", "stage=revoked"), ("超期报送", "on_time=no"),
        ),
        empty_text="文件公布后由系统自动建立报备事项。",
    )
)  # fmt: skip
