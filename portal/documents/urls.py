"""Addresses of papers: by public number and version, never by path or row."""

from django.urls import path

from portal.documents import views

app_name = "documents"

staff = [
    path("files/<uuid:public_id>/<int:number>/preview/", views.preview, name="preview"),
    path("files/<uuid:public_id>/<int:number>/pages/<int:page>.png", views.page_image, name="page_image"),
    path("files/<uuid:public_id>/<int:number>/<str:name>", views.download, name="download"),
]
