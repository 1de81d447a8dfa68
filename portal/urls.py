"""All addresses. Public at the root, people at work under /staff/, the county under /county/, machines under /api/v1/.

Each room brings three lists (``public``, ``staff``, ``county``) in its ``urls.py``; workflow apps are named
in the settings, so that the portal never imports one.
"""

from importlib import import_module

from django.conf import settings
from django.urls import include, path

from portal.api.urls import urlpatterns as api
from portal.web import health
from portal.web.urls import urlpatterns as frame

ROOMS = (
    "portal.accounts", "portal.web.inside", "portal.web.office", "portal.documents", "portal.consultation",
    "portal.legal_review", "portal.meetings", "portal.oversight", "portal.publishing", "portal.receipts",
    "portal.draws", "portal.search", "portal.reports", "portal.bulletins", "portal.dossiers", "portal.interpretations",
    "portal.capacity", "portal.county_requests", "portal.evaluations", "portal.oversight.accountability",
)  # fmt: skip
AUDIENCES = (("public", ""), ("staff", "staff/"), ("county", "county/"))


def _room(name: str):
    """One room's addresses for all audiences under one name space."""
    room = import_module(f"{name}.urls")
    parts = [
        path(prefix, include(patterns)) for audience, prefix in AUDIENCES if (patterns := getattr(room, audience, []))
    ]
    return path("", include((parts, room.app_name)))


urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include((frame, "web"))),
    path("api/v1/", include((api, "api"))),
    *(_room(name) for name in (*ROOMS, *settings.WORKFLOW_APPS)),
]

handler400 = "portal.web.errors.handler400"
handler403 = "portal.web.errors.handler403"
handler404 = "portal.web.errors.handler404"
handler500 = "portal.web.errors.handler500"
