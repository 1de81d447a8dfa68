"""Addresses of the clause hints of a document."""

from django.urls import path

from normative_docs.clause_check.views import panel

app_name = "clause_check"

_CLAUSES = "cases/<uuid:public_id>/clauses/"

public: list = []
staff = [
    path(_CLAUSES, panel.PanelView.as_view(), name="panel"),
    path(f"{_CLAUSES}check/", panel.CheckView.as_view(), name="check"),
    path(f"{_CLAUSES}<int:number>/", panel.HintView.as_view(), name="hint"),
]
county: list = []
