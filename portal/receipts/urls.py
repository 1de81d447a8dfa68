from django.urls import path

from portal.receipts.views import StatusQuery

app_name = "receipts"

public = [path("status/", StatusQuery.as_view(), name="status")]
