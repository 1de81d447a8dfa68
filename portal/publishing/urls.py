"""Addresses of what is public, and of the pages that bring it there."""

from django.urls import path

from portal.publishing import bodies, feeds, open_data, pages, statements
from portal.publishing import staff as staff_pages

app_name = "publishing"

public = [
    path("", pages.Home.as_view(), name="home"),
    path("docs/", pages.Documents.as_view(), name="documents"),
    path("docs/index.json", open_data.IndexJson.as_view(), name="index-json"),
    path("docs/index.csv", open_data.IndexCsv.as_view(), name="index-csv"),
    path("docs/open-data/", open_data.OpenDataPage.as_view(), name="open-data"),
    path("docs/<int:year>/<int:serial>/", pages.DocumentPage.as_view(), name="document"),
    path("docs/<int:year>/<int:serial>/files/<int:number>/", pages.PaperDownload.as_view(), name="paper"),
    path("bodies/", bodies.Bodies.as_view(), name="bodies"),
    path("towns/<slug:code>/", pages.TownPage.as_view(), name="town"),
    path("docs/feed.xml", feeds.NewDocuments(), name="feed"),
    path("docs/open-data/fields.csv", open_data.FieldsCsv.as_view(), name="open-data-fields"),
    path("towns/<slug:code>/feed.xml", feeds.TownFeed(), name="town-feed"),
    path("sitemap.xml", feeds.SiteMapIndex.as_view(), name="sitemap-index"),
    path("sitemap-pages.xml", feeds.SiteMapPages.as_view(), name="sitemap-pages"),
    path("sitemap-<int:year>.xml", feeds.SiteMapYear.as_view(), name="sitemap-year"),
    path("help/", statements.Help.as_view(), name="help"),
    path("sitemap/", statements.SiteMap.as_view(), name="sitemap"),
    path("accessibility/", statements.Accessibility.as_view(), name="accessibility"),
    path("privacy/", statements.Privacy.as_view(), name="privacy"),
]
staff = [
    path("publishing/", staff_pages.Queue.as_view(), name="staff-queue"),
    path("publishing/<int:year>/<int:serial>/take-down/", staff_pages.TakeDown.as_view(), name="take-down"),
    path("cases/<uuid:public_id>/publication/", staff_pages.ReviewPage.as_view(), name="staff-review"),
    path("cases/<uuid:public_id>/publication/making/", staff_pages.Making.as_view(), name="staff-making"),
]
county = []
