"""Addresses of interpretations."""

from django.urls import path

from portal.interpretations import case_page, views
from portal.interpretations import public as face

app_name = "interpretations"

# Read here so that the case page and the publication register know this kind of file.
PAGES = (case_page.PAGE, face.PUBLIC)

public: list = []
staff = [
    path("cases/<uuid:public_id>/interpretation/new/", views.StartView.as_view(), name="new"),
    path("cases/<uuid:public_id>/interpretation/", views.EditView.as_view(), name="edit"),
]
county: list = []
