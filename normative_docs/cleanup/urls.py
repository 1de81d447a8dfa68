"""Addresses of clean-ups."""

from django.urls import path

from normative_docs.cleanup.views import bulk, case_page, item, overview, public_pages, scope, work

app_name = "cleanup"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, case_page.CAMPAIGNS, case_page.ITEMS)

_CASE = "cases/<uuid:public_id>/cleanup/"

public = [
    path("cleanup/", public_pages.PublicResults.as_view(), name="public-list"),
    path("cleanup/index.json", public_pages.ResultsJson.as_view(), name="index-json"),
    path("cleanup/index.csv", public_pages.ResultsCsv.as_view(), name="index-csv"),
    path("cleanup/<int:year>/<int:serial>/", public_pages.PublicResult.as_view(), name="public-result"),
]
staff = [
    path("cleanup/", overview.OverviewView.as_view(), name="overview"),
    path("cleanup/new/", scope.NewCampaignView.as_view(), name="new"),
    path(_CASE, work.WorkView.as_view(), name="work"),
    path(f"{_CASE}scope/", scope.ScopeView.as_view(), name="scope"),
    path(f"{_CASE}bulk/", bulk.BulkView.as_view(), name="bulk"),
    path(f"{_CASE}notice/", overview.NoticeView.as_view(), name="notice"),
    path(f"{_CASE}<int:number>/", item.ItemView.as_view(), name="item"),
]
county = [path("cleanup/", overview.CountyView.as_view(), name="county")]
