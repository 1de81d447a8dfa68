from django.urls import path

from portal.receipts.views import PaperCopy, StatusQuery

app_name = "receipts"

public = [
    path("status/", StatusQuery.as_view(), name="status"),
    path("status/papers/<int:number>/", PaperCopy.as_view(), name="paper"),
]
