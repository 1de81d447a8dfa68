"""The entries of a meeting's record, each on a page of its own: attendance, statement, decision."""

from abc import abstractmethod

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from portal.meetings.forms import AttendanceForm, DecisionForm, StatementForm
from portal.meetings.recording import (
    MeetingRefused,
    add_attendance,
    add_statement,
    change_attendance,
    change_statement,
    record_decision,
    remove_attendance,
    remove_statement,
    take_off_agenda,
)
from portal.meetings.views.meeting import MeetingPage

_ATTENDANCE = ("person", "name", "post", "role", "is_head", "is_legal_office")


class EntryPage(MeetingPage):
    """A form about one entry: errors beside the fields, a refusal above them, nothing typed is lost."""

    heading = ""
    anchor = ""
    done = "已保存"

    @abstractmethod
    def form(self, data=None):
        """The form, empty, filled from the entry, or with what was typed."""

    @abstractmethod
    def write(self, cleaned) -> str:
        """Do it; returns the sentence of the success message. :raises MeetingRefused:"""

    def entry_page(self, form, status=200):
        return self.form_page(self.heading, form, status=status)

    def get(self, request, **kwargs):
        return self.closed() or self.entry_page(self.form())

    def post(self, request, **kwargs):
        if self.meeting.is_sealed:
            return self.closed()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.entry_page(form, 422)
        try:
            said = self.write(form.cleaned_data)
        except MeetingRefused as refusal:
            form.add_error(None, refusal.message)
            return self.entry_page(form, 409)
        messages.success(request, said, extra_tags=self.done)
        return redirect(self.after())

    def after(self) -> str:
        return f"{self.address()}#{self.anchor}"


class NewAttendanceView(EntryPage):
    """Write down one more person; 「保存并继续」 comes back here."""

    heading, anchor, done = "登记参会人员", "attendance", "已登记参会人员"

    def form(self, data=None):
        initial = {"role": "member"}
        return AttendanceForm(data, initial=initial, organisation=self.meeting.organisation)

    def entry_page(self, form, status=200):
        return self.form_page(self.heading, form, status=status, another=True)

    def write(self, cleaned):
        return str(add_attendance(self.meeting, by=self.request.user, **{name: cleaned[name] for name in _ATTENDANCE}))

    def after(self):
        if self.request.POST.get("then") == "another":
            return self.address("staff-new-attendance")
        return super().after()


class AttendanceView(EntryPage):
    """Correct one attendance."""

    heading, anchor, done = "修改参会人员", "attendance", "已修改参会人员"

    @property
    def attendance(self):
        """:raises Http404: nobody of this meeting."""
        found = self.meeting.attendances.filter(public_id=self.kwargs["attendance_id"]).select_related("person").first()
        if found is None:
            raise Http404
        return found

    def form(self, data=None):
        attendance = self.attendance
        initial = {name: getattr(attendance, name) for name in (*_ATTENDANCE, "seen")}
        return AttendanceForm(data, initial=initial, organisation=self.meeting.organisation)

    def write(self, cleaned):
        fields = {name: cleaned[name] for name in _ATTENDANCE}
        return str(change_attendance(self.attendance, by=self.request.user, seen=cleaned["seen"], **fields))


class RemovePage(MeetingPage):
    """Asking again before an entry is taken away."""

    done = ""

    @abstractmethod
    def entry(self) -> tuple[str, str]:
        """What it is, in words, and the name of the act. :raises Http404:"""

    @abstractmethod
    def remove(self) -> None:
        """Take it away. :raises MeetingRefused:"""

    def get(self, request, **kwargs):
        return self.closed() or self._page()

    def post(self, request, **kwargs):
        if self.meeting.is_sealed:
            return self.closed()
        words, _ = self.entry()
        try:
            self.remove()
        except MeetingRefused as refusal:
            return self._page(refusal.message, 409)
        messages.success(request, words, extra_tags=self.done)
        return redirect(self.address())

    def _page(self, problem="", status=200):
        words, heading = self.entry()
        context = self.frame(heading) | {
            "words": words,
            "button": heading,
            "problems": [("", problem)] if problem else [],
            "page_has_errors": bool(problem),
            "back_url": self.address(),
        }
        return render(self.request, "meetings/remove.html", context, status=status)


