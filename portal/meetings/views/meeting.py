"""The list of meetings, one meeting as a whole, sealing its minutes and printing them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.accounts.roles import ROLES, Sight
from portal.meetings.forms import MeetingFilterForm, MeetingForm
from portal.meetings.minutes import MinutesIncomplete, faults_of, seal
from portal.meetings.models import Meeting
from portal.meetings.printing import ask_for_minutes, newest_job
from portal.meetings.recording import SEALED, MeetingRefused, change_meeting, record_meeting
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.keyset import KeysetPage
from portal.web.office.jobs import shown
from portal.web.tables import Cell, Column, Row, Table
from portal.web.templatetags.portal import stamp


class MeetingPage(InsideView):
    """A page about one meeting within the person's scope, found as ``self.meeting``; elsewhere it does not exist."""

    authority = "casefiles.see"
    changes = "meetings.record"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and may(request.user, self.authority):
            found = Meeting.objects.visible_to(request.user).filter(public_id=kwargs["meeting_id"])
            self.meeting = found.select_related("organisation", "recorded_by", "sealed_by").first()
            if self.meeting is None:
                raise Http404
            if request.method not in ("GET", "HEAD", "OPTIONS") and not self.may_change():
                raise PermissionDenied("您没有登记会议的权限。")
        return super().dispatch(request, *args, **kwargs)

    def may_change(self) -> bool:
        return may(self.request.user, self.changes, self.meeting.organisation)

    def address(self, name: str = "staff-meeting", **kwargs) -> str:
        return reverse(f"meetings:{name}", kwargs={"meeting_id": self.meeting.public_id, **kwargs})

    def frame(self, title: str) -> dict:
        crumbs = [("工作台", reverse("inside:worklist")), ("会议", reverse("meetings:staff-list"))]
        if title == self.meeting.title:
            crumbs.append((title, ""))
        else:
            crumbs += [(self.meeting.title, self.address()), (title, "")]
        return {"title": title, "crumbs": crumbs, "meeting": self.meeting}

    def form_page(self, title, form, *, status=200, **more):
        context = self.frame(title) | {"form": form, "button": "保存", "back_url": self.address()} | more
        return render(self.request, "meetings/form.html", context, status=status)

    def closed(self):
        """Where a page of entry is opened that may not be used: why, else ``None``."""
        if not self.may_change():
            raise PermissionDenied("您没有登记会议的权限。")
        if not self.meeting.is_sealed:
            return None
        context = self.frame("不能修改") | {"explanation": SEALED, "back_url": self.address()}
        return render(self.request, "meetings/sealed.html", context, status=409)


class MeetingView(MeetingPage):
    """``/staff/meetings/<uuid>/``"""

    def get(self, request, meeting_id):
        meeting = self.meeting
        editable = self.may_change() and not meeting.is_sealed
        items = list(
            meeting.items.select_related("file__organisation").prefetch_related("statements__attendance").order_by("id")
        )
        faults = [] if meeting.is_sealed else faults_of(meeting)
        asked = newest_job(meeting) if meeting.is_sealed and meeting.is_deliberative else None
        context = self.frame(meeting.title) | {
            "facts": self._facts(),
            "editable": editable,
            "edit_url": self.address("staff-meeting-edit") if editable else "",
            "attendances": [self._attendance(attendance, editable) for attendance in meeting.attendances.all()],
            "new_attendance_url": self.address("staff-new-attendance"),
            "items": [self._item(item, editable) for item in items],
            "faults": faults,
            "seal_url": self.address("staff-seal") if editable else "",
            "minutes_url": self._minutes_url(),
            **_job_context(asked, request.user),
        }
        return render(request, "meetings/meeting.html", context)

    def _minutes_url(self) -> str:
        prints = self.meeting.is_sealed and self.meeting.is_deliberative and self.may_change()
        return self.address("staff-minutes") if prints else ""

    def _facts(self) -> list[dict]:
        meeting = self.meeting
        rows = [
            {"key": "机关", "value": meeting.organisation.name},
            {"key": "会议类别", "value": meeting.get_kind_display()},
            {"key": "召开日期", "value": f"{meeting.held_on:%Y-%m-%d}", "is_number": True},
            {"key": "地点", "value": meeting.place},
            {"key": "应出席", "value": _due(meeting)},
            {"key": "记录人", "value": meeting.recorded_by.full_name},
        ]
        if meeting.is_sealed:
            if meeting.minutes_number:
                rows.append({"key": "纪要", "value": f"第 {meeting.minutes_number} 期"})
            rows += [
                {"key": "封存", "value": f"{meeting.sealed_by.full_name}　{stamp(meeting.sealed_at)}"},
                {"key": "纪要摘要值", "value": meeting.minutes_digest, "is_number": True, "wide": True},
            ]
        return rows

    def _attendance(self, attendance, editable) -> dict:
        urls = {"edit_url": "", "remove_url": ""}
        if editable:
            urls["edit_url"] = self.address("staff-attendance", attendance_id=attendance.public_id)
            urls["remove_url"] = self.address("staff-remove-attendance", attendance_id=attendance.public_id)
        return {"attendance": attendance, **urls}

    def _item(self, item, editable) -> dict:
        statements = list(item.statements.all())
        lines = []
        for statement in statements:
            line = {"statement": statement, "edit_url": "", "remove_url": ""}
            if editable:
                at = {"item_id": item.public_id, "statement_id": statement.public_id}
                line["edit_url"] = self.address("staff-statement", **at)
                line["remove_url"] = self.address("staff-remove-statement", **at)
            lines.append(line)
        shown = {"item": item, "statements": lines, "case_url": case_url(item.file), "anchor": f"item-{item.public_id}"}
        if editable:
            at = {"item_id": item.public_id}
            shown["statement_url"] = self.address("staff-new-statement", **at)
            shown["decision_url"] = self.address("staff-decision", **at)
            shown["remove_url"] = "" if statements or item.result else self.address("staff-remove-item", **at)
        return shown


