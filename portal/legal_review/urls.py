"""Addresses of the legality review of a file."""

from django.urls import path

from portal.legal_review import views

app_name = "legal_review"

_REVIEW = "cases/<uuid:public_id>/review/"

staff = [
    path(_REVIEW, views.ReviewView.as_view(), name="staff-review"),
    path(f"{_REVIEW}checklist/", views.ChecklistView.as_view(), name="staff-checklist"),
    path(f"{_REVIEW}letter/", views.LetterView.as_view(), name="staff-letter"),
    path(f"{_REVIEW}findings/new/", views.NewFindingView.as_view(), name="staff-new-finding"),
    path(f"{_REVIEW}findings/<int:number>/", views.FindingView.as_view(), name="staff-finding"),
    path(f"{_REVIEW}findings/<int:number>/remove/", views.RemoveFindingView.as_view(), name="staff-remove-finding"),
    path(f"{_REVIEW}findings/<int:number>/response/", views.ResponseView.as_view(), name="staff-response"),
]
