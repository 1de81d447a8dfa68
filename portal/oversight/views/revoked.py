"""公开通报 of documents that the county revoked because their makers did not put them right; for everyone."""

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View

from portal.oversight.notices import announced_revocations
from portal.web.display import public_page
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table

TITLE = "撤销文件通报"


@method_decorator(public_page(60), name="dispatch")
class RevokedView(View):
    """``/filings/revoked/``"""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        page = KeysetPage(announced_revocations(), request, order=[(F("announced_on"), True), (F("pk"), True)])
        rows = [
            Row(
                key=str(filing.public_id), name=filing.subject.title,
                cells=[
                    Cell(
                        filing.subject.title, kind="title", prefix="已撤销", sub=filing.subject_number,
                        url=reverse("oversight:revoked-notice", kwargs={"public_id": filing.public_id}),
                    ),
                    Cell(filing.organisation.short_name, kind="nowrap", stack_label="制定机关"),
                    Cell(filing.revocation_number, kind="no", stack_label="撤销决定"),
                    Cell(f"{filing.revoked_on:%Y-%m-%d}", kind="date", stack_label="撤销日期"),
                ],
            )
            for filing in page.rows
        ]  # fmt: skip
        columns = [
            Column("文件", kind="title"), Column("制定机关"), Column("撤销决定"), Column("撤销日期", kind="date"),
        ]  # fmt: skip
        context = {
            "title": TITLE,
            "crumbs": [("首页", "/"), ("备案目录", reverse("oversight:filings")), (TITLE, "")],
            "column": {"name": TITLE, "type": "备案审查", "description": "拒不纠正而被撤销的乡镇（街道）文件"},
            "table": Table(
                label=TITLE, columns=columns, rows=rows, count_text=page.count_text, pager=page.pager, stack=True,
                printable=False, empty={"title": "没有被撤销的文件。"},
            ),
        }  # fmt: skip
        return render(request, "oversight/revoked.html", context)


@method_decorator(public_page(60), name="dispatch")
class RevokedNoticeView(View):
    """``/filings/revoked/<uuid>/``"""

    http_method_names = ("get", "head", "options")

    def get(self, request, public_id):
        filing = get_object_or_404(announced_revocations(), public_id=public_id)
        context = {
            "title": f"关于撤销《{filing.subject.title}》的通报",
            "crumbs": [("首页", "/"), (TITLE, reverse("oversight:revoked")), ("通报", "")],
            "column": {"name": TITLE, "type": "备案审查", "description": filing.subject.title},
            "filing": filing,
            "document_url": filing.kind_of_filing.address_of(filing.subject),
            "facts": [
                {"key": "文件", "value": filing.name_of_subject, "wide": True},
                {"key": "制定机关", "value": filing.organisation.name},
                {"key": "备案号", "value": filing.receipt_number, "is_number": True},
                {"key": "审查意见书", "value": filing.opinion_number, "is_number": True},
                {"key": "决定机关", "value": filing.revocation_organ},
                {"key": "撤销决定", "value": filing.revocation_number, "is_number": True},
                {"key": "撤销日期", "value": f"{filing.revoked_on:%Y-%m-%d}", "is_number": True},
                {"key": "通报日期", "value": f"{filing.announced_on:%Y-%m-%d}", "is_number": True},
                {"key": "撤销依据", "value": filing.revocation_basis, "wide": True},
            ],
        }
        return render(request, "oversight/revoked_notice.html", context)
