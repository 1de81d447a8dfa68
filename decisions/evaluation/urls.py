"""Addresses of evaluations of decisions; those that all evaluations share are in ``portal.evaluations``."""

from django.urls import path

from decisions.evaluation.views import case_page, choosing, register, working

app_name = "decision_evaluation"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, case_page.BESIDE_DECISION, register.REGISTER)

_FILE = "cases/<uuid:public_id>/decision-evaluation/"

public: list = []
staff = [
    path("decision-evaluations/", choosing.OverviewView.as_view(), name="overview"),
    path("cases/<uuid:public_id>/decision/evaluate/", choosing.ChooseView.as_view(), name="choose"),
    path("cases/<uuid:public_id>/decision/evaluation-cue/", choosing.CueView.as_view(), name="cue"),
    path(f"{_FILE}plan/", working.PlanView.as_view(), name="plan"),
    path(f"{_FILE}opinions/new/", working.OpinionView.as_view(), name="opinion"),
    path(f"{_FILE}corrections/new/", working.NewCorrectionView.as_view(), name="new-correction"),
    path(f"{_FILE}corrections/<int:number>/", working.CorrectionView.as_view(), name="correction"),
]
county = [path("decision-evaluations/", choosing.CountyView.as_view(), name="county")]
