"""Annual reports before the public: the archive by year, and each report as it was published.

They read publications only, so masking and take-down hold here as everywhere.
"""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import View

from portal.publishing.caching import shared_page
from portal.publishing.models import Publication
from portal.publishing.official_text import official_text
from portal.publishing.pages import document_url, paper_lines
from portal.reports.models import AnnualReport
from portal.reports.public import COLUMN
from portal.web.errors import Gone

_META = {"name": COLUMN, "type": "政务公开", "description": "各乡镇（街道）法治政府建设年度报告"}


@method_decorator(shared_page, name="dispatch")
class PublicReports(View):
    """``/reports/``, and ``/reports/<year>/``: who published which year's report."""

    http_method_names = ("get", "head", "options")

    def get(self, request, year=None):
        reports = AnnualReport.objects.filter(published_on__isnull=False).select_related("town")
        live = Publication.objects.live().filter(column=COLUMN)
        reports = reports.filter(publications__in=live).order_by("-year", "town__path")
        years = list(reports.order_by("-year").values_list("year", flat=True).distinct())
        if year is not None:
            if year not in years:
                raise Http404
            reports = reports.filter(year=year)
        by_year: dict[int, list] = {}
        for report in reports[:500]:
            by_year.setdefault(report.year, []).append(
                {
                    "title": report.title,
                    "town": report.town.short_name,
                    "on": report.published_on,
                    "url": reverse("reports:public-report", args=[report.year, report.town.code]),
                }
            )
        crumbs = [("首页", reverse("publishing:home")), (COLUMN, reverse("reports:public-list"))]
        context = {
            "title": f"{year}年度{COLUMN}" if year else COLUMN,
            "crumbs": [*crumbs, (f"{year}年度", "")] if year else crumbs,
            "column": _META,
            "groups": [{"year": one, "reports": by_year[one]} for one in sorted(by_year, reverse=True)],
            "years": [{"label": f"{one}年度", "url": reverse("reports:public-year", args=[one])} for one in years],
        }
        return render(request, "reports/public_list.html", context)


@method_decorator(shared_page, name="dispatch")
class PublicReport(View):
    """``/reports/<year>/<town>/``"""

    http_method_names = ("get", "head", "options")

    def get(self, request, year, code):
        report = AnnualReport.objects.filter(year=year, town__code=code, published_on__isnull=False).first()
        publication = self._publication(report)
        papers = paper_lines(publication)
        context = {
            "title": publication.title,
            "crumbs": [
                ("首页", reverse("publishing:home")),
                (COLUMN, reverse("reports:public-list")),
                (f"{year}年度", reverse("reports:public-year", args=[year])),
                ("正文", ""),
            ],
            "column": _META,
            "article": {
                "title": publication.title,
                "published_at": publication.published_at,
                "source": publication.organisation.name,
                "url": request.build_absolute_uri(),
            },
            "publication": publication,
            "facts": [
                *({"key": label, "value": value} for label, value in publication.fields),
                {"key": "公开日期", "value": f"{publication.published_on:%Y-%m-%d}", "is_number": True},
                {"key": "公开编号", "value": publication.public_number, "is_number": True},
            ],
            "body": official_text(publication.text),
            "papers": papers,
            "pdf_url": next((paper["url"] for paper in papers if paper["is_pdf"]), ""),
            "more": [
                {"label": "各年度报告", "url": reverse("reports:public-list")},
                {"label": "本报告的固定网址", "url": document_url(publication)},
            ],
        }
        response = render(request, "reports/public_report.html", context)
        response.last_changed = publication.published_at
        return response

    @staticmethod
    def _publication(report) -> Publication:
        """:raises Http404: nothing was published. :raises Gone: it was taken down, with the reason."""
        if report is None:
            raise Http404
        newest = Publication.objects.filter(file_id=report.pk).select_related("organisation").order_by("-id").first()
        if newest is None:
            raise Http404
        if not newest.is_live:
            title = "" if newest.hides_title else newest.title
            raise Gone(title, newest.take_down_reason, timezone.localtime(newest.taken_down_at).date())
        return newest
