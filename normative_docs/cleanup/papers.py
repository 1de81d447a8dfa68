"""清理结果公告: the four lists as official paper and as the text that the public reads."""

from django.db.models import Case, QuerySet, When

from normative_docs.cleanup.models import CleanupItem
from normative_docs.cleanup.outcomes import ENDINGS, CampaignKind, CleanupOutcome
from portal.casefiles.models import Disclosure
from portal.documents.rendering import Heading, Layout, OfficialPaper, Paragraph, Table
from portal.documents.rendering.paper import chinese_date
from portal.workflow.refusals import StepRefused

LIST_TITLES = {
    CleanupOutcome.RETAIN: "保留的行政规范性文件",
    CleanupOutcome.AMEND: "修改的行政规范性文件",
    CleanupOutcome.REPEAL: "废止的行政规范性文件",
    CleanupOutcome.LAPSE: "宣布失效的行政规范性文件",
}
_NUMERALS = "一二三四"
_WIDTHS = (3, 16, 9)
_WIDTHS_WITH_REASON = (3, 10, 9, 9)


class NoticeRefused(StepRefused):
    """The notice can't be made yet; the message says why, in Chinese."""


def listed_publicly() -> QuerySet[CleanupItem]:
    """Concluded items whose document is open to the public, in the order of the lists and of the documents' age."""
    place = Case(*(When(verdict=code, then=index) for index, code in enumerate(LIST_TITLES)), default=len(LIST_TITLES))
    return (
        CleanupItem.objects.filter(in_scope=True, document__disclosure=Disclosure.PROACTIVE)
        .exclude(verdict="")
        .select_related("document")
        .order_by("campaign", place, "document__issued_on", "number")
    )


def lists_of(campaign) -> dict[str, list[CleanupItem]]:
    """The items of each list, oldest document first; documents that are not open to the public are left out."""
    lists: dict[str, list[CleanupItem]] = {code: [] for code in LIST_TITLES}
    for item in listed_publicly().filter(campaign=campaign):
        lists[item.verdict].append(item)
    return lists


def _opening(campaign, lists) -> str:
    cause = "按照规范性文件每两年清理一次的规定" if campaign.is_full else f"因{campaign.trigger.rstrip('。')}"
    counts = "，".join(f"{CleanupOutcome(code).label}{len(items)}件" for code, items in lists.items())
    what = CampaignKind(campaign.campaign_kind).label
    meeting = f"{campaign.decided_at}（{chinese_date(campaign.decided_on)}）" if campaign.decided_on else ""
    decided = f"经合法性审核，{meeting}集体讨论，" if meeting else ""
    return (
        f"{cause}，本机关对截至{chinese_date(campaign.reference_on)}公布、尚未失效的有关行政规范性文件进行了{what}。"
        f"{decided}决定{counts}。现予公告。"
    )


def _closing() -> str:
    return (
        "列入废止、宣布失效目录的文件，自本公告公布之日起不再执行，不得作为行政管理的依据；"
        "列入修改目录的文件，在修改公布前继续执行。"
    )


def _name(item) -> str:
    return f"《{item.document.title}》"


def _why(item) -> str:
    basis = f"；依据：{item.basis.rstrip('。')}" if item.basis else ""
    return f"{item.reason.rstrip('。')}{basis}"


def notice_text(campaign) -> str:
    """The notice as plain text: what is reviewed before publication and shown to the public."""
    lists = lists_of(campaign)
    lines = [_opening(campaign, lists)]
    for index, (code, items) in enumerate(lists.items()):
        lines.append(f"{_NUMERALS[index]}、{LIST_TITLES[code]}（{len(items)}件）")
        for number, item in enumerate(items, start=1):
            why = f"。理由：{_why(item)}" if code in ENDINGS else ""
            document_number = f"（{item.document.document_number}）" if item.document.document_number else ""
            # A figure with a point would be read as a heading of the third level.
            lines.append(f"{number}　{_name(item)}{document_number}{why}。")
        if not items:
            lines.append("无。")
    return "\n".join([*lines, _closing()])


def notice_paper(campaign) -> OfficialPaper:
    """清理结果公告 as official paper (条例 art. 8: 公告; GB/T 9704-2012).

    :raises NoticeRefused: it isn't signed, or the paper lacks what the rules ask for.
    """
    if not campaign.notice_number:
        raise NoticeRefused("公告尚未签发，没有文号。")
    lists = lists_of(campaign)
    body = [Paragraph(_opening(campaign, lists))]
    for index, (code, items) in enumerate(lists.items()):
        body.append(Heading(1, f"{_NUMERALS[index]}、{LIST_TITLES[code]}（{len(items)}件）"))
        body.append(_table(items, with_reason=code in ENDINGS) if items else Paragraph("无。"))
    body.append(Paragraph(_closing()))
    paper = OfficialPaper(
        kind="公告",
        layout=Layout.DOCUMENT,
        mark=(campaign.town.name,),
        number=campaign.notice_number,
        title=campaign.notice_title,
        body=tuple(body),
        signature=(campaign.town.name,),
        issued_on=campaign.notice_on,
    )
    if problems := paper.problems():
        raise NoticeRefused("；".join(problems))
    return paper


def _table(items, *, with_reason: bool) -> Table:
    header = ("序号", "文件名称", "文号", *(("理由和依据",) if with_reason else ()))
    rows = tuple(
        (str(number), _name(item), item.document.document_number or "—", *((_why(item),) if with_reason else ()))
        for number, item in enumerate(items, start=1)
    )
    return Table(header=header, rows=rows, widths=_WIDTHS_WITH_REASON if with_reason else _WIDTHS)
