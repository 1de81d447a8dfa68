"""Addresses of the folder of a file."""

from django.urls import path

from portal.dossiers import views

app_name = "dossiers"

public: list = []
staff = [
    path("cases/<uuid:public_id>/dossier/", views.DossierView.as_view(), name="dossier"),
    path("cases/<uuid:public_id>/dossier/<int:number>/", views.DownloadView.as_view(), name="download"),
    path("cases/<uuid:public_id>/dossier/sealed/<int:number>/<slug:what>/", views.SealedView.as_view(), name="sealed"),
]
county: list = []
