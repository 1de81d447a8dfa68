"""Addresses of annual reports and of the figures in them."""

from django.urls import path

from portal.reports import case_page
from portal.reports.views import figures, lists, public_pages, writing
from portal.web.inside.worklist import Start, starts

app_name = "reports"

# Read here so that the case page and the page of things to start know this kind of file.
PAGES = (case_page.PAGE,)
STARTS = (
    Start("法治政府建设年度报告", "按记录汇总上一年度数据，撰写、审定、上报并公开", "reports:new", "reports.prepare"),
)
starts.extend(start for start in STARTS if start not in starts)

public = [
    path("reports/", public_pages.PublicReports.as_view(), name="public-list"),
    path("reports/<int:year>/", public_pages.PublicReports.as_view(), name="public-year"),
    path("reports/<int:year>/<slug:code>/", public_pages.PublicReport.as_view(), name="public-report"),
]
staff = [
    path("reports/", lists.ReportsView.as_view(), name="list"),
    path("reports/new/", writing.StartReportView.as_view(), name="new"),
    path("figures/<slug:code>/<int:year>/<str:figure_code>/", figures.FigureView.as_view(), name="figure"),
    path("cases/<uuid:public_id>/annual-report/refresh/", writing.RefreshView.as_view(), name="refresh"),
    path("cases/<uuid:public_id>/annual-report/paper/", writing.PaperView.as_view(), name="paper"),
    path("cases/<uuid:public_id>/annual-report/<slug:code>/", writing.SectionView.as_view(), name="section"),
]
county = [path("reports/", lists.CountyReportsView.as_view(), name="county-list")]
