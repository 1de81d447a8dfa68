"""Addresses of consultation: those of the public without a session, those of people at work about a file."""

from django.urls import path

from portal.consultation.views import answering, handing_in
from portal.consultation.views import public as reading
from portal.consultation.views import staff as working

app_name = "consultation"

public = [
    path("consultations/", reading.ListView.as_view(), name="public-list"),
    path("consultations/index.json", reading.FeedView.as_view(), name="public-feed"),
    path("consultations/<uuid:public_id>/", reading.DetailView.as_view(), name="public-detail"),
    path("consultations/<uuid:public_id>/comment/", handing_in.CommentView.as_view(), name="public-comment"),
    path("consultations/<uuid:public_id>/comment/<slug:token>/", handing_in.CheckView.as_view(), name="public-check"),
    path(
        "consultations/<uuid:public_id>/comment/<slug:token>/receipt/",
        handing_in.ReceiptView.as_view(),
        name="public-receipt",
    ),
]
staff = [
    path("cases/<uuid:public_id>/consultation/", working.StaffConsultationView.as_view(), name="staff-consultation"),
    path("cases/<uuid:public_id>/consultation/export/", working.ExportView.as_view(), name="staff-export"),
    path("cases/<uuid:public_id>/consultation/answers/", answering.AnswersView.as_view(), name="staff-answers"),
    path(
        "cases/<uuid:public_id>/consultation/rounds/<int:number>/withdraw/",
        working.WithdrawView.as_view(),
        name="staff-withdraw",
    ),
    path(
        "cases/<uuid:public_id>/consultation/comments/<uuid:comment_id>/",
        answering.CommentView.as_view(),
        name="staff-comment",
    ),
    path(
        "cases/<uuid:public_id>/consultation/comments/<uuid:comment_id>/contact/",
        answering.ContactView.as_view(),
        name="staff-contact",
    ),
]
