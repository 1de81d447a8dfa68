"""What a clean-up adds to the case page, and its two registers."""

from django.urls import reverse

from normative_docs.cleanup.campaigns import CLEAN_UP
from normative_docs.cleanup.filters import CampaignFilter, RegisterItemFilter
from normative_docs.cleanup.gates import NOTICE, NOTICE_DOCX
from normative_docs.cleanup.models import CleanupCampaign, CleanupItem
from normative_docs.cleanup.outcomes import CleanupOutcome
from normative_docs.cleanup.views.listing import dead_word
from normative_docs.cleanup.views.overview import notice_part, result_addresses
from normative_docs.cleanup.workflow import WORKFLOW, Stage
from portal.accounts.authority import may
from portal.legal_review.case_section import review_section
from portal.meetings.case_section import deliberation_section
from portal.web.inside import case_page
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.inside.worklist import Start, starts
from portal.web.tables import Cell


def _day(value) -> str:
    return f"{value:%Y-%m-%d}" if value else "—"


def facts(campaign) -> list[dict]:
    rows = [
        {"key": "清理类别", "value": campaign.get_campaign_kind_display()},
        {"key": "清理缘由", "value": campaign.get_trigger_kind_display()},
        {"key": "清理基准日", "value": _day(campaign.reference_on), "is_number": True},
        {"key": "完成期限", "value": _day(campaign.finish_by), "is_number": True},
        {"key": "集体决定", "value": f"{_day(campaign.decided_on)}　{campaign.decided_at}".strip("　")},
        {"key": "公告文号", "value": campaign.notice_number or "签发时编号", "is_number": True},
        {"key": "成文日期", "value": _day(campaign.notice_on), "is_number": True},
        {"key": "公布日期", "value": _day(campaign.published_on), "is_number": True},
    ]
    if not campaign.is_full:
        limits = [
            f"上位依据或者正文包含“{campaign.basis_words}”" if campaign.basis_words else "",
            f"主题包含“{campaign.topic}”" if campaign.topic else "",
            f"{campaign.issued_before:%Y-%m-%d} 以前成文" if campaign.issued_before else "",
            "涉及经营者经济活动" if campaign.only_market else "",
        ]
        rows += [
            {"key": "具体缘由", "value": campaign.trigger, "wide": True},
            {"key": "范围条件", "value": "；".join(filter(None, limits)) or "全部有效文件", "wide": True},
        ]
    return rows


def numbers(campaign, person) -> dict:
    """The totals, and the ways to scope and list."""
    place = {"public_id": campaign.public_id}
    totals = campaign.totals()
    return {
        "totals": totals,
        "lines": [
            {"label": CleanupOutcome(code).label, "count": count, "code": code}
            for code, count in totals.by_verdict.items()
        ],
        "work_url": reverse("cleanup:work", kwargs=place),
        "scope_url": reverse("cleanup:scope", kwargs=place),
        "is_open": campaign.is_open_to_change and may(person, CLEAN_UP, campaign.organisation),
        "public_url": result_addresses([campaign]).get(campaign.pk, "") if campaign.stage == Stage.PUBLISHED else "",
    }


def scope_url(campaign, person) -> str:
    """Where the facts are changed, while they may be."""
    if campaign.stage != Stage.SCOPING or not may(person, CLEAN_UP, campaign.organisation):
        return ""
    return reverse("cleanup:scope", kwargs={"public_id": campaign.public_id})


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        tags=lambda campaign: [{"text": campaign.get_campaign_kind_display(), "kind": ""}],
        number=lambda campaign: campaign.notice_number or campaign.number,
        edit_url=scope_url,
        slots=lambda campaign: (NOTICE, NOTICE_DOCX),
        sections=(
            case_page.Section("normative_docs/cleanup/part_numbers.html", numbers, anchor="numbers"),
            review_section(after="send_to_review"),
            deliberation_section(after="put_to_deliberation", stage=Stage.DELIBERATION),
            case_page.Section("normative_docs/cleanup/part_notice.html", notice_part, anchor="notice"),
        ),
    )
)

