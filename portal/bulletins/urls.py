"""Addresses of bulletins."""

from django.urls import path

from portal.bulletins import case_page
from portal.bulletins import public as face
from portal.bulletins.views import inside, public_pages

app_name = "bulletins"

# Read here so that the case page and the publication register know this kind of file.
PAGES = (case_page.PAGE, face.PUBLIC)

public = [path("filings/bulletins/", public_pages.BulletinsPage.as_view(), name="public-list")]
staff: list = []
county = [
    path("bulletins/", inside.BulletinsView.as_view(), name="list"),
    path("bulletins/new/", inside.StartView.as_view(), name="new"),
    path("bulletins/<uuid:public_id>/", inside.WriteView.as_view(), name="write"),
    path("bulletins/<uuid:public_id>/paper/", inside.PaperView.as_view(), name="paper"),
    path("bulletins/<uuid:public_id>/<slug:unit>/<str:code>/", inside.FigureView.as_view(), name="figure"),
]
