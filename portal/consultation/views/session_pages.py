"""The sessions of a file as its people see them: list, announcement, one session, and the acts on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.consultation.models import MethodKind, Session, SessionKind, SignUp
from portal.consultation.session_forms import AnnounceForm
from portal.consultation.session_notice import SessionRefused, require_announceable
from portal.consultation.sessions import announce_session
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of
from portal.web.templatetags.portal import stamp


def put_error(form, refusal) -> None:
    """Set the refusal beside the input it is about, else on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


class SessionPage(FileView):
    """A page about the sessions of one file."""

    changes = "consultation.run"

    def session(self, number) -> Session:
        """:raises Http404: a session the file never had."""
        session = get_object_or_404(Session.objects.select_related("announced_by"), file_id=self.file.pk, number=number)
        session.file = self.file
        return session

    def address(self, name: str = "staff-sessions", **kwargs) -> str:
        return reverse(f"consultation:{name}", kwargs={"public_id": self.file.public_id, **kwargs})

    def frame(self, title: str, session: Session | None = None) -> dict:
        crumbs = [
            ("工作台", reverse("inside:worklist")),
            (self.file.title, case_url(self.file)),
            ("听证会、论证会、座谈会", self.address()),
        ]
        if session is not None:
            crumbs.append((session.title, self.address("staff-session", number=session.number)))
        if crumbs[-1][0] != title:
            crumbs.append((title, ""))
        return {
            "title": title, "crumbs": crumbs, "file": self.file, "identity": identity_of(self.file), "session": session,
        }  # fmt: skip

    @property
    def may_run(self) -> bool:
        return may(self.request.user, "consultation.run", self.file.organisation) and not self.file.is_closed


class SessionsView(SessionPage):
    """``/staff/cases/<uuid>/sessions/``"""

    def get(self, request, public_id):
        sessions = (
            Session.objects.filter(file_id=self.file.pk)
            .annotate(
                signed_up=Count("sign_ups", filter=~Q(sign_ups__state=SignUp.State.WITHDRAWN), distinct=True),
                voiced=Count("opinions", distinct=True),
            )
            .order_by("-number")
        )
        context = self.frame("听证会、论证会、座谈会") | {
            "sessions": list(sessions),
            "announce_url": self.address("staff-session-announce") if self.may_run else "",
        }
        return render(request, "consultation/sessions.html", context)


