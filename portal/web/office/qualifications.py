"""``/county/qualifications/``: the county's published list of bodies that may exercise a power (主体资格清单)."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.audit import verbs
from portal.audit.record import record
from portal.moment import today
from portal.organisations.models import Organisation, OrganisationKind, Power, Qualification
from portal.web.forms import DayField
from portal.web.inside.access import InsideView
from portal.web.office.rules import own_county, tabs

LISTED = verbs.declare("organisation.qualified", "列入主体资格清单")
REMOVED = verbs.declare("organisation.unqualified", "移出主体资格清单")
# What is only a part of a body, or no public body at all, never stands on the list by itself.
NEVER = (
    OrganisationKind.OFFICE, OrganisationKind.LEGAL_OFFICE, OrganisationKind.VILLAGE_COMMITTEE,
    OrganisationKind.MEDIATION_COMMITTEE, OrganisationKind.COLLECTIVE,
)  # fmt: skip


class ListingForm(forms.Form):
    """A body, what it may do, since when, and where that was announced."""

    organisation = forms.ModelChoiceField(label="机构", queryset=Organisation.objects.none(), empty_label="请选择")
    power = forms.ChoiceField(label="资格", choices=Power.choices)
    valid_from = DayField(label="列入日期")
    notice = forms.CharField(label="公布文件", max_length=200, help_text="公布清单的公告名称和文号。")

    def __init__(self, *args, county, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = (
            Organisation.objects.within(county).exclude(kind__in=NEVER).order_by("path")
        )
        self.fields["valid_from"].initial = today


class RemovalForm(forms.Form):
    """The last day on the list, and why."""

    valid_until = DayField(label="资格截止日期", help_text="这一天仍有资格，次日起不得再制发；已经制发的文件不受影响。")
    end_reason = forms.CharField(label="移出理由", max_length=200)


def _entries(county):
    return (
        Qualification.objects.filter(organisation__in=Organisation.objects.within(county))
        .select_related("organisation")
        .order_by("power", "organisation__path", "-valid_from")
    )


class QualificationsView(InsideView):
    """The list, and a form to add to it."""

    authority = "county.rules"

    def get(self, request):
        return self._page(ListingForm(county=own_county(request.user)))

    def post(self, request):
        form = ListingForm(request.POST, county=own_county(request.user))
        if not form.is_valid():
            return self._page(form, 422)
        try:
            with transaction.atomic():
                entry = Qualification.objects.create(**form.cleaned_data)
                record(
                    LISTED, by=request.user, organisation=entry.organisation,
                    summary=f"{entry}，自 {entry.valid_from} 起，{entry.notice}",
                )  # fmt: skip
        except IntegrityError:
            form.add_error("organisation", "该机构在这段时间内已在清单上。")
            return self._page(form, 409)
        messages.success(request, str(entry), extra_tags="已列入")
        return redirect(request.path)

    def _page(self, form, status=200):
        day = today()
        context = {
            "title": "主体资格清单",
            "crumbs": [("规则维护", reverse("office:rules")), ("主体资格清单", "")],
            "tabs": tabs("qualifications"),
            "entries": [
                {"entry": entry, "ended": entry.valid_until is not None and entry.valid_until < day}
                for entry in _entries(own_county(self.request.user))
            ],
            "form": form,
        }
        return render(self.request, "office/qualifications.html", context, status=status)


class RemoveQualificationView(InsideView):
    """``/county/qualifications/<pk>/end/``"""

    authority = "county.rules"

    def _entry(self, pk) -> Qualification:
        entry = _entries(own_county(self.request.user)).filter(pk=pk, valid_until__isnull=True).first()
        if entry is None:
            raise Http404
        return entry

    def get(self, request, pk):
        return self._page(self._entry(pk), RemovalForm(initial={"valid_until": today()}))

    def post(self, request, pk):
        entry, form = self._entry(pk), RemovalForm(request.POST)
        if form.is_valid() and form.cleaned_data["valid_until"] < entry.valid_from:
            form.add_error("valid_until", "资格截止日期不能早于列入日期。")
        if not form.is_valid():
            return self._page(entry, form, 422)
        with transaction.atomic():
            Qualification.objects.filter(pk=entry.pk, valid_until__isnull=True).update(**form.cleaned_data)
            record(
                REMOVED, by=request.user, organisation=entry.organisation,
                summary=f"{entry}，至 {form.cleaned_data['valid_until']}：{form.cleaned_data['end_reason']}",
            )  # fmt: skip
        messages.success(request, str(entry), extra_tags="已移出")
        return redirect("office:qualifications")

    def _page(self, entry, form, status=200):
        context = {
            "title": f"移出清单：{entry.organisation}",
            "crumbs": [
                ("规则维护", reverse("office:rules")),
                ("主体资格清单", reverse("office:qualifications")),
                ("移出", ""),
            ],
            "entry": entry,
            "form": form,
        }
        return render(self.request, "office/qualification_end.html", context, status=status)
