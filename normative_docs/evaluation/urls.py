"""Addresses of evaluations."""

from django.urls import path

from normative_docs.evaluation.views import case_page, due_list, working

app_name = "evaluation"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, case_page.REGISTER)

public: list = []
staff = [
    path("evaluations/", due_list.DueView.as_view(), name="due"),
    path("cases/<uuid:public_id>/evaluate/", working.StartView.as_view(), name="start"),
    path("cases/<uuid:public_id>/importance/", working.ImportanceView.as_view(), name="importance"),
    path("cases/<uuid:public_id>/evaluation/plan/", working.PlanView.as_view(), name="plan"),
]
county: list = []
