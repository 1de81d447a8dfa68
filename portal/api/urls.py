"""Addresses under ``/api/v1/``: the portal's own, and what rooms and workflow apps register in their ``api.py``."""

from django.urls import path, re_path
from django.utils.module_loading import autodiscover_modules

from portal.api import views
from portal.api.router import register, router

app_name = "api"

register("case-files", views.CaseFiles, "case-file")
register("work-items", views.WorkItems, "work-item")
register("organisations", views.Organisations, "organisation")
autodiscover_modules("api")

urlpatterns = [
    path("schema/", views.Schema.as_view(), name="schema"),
    path("docs/", views.documentation, name="docs"),
    path("session/", views.Session.as_view(), name="session"),
    path("time-limits/", views.TimeLimits.as_view(), name="time-limits"),
    path("time-limits/<slug:code>/", views.TimeLimit.as_view(), name="time-limit"),
    path("indicators/", views.Indicators.as_view(), name="indicators"),
    path("indicators/<str:code>/", views.IndicatorFigure.as_view(), name="indicator"),
    *router.urls,
    # An address that misses its last slash must not end in a redirect that loses a body.
    re_path(r"", views.UnknownAddress.as_view(), name="unknown"),
]
