"""Addresses of filings."""

from django.urls import path

from portal.oversight.inspecting import views as inspecting
from portal.oversight.views import (
    bundle,
    case_page,
    directory,
    form_check,
    further,
    inbox,
    review,
    revoked,
    staff,
    supervision,
    workload,
)

app_name = "oversight"

# Read here so that the portal's case page and registers know this kind of file.
PAGES = (case_page.PAGE, case_page.REGISTER, inspecting.PAGE, further.REGISTER)

public = [
    path("filings/", directory.DirectoryView.as_view(), name="filings"),
    path("filings/index.json", directory.DirectoryJson.as_view(), name="filings-json"),
    path("filings/index.csv", directory.DirectoryCsv.as_view(), name="filings-csv"),
    path("filings/revoked/", revoked.RevokedView.as_view(), name="revoked"),
    path("filings/revoked/<uuid:public_id>/", revoked.RevokedNoticeView.as_view(), name="revoked-notice"),
]
staff = [
    path("filings/", staff.FilingsRedirect.as_view(), name="staff-filings"),
    path("cases/<uuid:public_id>/filing/", staff.StaffFilingView.as_view(), name="staff-filing"),
    path("cases/<uuid:public_id>/filing/jobs/<uuid:job_id>/", staff.PaperJobView.as_view(), name="paper-job"),
    path("cases/<uuid:public_id>/filing/bundle.zip", bundle.BundleView.as_view(), name="bundle"),
    path("cases/<uuid:public_id>/filing/further/", further.FurtherOfView.as_view(), name="further-of"),
    path("further-filings/<uuid:further_id>/", further.FurtherView.as_view(), name="further"),
    path("cases/<uuid:public_id>/inspection/", inspecting.InspectionView.as_view(), name="inspection"),
]
county = [
    path("filings/", inbox.InboxView.as_view(), name="county-filings"),
    path("filings/selected/", inbox.SelectedView.as_view(), name="county-filings-selected"),
    path("filings/<uuid:public_id>/", review.CountyFilingView.as_view(), name="county-filing"),
    path("filings/<uuid:public_id>/form-check/", form_check.FormCheckView.as_view(), name="form-check"),
    path("filings/<uuid:public_id>/assign/", workload.AssignView.as_view(), name="assign"),
    path("workload/", workload.WorkloadView.as_view(), name="workload"),
    path("further-filings/new/", further.EnterView.as_view(), name="further-new"),
    path("inspections/", inspecting.InspectionsView.as_view(), name="inspections"),
    path("inspections/new/", inspecting.NewInspectionView.as_view(), name="inspection-new"),
    path("supervision/export.xlsx", supervision.SupervisionExport.as_view(), name="supervision-export"),
    path("supervision/", supervision.SupervisionView.as_view(), name="supervision"),
    path(
        "supervision/<slug:town>/<str:indicator>/", supervision.SupervisionFilesView.as_view(), name="supervision-files"
    ),
]
