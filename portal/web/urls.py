"""Addresses of the frame itself."""

from django.conf import settings
from django.urls import path

from portal.web import display

app_name = "web"
urlpatterns = [path("display/", display.display_settings, name="display")]

if settings.DEBUG:
    from portal.web import gallery

    urlpatterns += [
        path("components/", gallery.inside, name="gallery"),
        path("components/public/", gallery.public, name="gallery_public"),
    ]
