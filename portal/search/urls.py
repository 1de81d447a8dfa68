from django.urls import path

from portal.search import views

app_name = "search"

public = [path("search/", views.PublicSearch.as_view(), name="public")]
staff = [path("search/", views.StaffSearch.as_view(), name="staff")]