def _due(meeting) -> str:
    majority = f"，过半数为 {meeting.quorum} 人" if meeting.is_deliberative else ""
    return f"{meeting.members_due} 人{majority}"


def _job_context(asked, person) -> dict:
    """The last job as ``components/job.html`` shows it; only who asked may follow it and try again."""
    if asked is None:
        return {"job": None, "job_url": ""}
    if asked.asked_by_id != person.pk:
        return {"job": shown(asked) | {"retry_url": "", "url": ""}, "job_url": ""}
    return {"job": shown(asked) | {"url": ""}, "job_url": reverse("office:job", args=[asked.public_id])}


class EditMeetingView(MeetingPage):
    """Correct the facts of a meeting."""

    def get(self, request, meeting_id):
        names = ("kind", "title", "held_on", "place", "members_due", "summary", "seen")
        initial = {name: getattr(self.meeting, name) for name in names}
        return self.closed() or self.form_page("修改会议信息", MeetingForm(initial=initial))

    def post(self, request, meeting_id):
        form = MeetingForm(request.POST)
        if self.meeting.is_sealed:
            return self.closed()
        if not form.is_valid():
            return self.form_page("修改会议信息", form, status=422)
        try:
            change_meeting(self.meeting, by=request.user, **form.cleaned_data)
        except MeetingRefused as refusal:
            form.add_error(None, refusal.message)
            return self.form_page("修改会议信息", form, status=409)
        messages.success(request, form.cleaned_data["title"], extra_tags="已修改会议信息")
        return redirect(self.address())


class SealView(MeetingPage):
    """Sealing is for ever: a page that shows what is sealed, one confirmation, a button that names the act."""

    def get(self, request, meeting_id):
        return self.closed() or self._page()

    def post(self, request, meeting_id):
        if self.meeting.is_sealed:
            return redirect(self.address())
        if request.POST.get("declaration") != "yes":
            return self._page("请先确认这一项。", 422)
        try:
            seal(self.meeting, by=request.user)
        except MinutesIncomplete:
            return self._page(status=409)
        messages.success(
            request, f"{self.meeting.title}：纪要不能再改，摘要值已记入办理全程。", extra_tags="已封存纪要"
        )
        return redirect(self.address())

    def _page(self, error="", status=200):
        meeting, faults = self.meeting, faults_of(self.meeting)
        rows = [
            {"key": "会议", "value": f"{meeting.title}，{meeting.held_on:%Y-%m-%d}"},
            {
                "key": "出席",
                "value": f"{meeting.attendances.filter(role='member').count()} 人，应出席 {meeting.members_due} 人",
            },
        ]
        if meeting.summary:
            rows.append({"key": "会议记录", "value": meeting.summary, "wide": True})
        for item in meeting.items.select_related("file"):
            rows.append(
                {"key": "议题", "value": f"{item.file.title}：{item.get_result_display() or '没有结果'}", "wide": True}
            )
        context = self.frame("封存会议纪要") | {
            "rows": rows,
            "faults": [(self.address(), fault) for fault in faults],
            "declaration_error": error,
            "page_has_errors": bool(error or faults),
            "action": self.address("staff-seal"),
            "back_url": self.address(),
        }
        return render(self.request, "meetings/seal.html", context, status=status)


