"""The frame's addresses with the gallery, whatever DEBUG is, and pages that fail in each way."""

from datetime import date

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import include, path

from portal.urls import urlpatterns as portal_addresses
from portal.web import display, errors, gallery


def refuse(request, status):
    if status == 400:
        raise SuspiciousOperation
    if status == 403:
        raise PermissionDenied
    if status == 410:
        raise errors.Gone("停车管理规定", "文件已经废止。", date(2026, 9, 1), "/components/public/")
    if status == 429:
        raise errors.TooManyRequests(retry_after=900)
    if status == 500:
        raise RuntimeError("broken on purpose")
    if status == 503:
        return errors.service_unavailable(request)
    raise Http404


@display.public_page(seconds=120)
def shared(request):
    return gallery.public(request)


frame = (
    [
        path("display/", display.display_settings, name="display"),
        path("components/", gallery.inside, name="gallery"),
        path("components/public/", gallery.public, name="gallery_public"),
    ],
    "web",
)
urlpatterns = [
    path("", include(frame)),
    path("shared/", shared, name="shared"),
    path("refuse/<int:status>/", refuse, name="refuse"),
    path("staff/refuse/<int:status>/", refuse),
    # The menus name pages of every room.
    *portal_addresses,
]
handler400 = "portal.web.errors.handler400"
handler403 = "portal.web.errors.handler403"
handler404 = "portal.web.errors.handler404"
handler500 = "portal.web.errors.handler500"
