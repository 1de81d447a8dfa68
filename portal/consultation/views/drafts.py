"""``/staff/cases/<uuid>/consultation/draft/``: put the draft as it now stands before the public, beside the old one."""

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from portal.consultation.conducting import ConsultationRefused
from portal.consultation.forms import DraftForm
from portal.consultation.versions import current_draft, publish_draft
from portal.consultation.views.staff import ConsultationPage
from portal.documents.comparison import changes, compared
from portal.web.inside.drafts import draft_of


class NewDraftView(ConsultationPage):
    """What differs from the version that the public reads, and the reason; the draft itself is written on the case."""

    def get(self, request, public_id):
        if not self.may_answer:
            raise PermissionDenied("公布修改稿，由经办人办理。")
        consultation, text = self._texts()
        return self._page(
            consultation, text, DraftForm(initial={"seen": self._seen(current_draft(consultation), text)})
        )

    def post(self, request, public_id):
        if not self.may_answer:
            raise PermissionDenied("案卷已经办结，不能再公布修改稿。")
        consultation, text = self._texts()
        form = DraftForm(request.POST)
        if not form.is_valid():
            return self._page(consultation, text, form, 422)
        current = current_draft(consultation)
        try:
            if form.cleaned_data["seen"] != self._seen(current, text):
                raise ConsultationRefused("草案在您打开页面之后已由他人修改或者公布。请核对下面的改动后再公布。")
            version = publish_draft(
                consultation, by=request.user, text=text, reason=form.cleaned_data["reason"], after=current.number
            )
        except ConsultationRefused as refusal:
            form.data = form.data.copy()
            form.data["seen"] = self._seen(current_draft(consultation), text)
            form.add_error(refusal.field or None, refusal.message)
            return self._page(consultation, text, form, 409)
        messages.success(request, f"{version}已在征求意见页面公布，原有意见按条款内容对应。", extra_tags="已公布修改稿")
        return redirect(f"{self.address()}?round={consultation.round}")

    def _texts(self):
        rounds, draft = self.rounds(), draft_of(self.file)
        if not rounds or draft is None:
            raise Http404
        rounds[0].file = self.file
        return rounds[0], draft.text(self.file).strip()

    @staticmethod
    def _seen(current, text: str) -> str:
        return f"{current.number}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"

    def _page(self, consultation, text, form, status=200):
        current = current_draft(consultation)
        lines = compared(text, current.text)
        context = self.frame("公布修改稿") | {
            "consultation": consultation,
            "current": current,
            "next_number": current.number + 1,
            "lines": lines,
            "changes": changes(lines),
            "edit_url": draft_of(self.file).edit_url(self.file),
            "form": form,
            "back_url": f"{self.address()}?round={consultation.round}",
        }
        return render(self.request, "consultation/new_draft.html", context, status=status)