class MinutesView(MeetingPage):
    """Ask for the minutes as official paper; the worker makes them."""

    def get(self, request, meeting_id):
        return redirect(f"{self.address()}#minutes")

    def post(self, request, meeting_id):
        try:
            asked = ask_for_minutes(self.meeting, by=request.user)
        except MeetingRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有生成")
        else:
            messages.success(request, f"{asked.label}：完成后列入各议题的卷内目录。", extra_tags="正在生成")
        return redirect(f"{self.address()}#minutes")


class MeetingsView(InsideView):
    """``/staff/meetings/``"""

    authority = "casefiles.see"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not any(
            ROLES[assignment.role].sight == Sight.ALL for assignment in request.user.current_roles()
        ):
            raise PermissionDenied("会议登记由本机关工作人员查阅。")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        form = MeetingFilterForm(request.GET)
        meetings = Meeting.objects.visible_to(request.user)
        filtered = form.is_valid() and any(form.cleaned_data.values())
        if form.is_valid():
            meetings = self._narrowed(meetings, form.cleaned_data)
        page = KeysetPage(
            meetings.select_related("organisation").annotate(item_count=Count("items")), request,
            order=[(F("held_on"), True), (F("id"), True)],
        )  # fmt: skip
        here = reverse("meetings:staff-list")
        empty = {"title": "还没有登记会议。", "text": "在事项的“集体讨论”页面登记会议，或者在这里新建。"}
        if filtered:
            empty = {"title": "没有符合条件的会议。", "url": here, "link": "清除筛选"}
        columns = [
            Column("会议", kind="title"), Column("类别"), Column("机关"), Column("召开日期", kind="date"),
            Column("议题", kind="number"), Column("纪要"),
        ]  # fmt: skip
        context = {
            "title": "会议",
            "crumbs": [("工作台", reverse("inside:worklist")), ("会议", "")],
            "form": None if form.is_valid() else form,
            "filter_form": form,
            "action": here,
            "new_url": reverse("meetings:staff-new") if may(request.user, "meetings.record") else "",
            "table": Table(
                label="会议", columns=columns, rows=[_meeting_row(meeting) for meeting in page.rows],
                count_text=page.count_text, pager=page.pager, empty=empty, stack=True,
            ),
        }  # fmt: skip
        return render(request, "meetings/list.html", context)

    @staticmethod
    def _narrowed(meetings, wanted):
        if wanted["words"]:
            meetings = meetings.filter(title__icontains=wanted["words"])
        if wanted["kind"]:
            meetings = meetings.filter(kind=wanted["kind"])
        if wanted["state"]:
            meetings = meetings.filter(sealed_at__isnull=wanted["state"] == "open")
        if wanted["since"]:
            meetings = meetings.filter(held_on__gte=wanted["since"])
        if wanted["until"]:
            meetings = meetings.filter(held_on__lte=wanted["until"])
        return meetings


def _meeting_row(meeting) -> Row:
    return Row(
        key=str(meeting.public_id),
        name=meeting.title,
        cells=[
            Cell(meeting.title, kind="title", url=reverse("meetings:staff-meeting", args=[meeting.public_id])),
            Cell(meeting.get_kind_display(), kind="nowrap", stack_label="类别"),
            Cell(meeting.organisation.short_name, kind="nowrap", stack_label="机关"),
            Cell(f"{meeting.held_on:%Y-%m-%d}", kind="date", stack_label="召开日期"),
            Cell(meeting.item_count, kind="number", stack_label="议题"),
            Cell(tag="已封存" if meeting.is_sealed else "未封存", tag_kind="" if meeting.is_sealed else "now"),
        ],
    )


class NewMeetingView(InsideView):
    """A meeting without a file yet; files are put on its agenda from their own pages."""

    authority = "meetings.record"

    def get(self, request):
        return self._page(MeetingForm())

    def post(self, request):
        form = MeetingForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        organisation = request.user.organisation.town() or request.user.organisation
        if not may(request.user, "meetings.record", organisation):
            raise PermissionDenied("您没有登记会议的权限。")
        facts = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        meeting = record_meeting(by=request.user, organisation=organisation, **facts)
        then = "；议题从事项的“集体讨论”页面列入。" if meeting.is_deliberative else "，然后封存会议记录。"
        messages.success(request, f"请登记参会人员{then}", extra_tags="已登记会议")
        return redirect("meetings:staff-meeting", meeting_id=meeting.public_id)

    def _page(self, form, status=200):
        context = {
            "title": "登记会议",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("会议", reverse("meetings:staff-list")),
                ("登记会议", ""),
            ],
            "form": form,
            "button": "登记会议",
            "back_url": reverse("meetings:staff-list"),
        }
        return render(self.request, "meetings/form.html", context, status=status)
