"""Addresses of the administrators' pages, of what is one's own, and of the county's rules."""

from django.urls import path

from portal.web.office import (
    audit,
    calendar_pages,
    jobs,
    limits,
    notices,
    numbers,
    organisations,
    people,
    qualifications,
    rules,
    system,
)

app_name = "office"

public: list = []
staff = [
    path("people/", people.PeopleView.as_view(), name="people"),
    path("people/new/", people.NewPersonView.as_view(), name="new-person"),
    path("people/roles/", people.HoldersView.as_view(), name="holders"),
    path("people/accounts/<str:username>/", people.PersonView.as_view(), name="person"),
    path("people/accounts/<str:username>/edit/", people.EditPersonView.as_view(), name="edit-person"),
    path("people/accounts/<str:username>/roles/grant/", people.GrantView.as_view(), name="grant-role"),
    path(
        "people/accounts/<str:username>/roles/<int:pk>/withdraw/", people.WithdrawView.as_view(), name="withdraw-role"
    ),
    path("people/accounts/<str:username>/<slug:act>/", people.ActOnPersonView.as_view(), name="act-on-person"),
    path("notifications/", notices.NotificationsView.as_view(), name="notifications"),
    path("notifications/<int:pk>/", notices.NotificationView.as_view(), name="notification"),
    path("jobs/", jobs.JobsView.as_view(), name="jobs"),
    path("jobs/<uuid:public_id>/", jobs.JobView.as_view(), name="job"),
    path("jobs/<uuid:public_id>/retry/", jobs.RetryView.as_view(), name="job-retry"),
    path("audit/", audit.AuditView.as_view(), name="audit"),
    path("audit/chains/", audit.ChainsView.as_view(), name="audit-chains"),
    path("numbers/", numbers.NumbersView.as_view(), name="numbers"),
    path("system/", system.SystemView.as_view(), name="system"),
]
county = [
    path("rules/", rules.RulesView.as_view(), name="rules"),
    path("rules/settings/<str:code>/", rules.RuleView.as_view(), name="rule"),
    path("rules/limits/", limits.LimitsView.as_view(), name="limits"),
    path("rules/calendar/", calendar_pages.CalendarView.as_view(), name="calendar"),
    path("rules/calendar/<int:year>/", calendar_pages.CalendarYearView.as_view(), name="calendar-year"),
    path("qualifications/", qualifications.QualificationsView.as_view(), name="qualifications"),
    path("qualifications/<int:pk>/end/", qualifications.RemoveQualificationView.as_view(), name="end-qualification"),
    path("organisations/", organisations.OrganisationsView.as_view(), name="organisations"),
]