class RemoveAttendanceView(RemovePage):
    done = "已移除参会人员"

    @property
    def attendance(self):
        found = self.meeting.attendances.filter(public_id=self.kwargs["attendance_id"]).first()
        if found is None:
            raise Http404
        return found

    def entry(self):
        return str(self.attendance), "移除参会人员"

    def remove(self):
        remove_attendance(self.attendance, by=self.request.user)


class ItemPage(MeetingPage):
    """A page about one item of the agenda."""

    @property
    def item(self):
        """:raises Http404: not on this agenda."""
        found = self.meeting.items.filter(public_id=self.kwargs["item_id"]).select_related("file__organisation").first()
        if found is None:
            raise Http404
        found.meeting = self.meeting
        return found

    @property
    def statement(self):
        """:raises Http404: nobody said so to this item."""
        item = self.item
        found = item.statements.filter(public_id=self.kwargs["statement_id"]).select_related("attendance").first()
        if found is None:
            raise Http404
        found.item = item
        return found


class NewStatementView(ItemPage, EntryPage):
    """Write down what the next person said."""

    heading, done = "登记发言", "已登记发言"

    def form(self, data=None):
        return StatementForm(data, item=self.item)

    def entry_page(self, form, status=200):
        return self.form_page(self.heading, form, status=status, another=True, lead=self.item.file.title)

    def write(self, cleaned):
        statement = add_statement(
            self.item, by=self.request.user, attendance=cleaned["attendance"], stance=cleaned["stance"],
            words=cleaned["words"], order=cleaned["order"],
        )  # fmt: skip
        return f"{statement.attendance.name}：{statement.get_stance_display()}"

    def after(self):
        item_id = self.kwargs["item_id"]
        if self.request.POST.get("then") == "another":
            return self.address("staff-new-statement", item_id=item_id)
        return f"{self.address()}#item-{item_id}"


class StatementView(ItemPage, EntryPage):
    """Correct a statement or its place."""

    heading, done = "修改发言", "已修改发言"

    def form(self, data=None):
        statement = self.statement
        initial = {name: getattr(statement, name) for name in ("stance", "words", "order", "seen")}
        return StatementForm(data, initial=initial, item=statement.item, statement=statement)

    def entry_page(self, form, status=200):
        return self.form_page(self.heading, form, status=status, lead=f"发言人：{self.statement.attendance}")

    def write(self, cleaned):
        statement = change_statement(self.statement, by=self.request.user, **cleaned)
        return f"{statement.attendance.name}：{statement.get_stance_display()}"

    def after(self):
        return f"{self.address()}#item-{self.kwargs['item_id']}"


class RemoveStatementView(ItemPage, RemovePage):
    done = "已移除发言"

    def entry(self):
        statement = self.statement
        return f"{statement.attendance.name}：{statement.get_stance_display()}　{statement.words}", "移除发言"

    def remove(self):
        remove_statement(self.statement, by=self.request.user)


class DecisionView(ItemPage, EntryPage):
    """Write down what was decided."""

    heading, done = "登记讨论结果", "已登记讨论结果"

    def form(self, data=None):
        item = self.item
        initial = {name: getattr(item, name) for name in ("result", "decision", "departure_reason", "seen")}
        return DecisionForm(data, initial=initial)

    def entry_page(self, form, status=200):
        return self.form_page(self.heading, form, status=status, lead=self.item.file.title)

    def write(self, cleaned):
        item = record_decision(self.item, by=self.request.user, **cleaned)
        return f"{item.file.title}：{item.get_result_display()}"

    def after(self):
        return f"{self.address()}#item-{self.kwargs['item_id']}"


class RemoveItemView(ItemPage, RemovePage):
    done = "已撤出议题"

    def entry(self):
        return self.item.file.title, "撤出议题"

    def remove(self):
        take_off_agenda(self.item, by=self.request.user)
