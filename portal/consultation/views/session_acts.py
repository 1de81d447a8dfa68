"""The acts on a session, each asked for on a page of its own: what follows from it, a form, a button."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from portal.accounts.authority import may
from portal.consultation.models import Session
from portal.consultation.session_forms import ConfirmForm, MaterialForm, MoveForm, ReasonForm, ReportForm, SealForm
from portal.consultation.session_notice import SessionRefused
from portal.consultation.session_report import draft_report
from portal.consultation.sessions import (
    cancel_session,
    close_session,
    move_session,
    note_material_sent,
    publish_report,
    seal_record,
)
from portal.consultation.taking_part import publish_list
from portal.consultation.views.session_pages import SessionPage, put_error
from portal.moment import today


@dataclass(frozen=True)
class Act:
    """One act. ``form(session, data, files)`` asks for what ``do(session, by=…, **given)`` needs."""

    title: str
    lead: str
    button: str
    form: Callable[..., forms.Form]
    do: Callable[..., Session]
    authority: str = "consultation.run"


def _move_form(session, data, files):
    return MoveForm(data, initial={"held_at": session.held_at, "place": session.place})


ACTS = {
    "move": Act(
        "改期或者换地点", "公告页面显示新的时间和理由；已经报名的人凭回执可以看到。", "改期", _move_form, move_session
    ),
    "cancel": Act(
        "取消会议",
        "公告页面显示取消的日期和理由；已经报名的人凭回执可以看到。",
        "取消会议",
        lambda session, data, files: ReasonForm(data),
        cancel_session,
        "casefiles.lead",
    ),
    "material": Act(
        "登记材料送达",
        "听证会的材料应当在召开七日前送达参加人。",
        "登记",
        lambda session, data, files: MaterialForm(data, initial={"on": today()}),
        note_material_sent,
    ),
    "list": Act(
        "公布参加人名单",
        "名单在公告页面公布，姓名只显示姓；没有入选的报名人凭回执可以看到结果。",
        "公布名单",
        lambda session, data, files: ConfirmForm(data, label="参加人已按公告的方式确定，名单可以公布。"),
        publish_list,
    ),
    "seal": Act(
        "完成笔录",
        "完成后，会议经过和每人的意见不能再改，开始逐条答复。",
        "完成笔录",
        lambda session, data, files: SealForm(data, files, session=session),
        seal_record,
    ),
    "report": Act(
        "会议报告",
        "预填的报告由笔录和答复生成，请核对修改。",
        "报告入卷",
        lambda session, data, files: ReportForm(data, initial={"report": draft_report(session)}),
        close_session,
    ),
    "publish": Act(
        "公布会议报告",
        "报告、意见和采纳情况在会议公告的同一页面公布，不能再改。",
        "公布",
        lambda session, data, files: ConfirmForm(data, label="报告和意见可以公布，不含个人隐私和商业秘密。"),
        publish_report,
    ),
}


class ActView(SessionPage):
    """``/staff/cases/<uuid>/sessions/<number>/<act>/``"""

    def act(self) -> Act:
        """:raises Http404: no such act."""
        if self.kwargs["act"] not in ACTS:
            raise Http404
        return ACTS[self.kwargs["act"]]

    def may_change(self):
        return may(self.request.user, self.act().authority, self.file.organisation)

    def get(self, request, public_id, number, act):
        session, declared = self.session(number), self.act()
        if not self.may_change():
            raise PermissionDenied("您没有办理这一项的权限。")
        return self._page(session, declared, declared.form(session, None, None))

    def post(self, request, public_id, number, act):
        session, declared = self.session(number), self.act()
        form = declared.form(session, request.POST, request.FILES)
        if not form.is_valid():
            return self._page(session, declared, form, 422)
        given = {name: value for name, value in form.cleaned_data.items() if name != "confirmed"}
        try:
            declared.do(session, by=request.user, **given)
        except SessionRefused as refusal:
            put_error(form, refusal)
            return self._page(session, declared, form, 409)
        messages.success(request, session.title, extra_tags=f"{declared.title}：已办理")
        return redirect(self.address("staff-session", number=number))

    def _page(self, session, declared, form, status=200):
        context = self.frame(declared.title, session) | {
            "form": form,
            "lead": declared.lead,
            "button": declared.button,
            "back_url": self.address("staff-session", number=session.number),
        }
        return render(self.request, "consultation/form.html", context, status=status)