CAMPAIGNS = register(
    Register(
        code="cleanups",
        label="规范性文件清理台账",
        rows=lambda person: CleanupCampaign.objects.visible_to(person).select_related("organisation", "handling_unit"),
        filterset=CampaignFilter,
        columns=(
            RegisterColumn(
                "title", "标题", lambda c: c.title,
                lambda c: Cell(c.title, kind="title", url=case_url(c), sub=c.notice_number or c.number),
                kind="title", order="title",
            ),
            RegisterColumn("kind", "清理类别", lambda c: c.get_campaign_kind_display(), kind="nowrap"),
            RegisterColumn("trigger", "缘由", lambda c: c.trigger or c.get_trigger_kind_display(), shown=False),
            RegisterColumn("stage", "环节", lambda c: c.stage_label, lambda c: Cell(tag=c.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "单位", lambda c: c.organisation.short_name, kind="nowrap"),
            RegisterColumn(
                "unit", "牵头单位", lambda c: c.handling_unit.short_name if c.handling_unit else "", kind="nowrap",
                shown=False,
            ),
            RegisterColumn("reference_on", "基准日", lambda c: c.reference_on, kind="date", order="reference_on"),
            RegisterColumn("finish_by", "完成期限", lambda c: c.finish_by, kind="date", order="finish_by"),
            RegisterColumn("decided_on", "集体决定", lambda c: c.decided_on, kind="date", shown=False),
            RegisterColumn("published_on", "公布日期", lambda c: c.published_on, kind="date"),
            RegisterColumn("number", "案卷号", lambda c: c.number, kind="no", shown=False),
        ),
        presets=(
            ("全面清理", "kind=full"), ("专项清理", "kind=special"), ("正在清理", "stage=working"),
            ("已公布", "stage=published"),
        ),
        empty_text="每两年全面清理一次规范性文件，上位法变动时及时专项清理。",
        new_url="cleanup:new",
        new_label="开展清理",
    )
)  # fmt: skip


def _item_url(item) -> str:
    return reverse("cleanup:item", kwargs={"public_id": item.campaign.public_id, "number": item.number})


ITEMS = register(
    Register(
        code="cleanup_documents",
        label="规范性文件清理文件台账",
        rows=lambda person: CleanupItem.objects.filter(
            in_scope=True, campaign__in=CleanupCampaign.objects.visible_to(person).values("pk")
        ).select_related("campaign__organisation", "document", "unit", "proposed_by"),
        filterset=RegisterItemFilter,
        columns=(
            RegisterColumn(
                "document", "文件", lambda i: i.document.title,
                lambda i: Cell(
                    i.document.title, kind="title", url=_item_url(i), sub=i.document.document_number,
                    prefix=dead_word(i.document),
                ),
                kind="title",
            ),
            RegisterColumn("document_number", "文号", lambda i: i.document.document_number, kind="no", shown=False),
            RegisterColumn("issued_on", "成文日期", lambda i: i.document.issued_on, kind="date"),
            RegisterColumn("campaign", "清理", lambda i: i.campaign.title),
            RegisterColumn("campaign_number", "清理案卷号", lambda i: i.campaign.number, kind="no", shown=False),
            RegisterColumn("organisation", "单位", lambda i: i.campaign.organisation.short_name, kind="nowrap"),
            RegisterColumn("number", "序号", lambda i: i.number, kind="number", shown=False),
            RegisterColumn("verdict", "清理结论", lambda i: i.get_verdict_display() or "未填写", kind="nowrap"),
            RegisterColumn("reason", "理由", lambda i: i.reason),
            RegisterColumn("basis", "依据", lambda i: i.basis),
            RegisterColumn(
                "fair_competition", "公平竞争核查", lambda i: i.get_fair_competition_display(), shown=False
            ),
            RegisterColumn("unit", "提出单位", lambda i: i.unit.short_name if i.unit else "", kind="nowrap"),
            RegisterColumn(
                "proposed_by", "填写人", lambda i: i.proposed_by.full_name if i.proposed_by else "", kind="nowrap",
                shown=False,
            ),
            RegisterColumn("decided_on", "集体决定", lambda i: i.decided_on, kind="date", shown=False),
            RegisterColumn("settlement", "执行情况", lambda i: i.get_settlement_display(), kind="nowrap", shown=False),
            RegisterColumn("next_review_on", "下次清理不晚于", lambda i: i.next_review_on, kind="date", shown=False),
        ),
        presets=tuple((outcome.label, f"verdict={outcome.value}") for outcome in CleanupOutcome),
        empty_text="历次清理的文件和结论。",
    )
)  # fmt: skip

starts.append(
    Start(
        "规范性文件清理",
        "每两年对全部规范性文件清理一次；上位法修改、改革或者公平竞争要求变化时，对有关文件专项清理。"
        "逐件提出保留、修改、废止或者宣布失效，经集体决定后公布。",
        "cleanup:new",
        CLEAN_UP,
    )
)
