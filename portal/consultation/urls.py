"""Addresses of consultation: those of the public without a session, those of people at work about a file."""

from django.urls import path

from portal.consultation.views import (
    answering,
    asking,
    drafts,
    draw_pages,
    explaining,
    grouping,
    handing_in,
    matters,
    public_questionnaires,
    public_sessions,
    questionnaire_pages,
    record_pages,
    session_acts,
    session_pages,
    sign_up_pages,
    sign_up_steps,
    tables,
)
from portal.consultation.views import public as reading
from portal.consultation.views import staff as working

app_name = "consultation"

public = [
    path("consultations/", reading.ListView.as_view(), name="public-list"),
    path("consultations/index.json", reading.FeedView.as_view(), name="public-feed"),
    path("consultations/<uuid:public_id>/", reading.DetailView.as_view(), name="public-detail"),
    path("consultations/<uuid:public_id>/drafts/<int:number>/", reading.DraftView.as_view(), name="public-draft"),
    path("consultations/<uuid:public_id>/comment/", handing_in.CommentView.as_view(), name="public-comment"),
    path("consultations/<uuid:public_id>/comment/<slug:token>/", handing_in.CheckView.as_view(), name="public-check"),
    path(
        "consultations/<uuid:public_id>/comment/<slug:token>/receipt/",
        handing_in.ReceiptView.as_view(),
        name="public-receipt",
    ),
    path("matters/", matters.ListView.as_view(), name="public-matters"),
    path("matters/<uuid:public_id>/", matters.MatterView.as_view(), name="public-matter"),
    path("matters/<uuid:public_id>/ask/", asking.AskView.as_view(), name="public-ask"),
    path("matters/<uuid:public_id>/ask/<slug:token>/", asking.CheckView.as_view(), name="public-ask-check"),
    path("matters/<uuid:public_id>/ask/<slug:token>/receipt/", asking.ReceiptView.as_view(), name="public-ask-receipt"),
    path("consultations/sessions/", public_sessions.SessionListView.as_view(), name="public-sessions"),
    path(
        "consultations/sessions/<uuid:public_id>/", public_sessions.SessionDetailView.as_view(), name="public-session"
    ),
    path("consultations/sessions/<uuid:public_id>/sign-up/", sign_up_steps.SignUpView.as_view(), name="public-sign-up"),
    path(
        "consultations/sessions/<uuid:public_id>/sign-up/<slug:token>/",
        sign_up_steps.CheckView.as_view(),
        name="public-sign-up-check",
    ),
    path(
        "consultations/sessions/<uuid:public_id>/sign-up/<slug:token>/receipt/",
        sign_up_steps.ReceiptView.as_view(),
        name="public-sign-up-receipt",
    ),
    path(
        "consultations/sessions/<uuid:public_id>/withdraw/",
        sign_up_steps.GiveUpView.as_view(),
        name="public-sign-up-withdraw",
    ),
    path(
        "consultations/questionnaires/",
        public_questionnaires.QuestionnaireListView.as_view(),
        name="public-questionnaires",
    ),
    path(
        "consultations/questionnaires/<uuid:public_id>/",
        public_questionnaires.QuestionnaireDetailView.as_view(),
        name="public-questionnaire",
    ),
    path(
        "consultations/questionnaires/<uuid:public_id>/answer/",
        public_questionnaires.AnswerView.as_view(),
        name="public-answer",
    ),
    path(
        "consultations/questionnaires/<uuid:public_id>/answered/",
        public_questionnaires.AnsweredView.as_view(),
        name="public-answered",
    ),
]
_SESSIONS = "cases/<uuid:public_id>/sessions/"
_SESSION = f"{_SESSIONS}<int:number>/"
_QUESTIONNAIRES = "cases/<uuid:public_id>/questionnaires/"
staff = [
    path("cases/<uuid:public_id>/consultation/", working.StaffConsultationView.as_view(), name="staff-consultation"),
    path("cases/<uuid:public_id>/consultation/export/", tables.ExportView.as_view(), name="staff-export"),
    path("cases/<uuid:public_id>/consultation/table/", tables.TableView.as_view(), name="staff-table"),
    path("cases/<uuid:public_id>/consultation/draft/", drafts.NewDraftView.as_view(), name="staff-new-draft"),
    path("cases/<uuid:public_id>/consultation/answers/", grouping.ChosenView.as_view(), name="staff-answers"),
    path(
        "cases/<uuid:public_id>/consultation/rounds/<int:round>/groups/<int:number>/",
        grouping.GroupView.as_view(),
        name="staff-group",
    ),
    path(
        "cases/<uuid:public_id>/consultation/comments/<uuid:comment_id>/take-out/",
        grouping.TakeOutView.as_view(),
        name="staff-take-out",
    ),
    path("cases/<uuid:public_id>/questions/", explaining.QuestionsView.as_view(), name="staff-questions"),
    path("cases/<uuid:public_id>/questions/<int:number>/", explaining.QuestionView.as_view(), name="staff-question"),
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
    path(_SESSIONS, session_pages.SessionsView.as_view(), name="staff-sessions"),
    path(f"{_SESSIONS}announce/", session_pages.AnnounceView.as_view(), name="staff-session-announce"),
    path(_SESSION, session_pages.SessionView.as_view(), name="staff-session"),
    path(f"{_SESSION}sign-ups/", sign_up_pages.SignUpsView.as_view(), name="staff-sign-ups"),
    path(f"{_SESSION}sign-ups/choose/", sign_up_pages.ChooseView.as_view(), name="staff-sign-ups-choose"),
    path(f"{_SESSION}sign-ups/export/", sign_up_pages.ExportView.as_view(), name="staff-sign-ups-export"),
    path(
        f"{_SESSION}sign-ups/<int:sign_up>/withdraw/",
        sign_up_pages.WithdrawSignUpView.as_view(),
        name="staff-sign-up-withdraw",
    ),
    path(f"{_SESSION}participants/", sign_up_pages.ParticipantsView.as_view(), name="staff-participants"),
    path(
        f"{_SESSION}participants/<uuid:participant_id>/remove/",
        sign_up_pages.RemoveView.as_view(),
        name="staff-participant-remove",
    ),
    path(f"{_SESSION}draw/", draw_pages.DrawView.as_view(), name="staff-session-draw"),
    path(f"{_SESSION}record/", record_pages.RecordView.as_view(), name="staff-session-record"),
    path(
        f"{_SESSION}opinions/<uuid:opinion_id>/", record_pages.VoiceAnswerView.as_view(), name="staff-session-opinion"
    ),
    path(f"{_SESSION}<slug:act>/", session_acts.ActView.as_view(), name="staff-session-act"),
    path(_QUESTIONNAIRES, questionnaire_pages.QuestionnairesView.as_view(), name="staff-questionnaires"),
    path(f"{_QUESTIONNAIRES}open/", questionnaire_pages.OpenView.as_view(), name="staff-questionnaire-open"),
    path(
        f"{_QUESTIONNAIRES}<int:number>/", questionnaire_pages.QuestionnaireView.as_view(), name="staff-questionnaire"
    ),
    path(
        f"{_QUESTIONNAIRES}<int:number>/export/",
        questionnaire_pages.ExportView.as_view(),
        name="staff-questionnaire-export",
    ),
    path(
        f"{_QUESTIONNAIRES}<int:number>/<slug:act>/",
        questionnaire_pages.ActView.as_view(),
        name="staff-questionnaire-act",
    ),
]
