"""Addresses of filings."""

from django.urls import path

from portal.oversight.views import case_page, directory, inbox, review, staff, supervision

app_name = "oversight"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, case_page.REGISTER)

public = [
    path("filings/", directory.DirectoryView.as_view(), name="filings"),
    path("filings/index.json", directory.DirectoryJson.as_view(), name="filings-json"),
    path("filings/index.csv", directory.DirectoryCsv.as_view(), name="filings-csv"),
]
staff = [
    path("filings/", staff.FilingsRedirect.as_view(), name="staff-filings"),
    path("cases/<uuid:public_id>/filing/", staff.StaffFilingView.as_view(), name="staff-filing"),
    path("cases/<uuid:public_id>/filing/jobs/<uuid:job_id>/", staff.PaperJobView.as_view(), name="paper-job"),
]
county = [
    path("filings/", inbox.InboxView.as_view(), name="county-filings"),
    path("filings/selected/", inbox.SelectedView.as_view(), name="county-filings-selected"),
    path("filings/<uuid:public_id>/", review.CountyFilingView.as_view(), name="county-filing"),
    path("supervision/", supervision.SupervisionView.as_view(), name="supervision"),
    path(
        "supervision/<slug:town>/<str:indicator>/", supervision.SupervisionFilesView.as_view(), name="supervision-files"
    ),
]
