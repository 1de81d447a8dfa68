"""``/staff/audit/``: asking the audit record, and proving that it is whole. For the audit administrator."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib import messages
from django.db.models import F, Q
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.audit import verbs
from portal.audit.models import Anchor, AuditEntry
from portal.moment import SHANGHAI
from portal.organisations.models import Organisation, OrganisationKind
from portal.web.forms import DayField
from portal.web.inside.access import InsideView
from portal.web.keyset import KeysetPage
from portal.web.office.audit_check import ask_for_verification, is_short, verify_and_record
from portal.web.office.filtering import chips
from portal.web.tables import Cell, Column, Row, Table
from portal.web.templatetags.portal import stamp

HERE = "审计查询"
ANCHORS_SHOWN = 30


class AuditFilter(forms.Form):
    person = forms.CharField(label="人员（姓名或用户名）", required=False, max_length=40)
    verb = forms.ChoiceField(label="行为", required=False)
    number = forms.CharField(label="案卷号", required=False, max_length=60)
    organisation = forms.ModelChoiceField(label="机构", required=False, queryset=Organisation.objects.none())
    since = DayField(label="自", required=False)
    until = DayField(label="至", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", "全部"), *verbs.all_verbs()]
        units = Organisation.objects.exclude(kind=OrganisationKind.COLLECTIVE).order_by("path")
        self.fields["organisation"].queryset = units
        self.fields["organisation"].empty_label = "全部"

    @property
    def more_in_use(self) -> bool:
        return bool(self.data.get("since") or self.data.get("until"))

    def narrow(self, entries):
        """The entries that meet every filled condition."""
        wanted = self.cleaned_data
        if wanted["person"]:
            entries = entries.filter(Q(person_name=wanted["person"]) | Q(person__username=wanted["person"]))
        if wanted["verb"]:
            entries = entries.filter(verb=wanted["verb"])
        if wanted["number"]:
            entries = entries.filter(file__number=wanted["number"])
        if wanted["organisation"]:
            entries = entries.filter(organisation__path__startswith=wanted["organisation"].path)
        if wanted["since"]:
            entries = entries.filter(occurred_at__gte=datetime.combine(wanted["since"], time.min, SHANGHAI))
        if wanted["until"]:
            after = wanted["until"] + timedelta(days=1)
            entries = entries.filter(occurred_at__lt=datetime.combine(after, time.min, SHANGHAI))
        return entries


def tabs(current: str) -> list[dict]:
    pages = (("audit", "审计记录"), ("audit-chains", "审计链核验"))
    return [{"label": label, "url": reverse(f"office:{name}"), "current": name == current} for name, label in pages]


class AuditView(InsideView):
    authority = "audit.read"

    def get(self, request):
        form = AuditFilter(request.GET)
        entries = AuditEntry.objects.select_related("organisation", "file")
        if form.is_valid():
            entries = form.narrow(entries)
        page = KeysetPage(entries, request, order=[(F("id"), True)])
        context = {
            "title": HERE,
            "crumbs": [(HERE, "")],
            "tabs": tabs("audit"),
            "filter_form": form,
            "chips": chips(request, form),
            "form": None if form.is_valid() else form,
            "table": Table(
                label="审计记录",
                columns=[
                    Column("行为", kind="title"), Column("时间", kind="date"), Column("人员"), Column("机构"),
                    Column("案卷号", kind="no"), Column("内容"), Column("链与序号"), Column("摘要值"),
                ],
                rows=[self._row(entry) for entry in page.rows],
                count_text=page.count_text,
                pager=page.pager,
                stack=True,
                empty={"title": "没有符合条件的记录。", "url": request.path, "link": "清除筛选"},
            ),
        }  # fmt: skip
        return render(request, "office/audit.html", context)

    @staticmethod
    def _row(entry):
        who = f"{entry.person_name}（{entry.post}）" if entry.post else entry.person_name or "系统"
        return Row(
            key=str(entry.pk),
            name=str(entry),
            cells=[
                Cell(entry.label, kind="title"),
                Cell(stamp(entry.occurred_at), kind="date", stack_label="时间"),
                Cell(who, stack_label="人员"),
                Cell(entry.organisation.short_name if entry.organisation else "", stack_label="机构"),
                Cell(entry.file.number if entry.file else "", kind="no", stack_label="案卷号"),
                Cell(entry.summary, stack_label="内容"),
                Cell(f"{entry.chain} 第 {entry.sequence} 条", kind="no", stack_label="链与序号"),
                Cell(f"{entry.digest[:12]}…", kind="no", drop=True),
            ],
        )


class ChainsView(InsideView):
    """Whether the chains are whole: the last verification, a button for a new one, the anchors."""

    authority = "audit.read"

    def get(self, request):
        last = AuditEntry.objects.filter(verb=verbs.VERIFIED).order_by("-id").first()
        context = {
            "title": "审计链核验",
            "crumbs": [(HERE, reverse("office:audit")), ("审计链核验", "")],
            "tabs": tabs("audit-chains"),
            "last": last,
            "faults": (last.payload.get("faults") or []) if last else [],
            "anchors": Anchor.objects.all()[:ANCHORS_SHOWN],
        }
        return render(request, "office/audit_chains.html", context)

    def post(self, request):
        if not is_short():
            return redirect("office:job", public_id=ask_for_verification(request.user).public_id)
        result = verify_and_record(request.user)
        if result.is_whole:
            messages.success(request, f"{result.chains} 条链、{result.entries} 条记录全部完整。", extra_tags="核验完成")
        else:
            messages.error(request, f"发现 {len(result.faults)} 处异常，见下表。", extra_tags="核验未通过")
        return redirect("office:audit-chains")