class AnnounceView(SessionPage):
    """Notice, check page, announcement. What was typed travels in the form; nothing is kept before the last step."""

    def get(self, request, public_id):
        if not self.may_run:
            raise PermissionDenied("案卷已经办结，或者您没有公告会议的权限。")
        unit = self.file.handling_unit or self.file.organisation
        initial = {"contact_unit": unit.name, "kind": request.GET.get("kind", SessionKind.FORUM)}
        return self._form_page(AnnounceForm(initial=initial, file=self.file))

    def post(self, request, public_id):
        if not self.may_run:
            raise PermissionDenied("案卷已经办结，或者您没有公告会议的权限。")
        form = AnnounceForm(request.POST, file=self.file)
        act = request.POST.get("act", "check")
        if act == "edit":
            form.is_valid()
            return self._form_page(form)
        if not form.is_valid():
            return self._form_page(form, 422)
        facts = form.facts()
        try:
            if act == "announce" and request.POST.get("declaration") == "yes":
                session = announce_session(self.file, by=request.user, **facts)
                messages.success(request, session.title, extra_tags="已公告")
                return redirect(self.address("staff-session", number=session.number))
            wanted = ("kind", "held_at", "place", "sign_up_until", "speaker_seats", "observer_seats", "groups",
                      "method_kind", "method", "shortened_reason")  # fmt: skip
            rule = require_announceable(self.file, **{name: facts[name] for name in wanted})
        except SessionRefused as refusal:
            put_error(form, refusal)
            return self._form_page(form, 409)
        error = "请先确认这一项。" if act == "announce" else ""
        return self._check_page(form, facts, rule, error)

    def _form_page(self, form, status=200):
        context = self.frame("公告会议") | {"form": form, "back_url": self.address()}
        return render(self.request, "consultation/session_announce.html", context, status=status)

    def _check_page(self, form, facts, rule, error):
        rows = [
            {"key": "形式", "value": SessionKind(facts["kind"]).label},
            {"key": "名称", "value": facts["title"]},
            {"key": "事项和目的", "lines": facts["purpose"].splitlines()},
            {"key": "时间", "value": stamp(facts["held_at"]), "is_number": True},
            {"key": "地点", "value": facts["place"]},
            {"key": "公告内容", "lines": facts["notice"].splitlines()},
            {
                "key": "报名截止",
                "value": f"{facts['sign_up_until']:%Y-%m-%d}" if facts["sign_up_until"] else "不公开报名",
            },
            {"key": "参加人名额", "value": f"{facts['speaker_seats']} 人"},
            {"key": "利益方", "lines": [f"{name} {seats} 人" for name, seats in facts["groups"]]},
            {
                "key": "参加人产生方式",
                "lines": [MethodKind(facts["method_kind"]).label, *facts["method"].splitlines()],
            },
            {"key": "旁听席位", "value": f"{facts['observer_seats']} 个"},
            {"key": "会议材料", "lines": [paper.label for paper in facts["material"]]},
            {"key": "联系方式", "value": f"{facts['contact_unit']}　{facts['contact_phone']}"},
        ]
        if rule.notice_end:
            rows.append({"key": "最迟公告", "value": f"{rule.notice_end:%Y-%m-%d}（{rule.basis}）"})
        if rule.last_day:
            rows.append({"key": "材料最迟送达", "value": f"{rule.last_day:%Y-%m-%d}"})
        if facts["shortened_reason"]:
            rows.append({"key": "缩短公告时间的理由", "value": facts["shortened_reason"]})
        hidden = [
            (name, value)
            for name in form.fields
            for value in (self.request.POST.getlist(name) if name in self.request.POST else ())
        ]
        context = self.frame("核对公告") | {
            "rows": rows,
            "hidden": hidden,
            "action": self.address("staff-session-announce"),
            "declaration": "公告内容可以公开，不含国家秘密、工作秘密和个人隐私。",
            "declaration_error": error,
            "page_has_errors": bool(error),
            "act": "announce",
            "button": "发布公告",
        }
        return render(self.request, "consultation/check_typed.html", context, status=422 if error else 200)


