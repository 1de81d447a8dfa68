"""Addresses of requests to the county."""

from django.urls import path

from portal.county_requests import case_page, views

app_name = "county_requests"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, case_page.REGISTER)

public: list = []
staff = [path("cases/<uuid:public_id>/county-request/", views.EditView.as_view(), name="edit")]
county = [path("requests/", views.CountyView.as_view(), name="county")]
