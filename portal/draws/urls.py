"""Addresses of draws: all of them public."""

from django.urls import path

from portal.draws import views

app_name = "draws"

public = [
    path("draws/<uuid:public_id>/", views.DrawView.as_view(), name="draw"),
    path("draws/<uuid:public_id>/record.txt", views.TextView.as_view(), name="text"),
]
