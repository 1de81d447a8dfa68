"""Addresses of catalogues."""

from django.urls import path

from decisions.catalogue.views import adjusting, case_page, crosswise, entry, items, overview, public_pages, results

app_name = "catalogue"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, case_page.ON_DECISION, case_page.CATALOGUES, case_page.ITEMS, *crosswise.COLUMNS)

_CASE = "cases/<uuid:public_id>/catalogue/"
_ITEM = f"{_CASE}items/<int:number>/"
_ADJUSTMENT = f"{_CASE}adjustments/<int:number>/"

public = [path("decision-catalogues/", public_pages.PublicList.as_view(), name="public-list")]
staff = [
    path("catalogues/", overview.OverviewView.as_view(), name="overview"),
    path("catalogues/new/", overview.NewCatalogueView.as_view(), name="new"),
    path(f"{_CASE}items/new/", items.NewItemView.as_view(), name="new-item"),
    path(_ITEM, items.ItemView.as_view(), name="item"),
    path(f"{_ITEM}remove/", items.RemoveItemView.as_view(), name="remove-item"),
    path(f"{_ITEM}adjust/", adjusting.ChangeView.as_view(), name="adjust-item"),
    path(f"{_ITEM}withdraw/", adjusting.WithdrawView.as_view(), name="withdraw-item"),
    path(f"{_CASE}adjustments/add/", adjusting.AddView.as_view(), name="adjust-add"),
    path(f"{_ADJUSTMENT}consent/", adjusting.ConsentView.as_view(), name="adjustment-consent"),
    path(f"{_ADJUSTMENT}drop/", adjusting.DropView.as_view(), name="adjustment-drop"),
    path(f"{_CASE}paper/", items.PaperView.as_view(), name="paper"),
    path(f"{_CASE}results/", results.ResultsView.as_view(), name="results"),
    path(f"{_CASE}deviations/<slug:key>/", results.ExplainView.as_view(), name="explain"),
    path("cases/<uuid:public_id>/catalogue-entry/", entry.EntryView.as_view(), name="entry"),
]
county = [path("catalogues/", overview.CountyView.as_view(), name="county")]
