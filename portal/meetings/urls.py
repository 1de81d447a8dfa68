"""Addresses of meetings, and of the deliberation of a file."""

from django.urls import path

from portal.meetings.views import entries, meeting
from portal.meetings.views.deliberation import DeliberationView

app_name = "meetings"

_MEETING = "meetings/<uuid:meeting_id>/"
_ITEM = f"{_MEETING}items/<uuid:item_id>/"

staff = [
    path("cases/<uuid:public_id>/deliberation/", DeliberationView.as_view(), name="staff-deliberation"),
    path("meetings/", meeting.MeetingsView.as_view(), name="staff-list"),
    path("meetings/new/", meeting.NewMeetingView.as_view(), name="staff-new"),
    path(_MEETING, meeting.MeetingView.as_view(), name="staff-meeting"),
    path(f"{_MEETING}edit/", meeting.EditMeetingView.as_view(), name="staff-meeting-edit"),
    path(f"{_MEETING}seal/", meeting.SealView.as_view(), name="staff-seal"),
    path(f"{_MEETING}minutes/", meeting.MinutesView.as_view(), name="staff-minutes"),
    path(f"{_MEETING}attendance/new/", entries.NewAttendanceView.as_view(), name="staff-new-attendance"),
    path(f"{_MEETING}attendance/<uuid:attendance_id>/", entries.AttendanceView.as_view(), name="staff-attendance"),
    path(
        f"{_MEETING}attendance/<uuid:attendance_id>/remove/",
        entries.RemoveAttendanceView.as_view(),
        name="staff-remove-attendance",
    ),
    path(f"{_ITEM}decision/", entries.DecisionView.as_view(), name="staff-decision"),
    path(f"{_ITEM}remove/", entries.RemoveItemView.as_view(), name="staff-remove-item"),
    path(f"{_ITEM}statements/new/", entries.NewStatementView.as_view(), name="staff-new-statement"),
    path(f"{_ITEM}statements/<uuid:statement_id>/", entries.StatementView.as_view(), name="staff-statement"),
    path(
        f"{_ITEM}statements/<uuid:statement_id>/remove/",
        entries.RemoveStatementView.as_view(),
        name="staff-remove-statement",
    ),
]
