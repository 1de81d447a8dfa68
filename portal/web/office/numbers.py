"""``/staff/numbers/``: every number of a series, with what became of it: used, kept back, voided."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import authorities_by_organisation
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile, ReservedNumber
from portal.casefiles.numbering import numbers_of, reserve, series_shown, void_reserved
from portal.moment import today
from portal.organisations.models import OrganisationLevel
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url

RESERVED = verbs.declare("number.reserved", "预留编号")
VOIDED = verbs.declare("number.voided", "作废编号")
STATES = {
    "used": ("已使用", "live"),
    "reserved": ("预留", "now"),
    "voided": ("作废", "dead"),
    "missing": ("缺号", "dead"),
}


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)


def kept_by(person) -> list[tuple]:
    """(series, body) pairs whose numbers this person keeps."""
    pairs = []
    for series in series_shown.values():
        for authority, organisation in authorities_by_organisation(person):
            if authority != series.authority:
                continue
            body = organisation.town() or organisation.county()
            level = OrganisationLevel.COUNTY if series.of_county else OrganisationLevel.TOWNSHIP
            if body is not None and body.level == level and (series, body) not in pairs:
                pairs.append((series, body))
    return pairs


class NumbersView(InsideView):
    """The numbers of one series and year; the next one may be kept back, a kept one given up, with reasons."""

    authority = "casefiles.see"

    def _choose(self, request):
        pairs = kept_by(request.user)
        if not pairs:
            raise PermissionDenied("您没有管理编号的权限。")
        wanted = request.GET.get("series", "")
        pair = next((pair for pair in pairs if pair[0].code == wanted), None if wanted else pairs[0])
        if pair is None:
            raise Http404
        year = request.GET.get("year", "")
        return (
            pairs,
            *pair,
            int(year) if year.isascii() and year.isdigit() and 2000 <= int(year) < 2100 else today().year,
        )

    def get(self, request):
        return self._page(request, ReasonForm())

    def post(self, request):
        _, series, body, year = self._choose(request)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, 422)
        reason = form.cleaned_data["reason"]
        if request.POST.get("act") == "void":
            return self._void(request, series, body, form)
        if year != today().year:
            form.add_error(None, "只能预留本年度的编号。")
            return self._page(request, form, 409)
        with transaction.atomic():
            kept = reserve(body, series.code, year, reason=reason, by=request.user)
            printed = series.printed(body, year, kept.number)
            record(RESERVED, by=request.user, organisation=body, summary=f"{series.label} {printed}：{reason}")
        messages.success(request, printed, extra_tags="已预留")
        return redirect(request.get_full_path())

    def _void(self, request, series, body, form):
        key = request.POST.get("kept", "")
        kept = ReservedNumber.objects.filter(
            pk=int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0,
            organisation=body,
            series=series.code,
        ).first()
        if kept is None:
            raise Http404
        reason = form.cleaned_data["reason"]
        try:
            with transaction.atomic():
                void_reserved(kept, reason, request.user)
                printed = series.printed(body, kept.year, kept.number)
                record(VOIDED, by=request.user, organisation=body, summary=f"{series.label} {printed}：{reason}")
        except ValueError as faster:
            form.add_error(None, str(faster))
            return self._page(request, form, 409)
        messages.success(request, printed, extra_tags="已作废")
        return redirect(request.get_full_path())

    def _page(self, request, form, status=200):
        pairs, series, body, year = self._choose(request)
        rows = numbers_of(series, body, year)
        visible = CaseFile.objects.visible_to(request.user).in_bulk([row["file"].pk for row in rows if row["file"]])
        for row in rows:
            row["label"], row["tag"] = STATES[row["state"]]
            row["url"] = case_url(row["file"]) if row["file"] is not None and row["file"].pk in visible else ""
        here = reverse("office:numbers")
        context = {
            "title": "编号台账",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("台账", reverse("inside:registers")),
                ("编号台账", ""),
            ],
            "tabs": [
                {"label": one.label, "url": f"{here}?series={one.code}&year={year}", "current": one is series}
                for one, _ in pairs
            ],
            "series": series,
            "body": body,
            "year": year,
            "years": [
                {"year": other, "url": f"{here}?series={series.code}&year={other}"}
                for other in range(today().year, today().year - 5, -1)
            ],
            "rows": rows,
            "form": form,
            "is_current": year == today().year,
        }
        return render(request, "office/numbers.html", context, status=status)
