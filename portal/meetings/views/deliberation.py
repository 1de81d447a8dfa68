"""``/staff/cases/<uuid>/deliberation/``: where a file was deliberated, and how it comes before a meeting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.meetings.forms import AgendaForm, DeliberationMeetingForm
from portal.meetings.models import Meeting
from portal.meetings.recording import MeetingRefused, put_on_agenda, record_meeting
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of


class DeliberationView(FileView):
    """A new meeting for this file, or a place on the agenda of one whose minutes are still open."""

    changes = "meetings.record"

    @property
    def organisation(self):
        return self.file.organisation.town() or self.file.organisation

    def may_change(self):
        return may(self.request.user, self.changes, self.organisation)

    def get(self, request, public_id):
        return self._page(*self._forms())

    def post(self, request, public_id):
        if self.file.is_closed:
            raise PermissionDenied("案卷已经办结，不能列入议题。")
        if request.POST.get("act") == "join":
            return self._join()
        return self._hold()

    def _open_meetings(self):
        still_open = Meeting.objects.filter(organisation=self.organisation, sealed_at__isnull=True)
        return still_open.exclude(kind__in=Meeting.WITHOUT_AGENDA).order_by("-held_on", "-id")

    def _forms(self):
        return DeliberationMeetingForm(), AgendaForm(meetings=self._open_meetings())

    def _join(self):
        form = AgendaForm(self.request.POST, meetings=self._open_meetings())
        if not form.is_valid():
            return self._page(DeliberationMeetingForm(), form, failed=form, status=422)
        try:
            item = put_on_agenda(form.cleaned_data["meeting"], self.file, by=self.request.user)
        except MeetingRefused as refusal:
            form.add_error("meeting", refusal.message)
            return self._page(DeliberationMeetingForm(), form, failed=form, status=409)
        return self._to_meeting(item)

    def _hold(self):
        form = DeliberationMeetingForm(self.request.POST)
        agenda = AgendaForm(meetings=self._open_meetings())
        if not form.is_valid():
            return self._page(form, agenda, failed=form, status=422)
        facts = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            with transaction.atomic():
                meeting = record_meeting(by=self.request.user, organisation=self.organisation, **facts)
                item = put_on_agenda(meeting, self.file, by=self.request.user)
        except MeetingRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, agenda, failed=form, status=409)
        return self._to_meeting(item)

    def _to_meeting(self, item):
        messages.success(self.request, f"{self.file.title}。请登记参会人员和发言。", extra_tags="已列入议题")
        return redirect("meetings:staff-meeting", meeting_id=item.meeting.public_id)

    def _page(self, meeting_form, agenda_form, *, failed=None, status=200):
        file, person = self.file, self.request.user
        items = list(
            file.deliberations.select_related("meeting__organisation")
            .prefetch_related("statements__attendance")
            .order_by("-meeting__held_on", "-id")
        )
        waiting = any(not item.meeting.is_sealed for item in items)
        visible = set(
            Meeting.objects.visible_to(person)
            .filter(pk__in=[item.meeting_id for item in items])
            .values_list("pk", flat=True)
        )
        context = {
            "title": "集体讨论",
            "crumbs": [("工作台", reverse("inside:worklist")), (file.title, case_url(file)), ("集体讨论", "")],
            "file": file,
            "identity": identity_of(file),
            "case_url": case_url(file),
            "deliberations": [
                {
                    "item": item,
                    "statements": list(item.statements.all()),
                    "url": reverse("meetings:staff-meeting", args=[item.meeting.public_id])
                    if item.meeting_id in visible
                    else "",
                }
                for item in items
            ],
            "may_add": self.may_change() and not file.is_closed and not waiting,
            "has_open_meetings": bool(agenda_form.fields["meeting"].queryset.exists()),
            "meeting_form": meeting_form,
            "agenda_form": agenda_form,
            "form": failed,
        }
        return render(self.request, "meetings/deliberation.html", context, status=status)
