"""The draw of the participants as the clerk holds it: fix the pool, draw before the witness, call up the reserves."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.consultation.drawing_participants import (
    call_up,
    draw_participants,
    fill_without_draw,
    freeze_pool,
    sides_of,
    vacancies,
)
from portal.consultation.models import SignUp
from portal.consultation.session_forms import ConfirmForm, WitnessForm
from portal.consultation.session_notice import SessionRefused
from portal.consultation.views.session_pages import SessionPage, put_error

POOL_IS_RIGHT = "名册与报名一致；固定后立即公布，不能再改。"
ALL_TAKE_PART = "报名的都确定为参加人。"


class DrawView(SessionPage):
    """``/staff/cases/<uuid>/sessions/<number>/draw/``: one page from the pool to the last reserve."""

    def session(self, number):
        """:raises Http404: never announced, or its notice promised no draw."""
        session = super().session(number)
        if not session.draws_participants:
            raise Http404
        return session

    def get(self, request, public_id, number):
        return self._page(self.session(number))

    def post(self, request, public_id, number):
        session = self.session(number)
        acts = {"freeze": self._freeze, "fill": self._fill, "draw": self._draw, "call_up": self._call_up}
        act = acts.get(request.POST.get("act", ""))
        return act(session) if act else self._page(session, status=422)

    def _freeze(self, session):
        return self._do(session, ConfirmForm(self.request.POST, label=POOL_IS_RIGHT), freeze_pool, "名册已固定并公布")

    def _fill(self, session):
        return self._do(session, ConfirmForm(self.request.POST, label=ALL_TAKE_PART), fill_without_draw, "参加人已确定")

    def _draw(self, session):
        return self._do(session, WitnessForm(self.request.POST), draw_participants, "已抽取")

    def _do(self, session, form, act, done: str):
        if not form.is_valid():
            return self._page(session, form, 422)
        given = {name: value for name, value in form.cleaned_data.items() if name != "confirmed"}
        try:
            act(session, by=self.request.user, **given)
        except SessionRefused as refusal:
            put_error(form, refusal)
            return self._page(self.session(session.number), form, 409)
        messages.success(self.request, session.title, extra_tags=done)
        return redirect(self.address("staff-session-draw", number=session.number))

    def _call_up(self, session):
        number = self.request.POST.get("number", "")
        try:
            participant = call_up(
                session, by=self.request.user, number=int(number) if number.isascii() and number.isdigit() else 0
            )
        except SessionRefused as refusal:
            messages.warning(self.request, refusal.message, extra_tags="没有递补")
        else:
            messages.success(self.request, participant.reason, extra_tags="已递补")
        return redirect(self.address("staff-session-draw", number=session.number))

    def _page(self, session, form=None, status=200):
        draw = session.draw
        is_drawn = draw is not None and draw.is_drawn
        sides = sides_of(session)
        waits = draw is None and not session.sign_up_is_open and any(side.applicants for side in sides)
        may_act = self.may_run and session.record_sealed_at is None and not session.is_cancelled
        asks = may_act and not session.has_begun and (waits or (draw is not None and not is_drawn))
        context = self.frame("公开抽取参加人", session) | {
            "draw": draw,
            "drawn": draw.result if is_drawn else None,
            "sides": sides if draw is None else [],
            "is_contested": any(side.is_contested for side in sides),
            "waits": waits,
            "asks": asks,
            # A form that was refused is told on top of the page, even where there is nothing left to fill in.
            "form": form or (self._form(session, sides) if asks else None),
            "people": list(
                session.sign_ups.filter(state=SignUp.State.CHOSEN).select_related("group", "participant")
                .order_by("group__order", "drawn_rank", "number")
            ),
            "vacancies": vacancies(session) if is_drawn else [],
            "may_act": may_act,
            "public_url": reverse("draws:draw", kwargs={"public_id": draw.public_id}) if draw else "",
            "sign_ups_url": self.address("staff-sign-ups", number=session.number),
            "list_url": self.address("staff-participants", number=session.number),
        }  # fmt: skip
        return render(self.request, "consultation/session_draw.html", context, status=status)

    @staticmethod
    def _form(session, sides):
        if session.draw_id:
            return WitnessForm()
        contested = any(side.is_contested for side in sides)
        return ConfirmForm(label=POOL_IS_RIGHT if contested else ALL_TAKE_PART)
