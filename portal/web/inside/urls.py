"""Addresses of the pages that every kind of file shares."""

from django.urls import path

from portal.web.inside import case_page, clock_acts, drafts, papers, register, steps, worklist

app_name = "inside"

staff = [
    path("", worklist.WorklistView.as_view(), name="worklist"),
    path("cases/", worklist.CasesView.as_view(), name="cases"),
    path("cases/new/", worklist.StartView.as_view(), name="start"),
    path("cases/<uuid:public_id>/", case_page.CasePageView.as_view(), name="case"),
    path("cases/<uuid:public_id>/papers/", papers.PapersView.as_view(), name="papers"),
    path(
        "cases/<uuid:public_id>/papers/<uuid:document_id>/remove/",
        papers.RemovePaperView.as_view(),
        name="remove-paper",
    ),
    path("cases/<uuid:public_id>/draft-versions/", drafts.DraftVersionsView.as_view(), name="draft-versions"),
    path("cases/<uuid:public_id>/claim/", steps.ClaimView.as_view(), name="claim"),
    path("cases/<uuid:public_id>/clocks/<int:pk>/", clock_acts.ClockView.as_view(), name="clock"),
    path("cases/<uuid:public_id>/history/", steps.HistoryView.as_view(), name="history"),
    path("cases/<uuid:public_id>/records/<int:pk>/", steps.RecordView.as_view(), name="record"),
    path("cases/<uuid:public_id>/transitions/<slug:code>/", steps.StepView.as_view(), name="step"),
    path("registers/", register.RegistersView.as_view(), name="registers"),
    path("registers/<slug:code>/", register.RegisterView.as_view(), name="register"),
    path("registers/<slug:code>/columns/", register.ColumnsView.as_view(), name="register-columns"),
    path("registers/<slug:code>/views/", register.ViewsView.as_view(), name="register-views"),
    path("registers/<slug:code>/export/", register.ExportView.as_view(), name="register-export"),
]
county = [path("", worklist.WorklistView.as_view(audience="county"), name="county-worklist")]
