"""Those who sign up and those who take part, as the clerk sees them: list, choice, invitation, export."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.audit.record import record
from portal.consultation.masking import masked_contact, masked_name
from portal.consultation.models import SignUp
from portal.consultation.opinion_table import MOST_AT_ONCE
from portal.consultation.session_forms import ChooseForm, InviteForm, ReasonForm
from portal.consultation.session_notice import SessionRefused
from portal.consultation.taking_part import (
    EXPORTED,
    choose,
    invite,
    note_contacts_seen,
    remove_participant,
    withdraw_sign_up,
)
from portal.consultation.views.session_pages import SessionPage, put_error
from portal.moment import SHANGHAI, today
from portal.web.inside.register import XLSX
from portal.web.keyset import KeysetPage
from portal.web.spreadsheet import Note, workbook
from portal.web.tables import Cell, Column, Row, Table

State = SignUp.State
TAGS = {State.APPLIED: "now", State.WAITING: ""}


class SignUpsView(SessionPage):
    """``…/sessions/<n>/sign-ups/``: masked; a POST shows names and contacts of this page and leaves a record."""

    def get(self, request, public_id, number):
        return self._page(self.session(number))

    def post(self, request, public_id, number):
        session = self.session(number)
        return self._page(session, contacts=True)

    def _page(self, session, *, contacts=False):
        sign_ups = session.sign_ups.select_related("group")
        state = self.request.GET.get("state", "")
        if state in State.values:
            sign_ups = sign_ups.filter(state=state)
        page = KeysetPage(sign_ups, self.request, order=[(F("number"), False)], sizes=(50, 100, 200))
        if contacts:
            note_contacts_seen(session, by=self.request.user, count=len(page.rows))
        here = self.address("staff-sign-ups", number=session.number)
        context = self.frame("报名", session) | {
            "tabs": [
                {"label": label, "url": f"{here}?state={code}" if code else here, "current": code == state}
                for code, label in (("", "全部"), *State.choices)
            ],
            "table": self._table(session, page, contacts),
            "contacts": contacts,
            "may_run": self.may_run,
            "action": self.request.get_full_path(),
            "participants_url": self.address("staff-participants", number=session.number),
            "draw_url": self.address("staff-session-draw", number=session.number) if session.draws_participants else "",
        }  # fmt: skip
        return render(self.request, "consultation/sign_ups.html", context)

    def _table(self, session, page, contacts) -> Table:
        url = self.address("staff-sign-ups-choose", number=session.number)
        bulk = {"url": url, "acts": [{"value": "ask", "label": "确定所选为参加人"}]}
        may_choose = (
            self.may_run and session.speaker_seats and not session.draws_participants and not session.record_sealed_at
        )
        export = {
            "url": self.address("staff-sign-ups-export", number=session.number),
            "label": "导出 Excel（全部报名）",
        }
        columns = [
            Column("序号", kind="number"), Column("姓名", kind="title"), Column("报名事项"), Column("利益方或者身份"),
            Column("主要观点"), Column("联系方式"), Column("报名时间", kind="date"), Column("状态"), Column("办理"),
        ]  # fmt: skip
        return Table(
            label="报名",
            columns=columns,
            rows=[self._row(session, each, contacts) for each in page.rows],
            count_text=page.count_text,
            tools=[export] if page.rows else [],
            bulk=bulk if may_choose and page.rows else None,
            pager=page.pager,
            empty={"title": "还没有人报名。", "text": "公众在会议公告页面报名后列在这里。"},
            stack=True,
        )

    def _row(self, session, each, contacts) -> Row:
        name = each.name if contacts else masked_name(each.name)
        side = each.group.name if each.group_id else each.get_sent_from_display()
        state = Cell(each.get_state_display(), kind="nowrap", stack_label="状态")
        if each.state in TAGS:
            state = Cell(tag=each.get_state_display(), tag_kind=TAGS[each.state], stack_label="状态")
        if each.seat:
            state.text = f"旁听席 {each.seat} 号"
        if each.drawn_rank:
            state.sub = f"抽取第 {each.drawn_rank} 位"
        act = Cell("", drop=True)
        if self.may_run and each.state != State.WITHDRAWN and not session.has_begun:
            url = self.address("staff-sign-up-withdraw", number=session.number, sign_up=each.number)
            act = Cell(links=[{"label": "取消报名", "url": url, "of": f"第 {each.number} 号"}])
        return Row(
            key=str(each.number),
            name=f"第 {each.number} 号报名",
            cells=[
                Cell(each.number, kind="number", stack_label="序号"),
                Cell(name, kind="title"),
                Cell(each.get_wish_display(), kind="nowrap", stack_label="报名事项"),
                Cell(side, sub=each.represents, stack_label="利益方或者身份"),
                Cell(each.views or "—", stack_label="主要观点"),
                Cell(each.contact if contacts else masked_contact(each.contact), kind="nowrap", stack_label="联系方式"),
                Cell(f"{each.submitted_at.astimezone(SHANGHAI):%m-%d %H:%M}", kind="date", stack_label="报名时间"),
                state,
                act,
            ],
        )


class ChooseView(SessionPage):
    """The sign-ups ticked in the list become participants, for one reason."""

    def get(self, request, public_id, number):
        return redirect(self.address("staff-sign-ups", number=self.session(number).number))

    def post(self, request, public_id, number):
        session = self.session(number)
        wanted = request.POST.getlist("pick")
        picked = [int(value) for value in wanted if value.isascii() and value.isdigit() and len(value) < 8]
        rows = list(session.sign_ups.filter(number__in=picked).select_related("group"))
        if not rows:
            messages.warning(request, "请先勾选待确定的报名。", extra_tags="没有选中报名")
            return redirect(self.address("staff-sign-ups", number=number))
        if request.POST.get("act") != "choose":
            return self._page(session, rows, ChooseForm())
        form = ChooseForm(request.POST)
        if not form.is_valid():
            return self._page(session, rows, form, 422)
        try:
            chosen = choose(session, picked, by=request.user, reason=form.cleaned_data["reason"])
        except SessionRefused as refusal:
            put_error(form, refusal)
            return self._page(session, rows, form, 409)
        messages.success(request, f"共 {len(chosen)} 人。", extra_tags="已确定参加人")
        return redirect(self.address("staff-participants", number=number))

    def _page(self, session, rows, form, status=200):
        shown = [(each, masked_name(each.name)) for each in rows]
        context = self.frame(f"确定 {len(rows)} 位参加人", session) | {
            "rows": shown, "form": form, "back_url": self.address("staff-sign-ups", number=session.number),
            "action": self.address("staff-sign-ups-choose", number=session.number),
        }  # fmt: skip
        return render(self.request, "consultation/choose.html", context, status=status)


class WithdrawSignUpView(SessionPage):
    """A clerk takes a sign-up back on the word of the one who signed up."""

    def get(self, request, public_id, number, sign_up):
        session = self.session(number)
        if not self.may_run:
            raise PermissionDenied("您没有取消报名的权限。")
        return self._page(session, get_object_or_404(session.sign_ups, number=sign_up), ReasonForm())

    def post(self, request, public_id, number, sign_up):
        session = self.session(number)
        signed_up = get_object_or_404(session.sign_ups, number=sign_up)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._page(session, signed_up, form, 422)
        try:
            withdraw_sign_up(signed_up, by=request.user, reason=form.cleaned_data["reason"])
        except SessionRefused as refusal:
            put_error(form, refusal)
            return self._page(session, signed_up, form, 409)
        messages.success(request, f"第 {sign_up} 号", extra_tags="已取消报名")
        return redirect(self.address("staff-sign-ups", number=number))

    def _page(self, session, signed_up, form, status=200):
        context = self.frame(f"取消第 {signed_up.number} 号报名", session) | {
            "form": form, "button": "取消报名",
            "lead": "只在报名人自己提出时办理。旁听席位由候补第一位递补，不能恢复。",
            "back_url": self.address("staff-sign-ups", number=session.number),
        }  # fmt: skip
        return render(self.request, "consultation/form.html", context, status=status)


class ParticipantsView(SessionPage):
    """``…/sessions/<n>/participants/``: who takes part and why; invite somebody."""

    def get(self, request, public_id, number):
        return self._page(self.session(number), InviteForm())

    def post(self, request, public_id, number):
        session = self.session(number)
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self._page(session, form, 422)
        try:
            guest = invite(session, by=request.user, **form.cleaned_data)
        except SessionRefused as refusal:
            put_error(form, refusal)
            return self._page(session, form, 409)
        messages.success(request, str(guest), extra_tags="已列入参加人")
        return redirect(self.address("staff-participants", number=number))

    def _page(self, session, form, status=200):
        people = list(session.participants.select_related("sign_up", "added_by"))
        context = self.frame("参加人", session) | {
            "people": [person for person in people if person.removed_at is None],
            "removed": [person for person in people if person.removed_at is not None],
            "form": form,
            "may_run": self.may_run and session.record_sealed_at is None and not session.is_cancelled,
            "list_url": self.address("staff-session-act", number=session.number, act="list"),
            "draw_url": self.address("staff-session-draw", number=session.number) if session.draws_participants else "",
        }
        return render(self.request, "consultation/participants.html", context, status=status)


class RemoveView(SessionPage):
    """Take somebody off the list, with a reason."""

    def get(self, request, public_id, number, participant_id):
        session = self.session(number)
        if not self.may_run:
            raise PermissionDenied("您没有移出参加人的权限。")
        return self._page(session, get_object_or_404(session.participants, public_id=participant_id), ReasonForm())

    def post(self, request, public_id, number, participant_id):
        session = self.session(number)
        person = get_object_or_404(session.participants, public_id=participant_id)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._page(session, person, form, 422)
        try:
            remove_participant(person, by=request.user, reason=form.cleaned_data["reason"])
        except SessionRefused as refusal:
            put_error(form, refusal)
            return self._page(session, person, form, 409)
        messages.success(request, person.capacity, extra_tags="已移出名单")
        return redirect(self.address("staff-participants", number=number))

    def _page(self, session, person, form, status=200):
        context = self.frame(f"移出参加人（{person.capacity}）", session) | {
            "form": form, "button": "移出名单", "lead": "理由记入办理全程。名单已经公布的，公告页面随即更新。",
            "back_url": self.address("staff-participants", number=session.number),
        }  # fmt: skip
        return render(self.request, "consultation/form.html", context, status=status)


class ExportView(SessionPage):
    """All sign-ups as XLSX for the door: names, no contacts. The sheet travels, the file does not."""

    def get(self, request, public_id, number):
        session = self.session(number)
        if not self.may_run:
            raise PermissionDenied("您没有导出报名的权限。")
        rows = list(session.sign_ups.select_related("group")[:MOST_AT_ONCE])
        heads = ["序号", "姓名", "报名事项", "利益方", "身份", "代表", "主要观点", "报名时间", "状态", "旁听席号"]
        data = [
            [
                each.number, each.name, each.get_wish_display(), each.group.name if each.group_id else "",
                each.get_sent_from_display(), each.represents, each.views,
                f"{each.submitted_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}", each.get_state_display(),
                each.seat or "",
            ]
            for each in rows
        ]  # fmt: skip
        person = request.user
        notes = [
            Note("会议", session.title),
            Note("时间", f"{session.held_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
            Note("导出人", f"{person.full_name}（{person.post_on(today())}）"),
            Note("导出日期", today()),
            Note("行数", len(data)),
            Note("说明", "供会场核对入场使用，不含联系方式，用后妥善保管。"),
        ]
        content = workbook("会议报名", heads, data, notes)
        record(EXPORTED, by=person, file=self.file, summary=f"{session.title}，{len(data)} 人报名")
        response = HttpResponse(content, content_type=XLSX)
        name = f"会议报名_{self.file.number}_{today():%Y%m%d}.xlsx"
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        response["X-Content-Type-Options"] = "nosniff"
        return response
