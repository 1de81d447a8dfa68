"""What was said at a session, and the answers to it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from portal.consultation.models import VoicedOpinion
from portal.consultation.session_forms import RecordForm, VoiceAnswerForm, VoiceForm
from portal.consultation.session_notice import SessionRefused
from portal.consultation.sessions import answer_voice, keep_record, strike_voice, voice
from portal.consultation.views.session_pages import SessionPage, put_error
from portal.web.templatetags.portal import stamp


class RecordView(SessionPage):
    """``…/sessions/<n>/record/``: two forms, the course of the session and one opinion after the other."""

    def get(self, request, public_id, number):
        return self._page(self.session(number))

    def post(self, request, public_id, number):
        session = self.session(number)
        act = request.POST.get("act")
        try:
            if act == "strike":
                wanted = request.POST.get("number", "")
                strike_voice(session, int(wanted) if wanted.isascii() and wanted.isdigit() else 0)
                messages.success(request, "意见已从笔录草稿中删去。", extra_tags="已删去")
            elif act == "voice":
                form = VoiceForm(request.POST, session=session, prefix="voice")
                if not form.is_valid():
                    return self._page(session, voice_form=form, status=422)
                said = voice(
                    session, participant=form.people[form.cleaned_data["participant"]],
                    content=form.cleaned_data["content"],
                )  # fmt: skip
                messages.success(request, f"第 {said.number} 条", extra_tags="已记入意见")
            else:
                form = RecordForm(request.POST, session=session)
                if not form.is_valid():
                    return self._page(session, form=form, status=422)
                keep_record(session, by=request.user, **form.cleaned_data)
                messages.success(request, "可以继续修改，直到完成笔录。", extra_tags="已保存")
        except SessionRefused as refusal:
            if act == "strike":
                messages.warning(request, refusal.message, extra_tags="没有办理")
                return redirect(self.address("staff-session", number=number))
            put_error(form, refusal)
            return self._page(session, **{"voice_form" if act == "voice" else "form": form}, status=409)
        return redirect(f"{self.address('staff-session-record', number=number)}#voices")

    def _page(self, session, form=None, voice_form=None, status=200):
        open_record = session.has_begun and not session.record_sealed_at and not session.is_cancelled
        if open_record and self.may_run:
            failed = form or voice_form
            form = form or RecordForm(session=session, initial=self._initial(session))
            voice_form = voice_form or VoiceForm(session=session, prefix="voice")
        else:
            failed, form, voice_form = form or voice_form, None, None
        context = self.frame("会议笔录", session) | {
            "record_form": form,
            "voice_form": voice_form,
            "failed": failed if failed and failed.errors else None,
            "page_has_errors": bool(failed and failed.errors),
            "opinions": list(session.opinions.select_related("participant")),
            "facts": _record_facts(session),
            "seal_url": self.address("staff-session-act", number=session.number, act="seal"),
            "participants_url": self.address("staff-participants", number=session.number),
        }
        return render(self.request, "consultation/record.html", context, status=status)

    @staticmethod
    def _initial(session) -> dict:
        present = session.participants.filter(attended=True).values_list("pk", flat=True)
        return {
            "host": session.host, "recorder": session.recorder, "course": session.course,
            "observers_present": session.observers_present, "attended": [str(pk) for pk in present],
        }  # fmt: skip


def _record_facts(session) -> list[dict]:
    if not session.record_sealed_at:
        return []
    present = session.participants.filter(attended=True)
    return [
        {"key": "主持人", "value": session.host},
        {"key": "记录人", "value": session.recorder},
        {"key": "到会", "lines": [str(person) for person in present]},
        {"key": "旁听", "value": f"{session.observers_present or 0} 人"},
        {"key": "会议经过", "lines": session.course.splitlines()},
        {"key": "完成", "value": f"{session.record_sealed_by.full_name}　{stamp(session.record_sealed_at)}"},
    ]


class VoiceAnswerView(SessionPage):
    """``…/sessions/<n>/opinions/<uuid>/``"""

    def get(self, request, public_id, number, opinion_id):
        session = self.session(number)
        return self._page(session, self._opinion(session, opinion_id))

    def post(self, request, public_id, number, opinion_id):
        session = self.session(number)
        opinion = self._opinion(session, opinion_id)
        if self.file.is_closed:
            raise PermissionDenied("案卷已经办结，不能再答复意见。")
        form = VoiceAnswerForm(request.POST)
        if not form.is_valid():
            return self._page(session, opinion, form, 422)
        try:
            answer_voice(opinion, by=request.user, **form.cleaned_data)
        except SessionRefused as refusal:
            opinion = self._opinion(session, opinion_id)
            # What was typed stays; the next try is made knowing the answer that now stands on the page.
            form.data = form.data.copy()
            form.data["seen"] = opinion.answer_seen
            put_error(form, refusal)
            return self._page(session, opinion, form, 409)
        messages.success(request, f"第 {opinion.number} 条意见", extra_tags="已答复")
        following = session.opinions.filter(outcome="", number__gt=opinion.number).order_by("number").first()
        if following:
            return redirect(self.address("staff-session-opinion", number=number, opinion_id=following.public_id))
        return redirect(f"{self.address('staff-session', number=number)}#opinions")

    @staticmethod
    def _opinion(session, opinion_id) -> VoicedOpinion:
        return get_object_or_404(
            session.opinions.select_related("session", "participant", "answered_by"), public_id=opinion_id
        )

    def _page(self, session, opinion, form=None, status=200):
        may_answer = self.may_run and session.record_sealed_at and not session.reported_at and not session.is_cancelled
        if form is None and may_answer:
            form = VoiceAnswerForm(
                initial={
                    "outcome": opinion.outcome, "answer": opinion.answer, "seen": opinion.answer_seen,
                    "public_text": opinion.public_text or opinion.content,
                }
            )  # fmt: skip
        answered = []
        if opinion.outcome:
            answered = [
                {"key": "处理结果", "value": opinion.get_outcome_display()},
                {"key": "理由", "lines": opinion.answer.splitlines()},
                {"key": "公布的意见内容", "lines": opinion.public_text.splitlines()},
                {"key": "答复", "value": f"{opinion.answered_by.full_name}　{stamp(opinion.answered_at)}"},
            ]
        context = self.frame(f"第 {opinion.number} 条会上意见", session) | {
            "opinion": opinion,
            "facts": [
                {"key": "发言人", "value": str(opinion.participant)},
                {"key": "意见内容", "lines": opinion.content.splitlines()},
            ],
            "answer_facts": answered,
            "form": form,
            "back_url": f"{self.address('staff-session', number=session.number)}#opinions",
        }
        return render(self.request, "consultation/voice.html", context, status=status)
