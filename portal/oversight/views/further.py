"""另行报备: the register of what goes to the people's congress, one record's page, and a new one of the county's."""

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.moment import today
from portal.organisations.models import Organisation
from portal.oversight.further import authority_for, enter, in_sight, mark_received, mark_sent
from portal.oversight.models import FurtherFiling
from portal.oversight.targets import TARGETS, target_label, targets_of
from portal.oversight.views.staff import KIND
from portal.web.forms import DayField
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.tables import Cell
from portal.workflow.refusals import StepRefused


class SentForm(forms.Form):
    """When it was sent, and under which number."""

    on = DayField(label="报送日期")
    report_number = forms.CharField(label="备案报告文号", max_length=60, help_text="例如：云府报〔2026〕1号。")


class ReceivedForm(forms.Form):
    """When the receipt came."""

    on = DayField(label="收到回执日期")
    receipt_number = forms.CharField(label="备案回执号", max_length=60, required=False)


class EnterForm(forms.Form):
    """A document of the county's own."""

    target = forms.ChoiceField(label="接受机关")
    title = forms.CharField(label="文件名称", max_length=200)
    document_number = forms.CharField(label="文号", max_length=60)
    published_on = DayField(label="公布日期")

    def __init__(self, *args, issuer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [
            (target.code, target.name(issuer)) for target in targets_of(issuer, today())
        ]  # fmt: skip

    def clean_published_on(self):
        day = self.cleaned_data["published_on"]
        if day > today():
            raise forms.ValidationError("公布日期不能晚于今天。")
        return day


class FurtherView(InsideView):
    """``/staff/further-filings/<uuid>/``"""

    authority = "casefiles.see"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.row = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and may(request.user, self.authority):
            self.row = in_sight(request.user).filter(public_id=kwargs["further_id"]).first()
            if self.row is None:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def may_change(self) -> bool:
        return may(self.request.user, authority_for(self.row.issuer), self.row.issuer)

    def get(self, request, further_id):
        return self._page()

    def post(self, request, further_id):
        if not self.may_change():
            return self._page(problems=[("", "您没有登记这项报备的权限。")], status=403)
        is_sending = request.POST.get("act") != "received"
        form = (SentForm if is_sending else ReceivedForm)(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            if is_sending:
                mark_sent(self.row, by=request.user, **form.cleaned_data)
            else:
                mark_received(self.row, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            return self._page(form, problems=[("#id_on", refusal.message)], status=409)
        messages.success(request, f"{self.row.recipient}：《{self.row.title}》", extra_tags="已登记")
        return redirect("oversight:further", further_id=self.row.public_id)

    def _page(self, form=None, problems=(), status=200):
        row, open_form = self.row, form
        if form is None and self.may_change() and row.received_on is None:
            open_form = (SentForm if row.sent_on is None else ReceivedForm)(initial={"on": today()})
        visible = row.subject if row.subject_id and type(row.subject).objects.visible_to(self.request.user).filter(
            pk=row.subject_id
        ).exists() else None  # fmt: skip
        context = {
            "title": f"另行报备：{row.title}",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("另行报备台账", reverse("inside:register", kwargs={"code": "further_filings"})),
                (row.title, ""),
            ],
            "row": row,
            "facts": [
                {"key": "文件", "value": f"《{row.title}》{row.document_number}", "wide": True},
                {"key": "报送机关", "value": row.issuer.name},
                {"key": "接受机关", "value": row.recipient},
                {"key": "依据", "value": TARGETS[row.target].basis if row.target in TARGETS else "", "wide": True},
                {"key": "公布日期", "value": _day(row.published_on), "is_number": True},
                {"key": "报送期限", "value": _day(row.due_on), "is_number": True},
                {"key": "备案报告文号", "value": row.report_number, "is_number": True},
                {"key": "报送日期", "value": _day(row.sent_on), "is_number": True},
                {"key": "回执号", "value": row.receipt_number, "is_number": True},
                {"key": "收到回执", "value": _day(row.received_on), "is_number": True},
            ],
            "form": open_form,
            "act": "sent" if row.sent_on is None else "received",
            "shown_form": form if form is not None and form.errors else None,
            "case_url": case_url(visible) if visible is not None else "",
            "problems": problems,
            "page_has_errors": bool(problems),
        }  # fmt: skip
        return render(self.request, "oversight/further.html", context, status=status)


class FurtherOfView(FileView):
    """``/staff/cases/<uuid>/filing/further/``: to the one record of this filing's subject, or to the register."""

    kinds = (KIND,)

    def get(self, request, public_id):
        rows = list(in_sight(request.user).filter(subject_id=self.file.subject_id)[:2])
        if len(rows) == 1:
            return redirect("oversight:further", further_id=rows[0].public_id)
        return redirect("inside:register", code="further_filings")


class EnterView(InsideView):
    """``/county/further-filings/new/``: one of the county's own documents."""

    authority = "oversight.report"

    def get(self, request):
        return self._page(EnterForm(issuer=self._issuer()))

    def post(self, request):
        form = EnterForm(request.POST, issuer=self._issuer())
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            row = enter(by=request.user, issuer=self._issuer(), **form.cleaned_data)
        except StepRefused as refusal:
            return self._page(form, problems=[("#id_document_number", refusal.message)], status=409)
        messages.success(request, f"报送期限 {_day(row.due_on)}。", extra_tags="已列入")
        return redirect("oversight:further", further_id=row.public_id)

    def _issuer(self) -> Organisation:
        return self.request.user.organisation.county()

    def _page(self, form, problems=(), status=200):
        context = {
            "title": "登记报人大备案的文件",
            "crumbs": [
                ("另行报备台账", reverse("inside:register", kwargs={"code": "further_filings"})), ("登记", ""),
            ],
            "form": form,
            "no_target": not form.fields["target"].choices,
            "problems": problems,
            "page_has_errors": bool(problems),
        }  # fmt: skip
        return render(self.request, "oversight/further_new.html", context, status=status)


class FurtherFilter(django_filters.FilterSet):
    """How the register is narrowed."""

    q = django_filters.CharFilter(label="关键词", field_name="title", lookup_expr="icontains")
    target = django_filters.ChoiceFilter(
        label="接受机关", choices=[(target.code, target.label) for target in TARGETS.values()], empty_label="全部"
    )
    state = django_filters.ChoiceFilter(
        label="状态", method="by_state", empty_label="全部",
        choices=(("open", "待报送"), ("late", "逾期未报"), ("sent", "已报送"), ("received", "已收回执")),
    )  # fmt: skip

    class Meta:
        model = FurtherFiling
        fields: list[str] = []

    def by_state(self, queryset, name, value):
        match value:
            case "open":
                return queryset.filter(sent_on__isnull=True)
            case "late":
                return queryset.filter(sent_on__isnull=True, due_on__lt=today())
            case "sent":
                return queryset.filter(sent_on__isnull=False, received_on__isnull=True)
        return queryset.filter(received_on__isnull=False)


def _day(day):
    return f"{day:%Y-%m-%d}" if day else "—"


REGISTER = register(
    Register(
        code="further_filings",
        label="另行报备台账",
        rows=in_sight,
        filterset=FurtherFilter,
        columns=(
            RegisterColumn(
                "title", "文件", lambda r: r.title,
                lambda r: Cell(
                    r.title, kind="title", sub=r.document_number,
                    url=reverse("oversight:further", kwargs={"further_id": r.public_id}),
                ),
                kind="title", order="title",
            ),
            RegisterColumn("issuer", "报送机关", lambda r: r.issuer.short_name, kind="nowrap"),
            RegisterColumn("target", "接受机关种类", lambda r: target_label(r.target), kind="nowrap", shown=False),
            RegisterColumn("recipient", "接受机关", lambda r: r.recipient),
            RegisterColumn("state", "状态", lambda r: r.state, lambda r: Cell(tag=r.state, tag_kind="now")),
            RegisterColumn("due_on", "报送期限", lambda r: r.due_on, kind="date"),
            RegisterColumn("sent_on", "报送日期", lambda r: r.sent_on, kind="date"),
            RegisterColumn("report_number", "备案报告文号", lambda r: r.report_number, kind="no"),
            RegisterColumn("received_on", "收到回执", lambda r: r.received_on, kind="date"),
            RegisterColumn("receipt_number", "回执号", lambda r: r.receipt_number, kind="no"),
        ),
        presets=(("待报送", "state=open"), ("逾期未报", "state=late")),
        empty_text="报同级人大常委会、乡镇人大主席团备案的文件列在这里。",
    )
)  # fmt: skip
