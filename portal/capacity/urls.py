"""Addresses of the room."""

from django.urls import path

from portal.capacity import overview
from portal.capacity.advisers import views as advisers
from portal.capacity.experts import public_pages
from portal.capacity.experts import views as experts

app_name = "capacity"

public = [path("experts/", public_pages.PublicExperts.as_view(), name="public-experts")]
staff = [
    path("capacity/", overview.Home.as_view(), name="home"),
    path("experts/new/", experts.NewExpert.as_view(), name="new-expert"),
    path("experts/import/", experts.ListsView.as_view(), name="expert-lists"),
    path("experts/import/template.xlsx", experts.TemplateView.as_view(), name="expert-template"),
    path("experts/import/<uuid:list_id>/", experts.ListView.as_view(), name="expert-list"),
    path("experts/<uuid:expert_id>/", experts.ExpertView.as_view(), name="expert"),
    path("experts/<uuid:expert_id>/edit/", experts.ChangeExpert.as_view(), name="change-expert"),
    path("experts/<uuid:expert_id>/end/", experts.EndExpert.as_view(), name="end-expert"),
    path("advisers/new/", advisers.NewAdviser.as_view(), name="new-adviser"),
    path("advisers/<uuid:adviser_id>/", advisers.AdviserView.as_view(), name="adviser"),
    path("advisers/<uuid:adviser_id>/edit/", advisers.ChangeAdviser.as_view(), name="change-adviser"),
    path("advisers/<uuid:adviser_id>/end/", advisers.EndAdviser.as_view(), name="end-adviser"),
]
county: list = []
