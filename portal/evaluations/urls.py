"""Addresses of evaluations of every kind."""

from django.urls import path

from portal.evaluations import views

app_name = "evaluations"

_FILE = "cases/<uuid:public_id>/evaluation/"

public: list = []
staff = [
    path(f"{_FILE}findings/", views.FindingsView.as_view(), name="findings"),
    path(f"{_FILE}questionnaire/", views.QuestionnaireView.as_view(), name="questionnaire"),
    path(f"{_FILE}results/", views.ResultsView.as_view(), name="results"),
    path(f"{_FILE}papers/<slug:slot>/", views.PaperView.as_view(), name="paper"),
]
county: list = []