class SessionView(SessionPage):
    """``/staff/cases/<uuid>/sessions/<number>/``"""

    def get(self, request, public_id, number):
        session = self.session(number)
        states = dict(
            session.sign_ups.order_by().values_list("state").annotate(n=Count("pk")).values_list("state", "n")
        )
        opinions = list(session.opinions.select_related("participant"))
        context = self.frame(session.title, session) | {
            "facts": notice_facts(session, inside=True),
            "counts": [(label, states[state]) for state, label in SignUp.State.choices if states.get(state)],
            "people": list(session.participants.filter(removed_at__isnull=True)),
            "opinions": opinions,
            "left": sum(not opinion.outcome for opinion in opinions),
            "acts": [(label, self.address("staff-session-act", number=number, act=code))
                     for code, label in self._open_acts(session)],
            "next_act": self._next(session),
            "may_run": self.may_run,
            "public_url": reverse("consultation:public-session", kwargs={"public_id": session.public_id}),
        }  # fmt: skip
        return render(request, "consultation/session.html", context)

    def _open_acts(self, session):
        """What may be done beside the next act, by this person and now."""
        if not self.may_run or session.is_cancelled or session.record_sealed_at:
            return []
        acts = []
        if not session.has_begun:
            acts.append(("move", "改期或者换地点"))
        if not session.participants_published_at:
            acts.append(("list", "公布参加人名单"))
        if not session.material_sent_on and session.kind != SessionKind.WRITTEN:
            acts.append(("material", "登记材料送达"))
        if may(self.request.user, "casefiles.lead", self.file.organisation):
            acts.append(("cancel", "取消会议"))
        return acts

    def _next(self, session) -> dict | None:
        """The one act that brings the session forward."""
        if session.is_cancelled or not self.may_run:
            return None

        def act(code, label, hint):
            return {"url": self.address("staff-session-act", number=session.number, act=code), "label": label,
                    "hint": hint}  # fmt: skip

        if session.record_sealed_at is None:
            if session.has_begun:
                return {"url": self.address("staff-session-record", number=session.number), "label": "记录会议",
                        "hint": "记到会的人、经过和每人的意见，完成笔录。"}  # fmt: skip
            if session.draws_participants and not session.sign_up_is_open and not session.participants_published_at:
                return {"url": self.address("staff-session-draw", number=session.number), "label": "公开抽取参加人",
                        "hint": "报名已经截止：固定名册，由见证人在场抽取，然后公布名单。"}  # fmt: skip
            if session.takes_sign_ups:
                return {"url": self.address("staff-sign-ups", number=session.number), "label": "办理报名",
                        "hint": "报名截止后确定参加人，公布名单。"}  # fmt: skip
            return {"url": self.address("staff-participants", number=session.number), "label": "参加人名单",
                    "hint": "会前把参加人列入名单。"}  # fmt: skip
        if session.reported_at is None:
            if session.opinions.filter(outcome="").exists():
                return None
            return act("report", "起草报告并入卷", "每条意见都已答复。")
        if session.report_published_at is None:
            return act("publish", "公布报告", "报告和意见采纳情况在会议公告的同一页面公布。")
        return None


def notice_facts(session: Session, *, inside: bool = False) -> list[dict]:
    """The notice as rows of summary.html."""
    is_written = session.kind == SessionKind.WRITTEN
    rows = [
        {"key": "截止时间" if is_written else "时间", "value": stamp(session.held_at), "is_number": True},
        {"key": "地点", "value": session.place or "书面"},
        {"key": "组织单位", "value": (session.file.handling_unit or session.file.organisation).name},
        {"key": "联系方式", "value": f"{session.contact_unit}　{session.contact_phone}"},
    ]
    if session.takes_sign_ups:
        rows.append({"key": "报名截止", "value": f"{session.sign_up_until:%Y-%m-%d} 24 时"})
        if session.speaker_seats:
            rows.append({"key": "参加人名额", "value": f"{session.speaker_seats} 人"})
        groups = list(session.groups.all())
        if groups:
            rows.append({"key": "利益方", "lines": [f"{group.name} {group.seats} 人" for group in groups]})
        if session.observer_seats:
            rows.append({"key": "旁听席位", "value": f"{session.observer_seats} 个，按报名先后安排"})
    if session.speaker_seats or session.method or session.method_kind == MethodKind.INVITED:
        lines = [session.get_method_kind_display(), *session.method.splitlines()]
        rows.append({"key": "参加人产生方式", "lines": lines, "wide": True})
    material = [paper.label for paper in session.material.all()]
    if material:
        rows.append({"key": "会议材料", "lines": material})
    if session.moved_reason:
        rows.append({"key": "改期理由", "value": session.moved_reason, "wide": True})
    if session.shortened_reason:
        rows.append({"key": "缩短公告时间的理由", "value": session.shortened_reason, "wide": True})
    if inside:
        rows.append({"key": "公告", "value": f"{session.announced_by.full_name}　{stamp(session.announced_at)}"})
        if session.notice_end:
            rows.append({"key": "最迟公告", "value": f"{session.notice_end:%Y-%m-%d}（{session.rule_basis}）"})
        if session.kind != SessionKind.WRITTEN:
            sent = session.material_sent_on
            rows.append({"key": "材料送达", "value": f"{sent:%Y-%m-%d}" if sent else "尚未登记"})
    return rows
