"""Stop, restart or lengthen a running limit: each with reason, approver and letter."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import holders, may
from portal.deadlines import clocks
from portal.deadlines.limits import LimitError
from portal.deadlines.models import Deadline
from portal.moment import today
from portal.web.forms import DayField
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.web.inside.clocks import clock_view


class ClockForm(forms.Form):
    """Which act, from which day, why, approved by whom, told by which letter."""

    ACTS = (("suspend", "中止"), ("resume", "恢复"), ("extend", "延长"))

    act = forms.ChoiceField(label="办理", choices=ACTS, widget=forms.RadioSelect)
    on = DayField(label="日期", help_text="中止之日、恢复之日或者批准延长之日。")
    reason = forms.CharField(label="事由", max_length=300, required=False)
    letter = forms.CharField(
        label="告知文书", max_length=120, required=False, help_text="依法应当书面告知当事人的，填写文书名称和文号。"
    )
    approver = forms.ModelChoiceField(label="批准人", queryset=None, required=False, empty_label="请选择")

    def __init__(self, *args, clock, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["approver"].queryset = holders("deadlines.approve", clock.file.organisation)
        self.fields["on"].initial = today()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") in ("suspend", "extend"):
            if not cleaned.get("reason"):
                self.add_error("reason", "请填写事由。")
            if not cleaned.get("approver"):
                self.add_error("approver", "请选择批准人。")
        return cleaned


class ClockView(FileView):
    """``/staff/cases/<uuid>/clocks/<pk>/``"""

    changes = "casefiles.handle"

    def _clock(self, pk):
        return get_object_or_404(Deadline.objects.filter(file_id=self.file.pk), pk=pk)

    def may_change(self):
        return super().may_change() or may(self.request.user, "deadlines.approve", self.file.organisation)

    def get(self, request, public_id, pk):
        clock = self._clock(pk)
        return self._page(clock, ClockForm(clock=clock))

    def post(self, request, public_id, pk):
        clock = self._clock(pk)
        if not clock.is_open:
            raise Http404
        form = ClockForm(request.POST, clock=clock)
        if not form.is_valid():
            return self._page(clock, form, 422)
        answers = form.cleaned_data
        try:
            match answers["act"]:
                case "suspend":
                    clocks.suspend(
                        clock,
                        answers["on"],
                        reason=answers["reason"],
                        approver=answers["approver"],
                        by=request.user,
                        letter=answers["letter"],
                    )
                case "resume":
                    clocks.resume(clock, answers["on"], by=request.user)
                case "extend":
                    clocks.extend(
                        clock,
                        reason=answers["reason"],
                        approver=answers["approver"],
                        by=request.user,
                        on=answers["on"],
                        letter=answers["letter"],
                    )
        except LimitError as refusal:
            form.add_error("act", str(refusal))
            return self._page(clock, form, 409)
        messages.success(request, f"{clock.label}：已{dict(ClockForm.ACTS)[answers['act']]}。", extra_tags="已办理")
        return redirect(case_url(self.file))

    def _page(self, clock, form, status=200):
        context = {
            "title": f"期限：{clock.label}",
            "crumbs": [("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file)), ("期限", "")],
            "file": self.file,
            "clock": clock_view(clock, is_open=True),
            "form": form,
            "back_url": case_url(self.file),
        }
        return render(self.request, "inside/clock.html", context, status=status)
