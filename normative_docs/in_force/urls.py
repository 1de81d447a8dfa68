"""Addresses: the text and the list of a day for everyone; acts, consolidated texts and plans at work."""

from django.urls import path, register_converter

from normative_docs.in_force.days import DayConverter
from normative_docs.in_force.views import acting, case_part, consolidating, open, planning

register_converter(DayConverter, "day")

app_name = "in_force"

# Read here so that the case page shows the part.
PARTS = (case_part.PART,)

public = [
    path("docs/at/", open.ChooseList.as_view(), name="choose-list"),
    path("docs/at/<day:day>/", open.ListOn.as_view(), name="list-on"),
    path("docs/at/<day:day>/index.json", open.ListOnJson.as_view(), name="list-on-json"),
    path("docs/at/<day:day>/index.csv", open.ListOnCsv.as_view(), name="list-on-csv"),
    path("docs/<int:year>/<int:serial>/at/", open.ChooseText.as_view(), name="choose-text"),
    path("docs/<int:year>/<int:serial>/at/<day:day>/", open.TextOn.as_view(), name="text-on"),
    path("docs/<int:year>/<int:serial>/changes/<int:before>-<int:after>/", open.Changes.as_view(), name="changes"),
]
staff = [
    path("cases/<uuid:public_id>/in-force/acts/<slug:act>/", acting.ActView.as_view(), name="act"),
    path("cases/<uuid:public_id>/in-force/plan/", planning.PlanView.as_view(), name="plan"),
    path("cases/<uuid:public_id>/in-force/text/<int:relation>/", consolidating.TextView.as_view(), name="text"),
    path(
        "cases/<uuid:public_id>/in-force/text/<int:relation>/confirm/",
        consolidating.ConfirmView.as_view(),
        name="confirm",
    ),
]
county: list = []
