"""``/county/rules/calendar/``: the yearly holiday notices, and what a new or corrected one moves."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.deadlines.calendar import Notice, NoticeDay, weekday_name
from portal.deadlines.models import CalendarDay, CalendarNotice, Deadline
from portal.deadlines.notices import apply_notice, preview_notice
from portal.moment import today
from portal.web.forms import UploadField
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.office.notice_text import as_lines, read_lines
from portal.web.office.rules import HERE, MOST_LISTED, named_or_hidden, own_county, tabs
from portal.web.tables import Cell, Column, Row, Table

FIRST_YEAR, LAST_YEAR = 2004, 2100
PUBLIC_TITLE = "国务院办公厅关于{year}年部分节假日安排的通知"


class NoticeForm(forms.Form):
    """A year's notice, as text or as a file; ``cleaned_data["notice"]`` is what was read."""

    year = forms.IntegerField(label="年份", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    region = forms.ChoiceField(label="适用范围", required=False)
    title = forms.CharField(label="通知标题", max_length=200)
    source = forms.CharField(label="出处", max_length=300, help_text="文号和日期，例如 国办发明电〔2025〕7号。")
    lines = forms.CharField(
        label="放假安排",
        required=False,
        help_text="可以直接粘贴通知正文的逐条安排，也可以每行写：名称，首日，末日，调休上班日（多日用空格隔开）。",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = UploadField(label="或者上传文件", kinds=("csv", "txt"), max_megabytes=1, required=False)

    def __init__(self, *args, county, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", "全国安排"), (county.region, f"{county.short_name}另行规定的放假日")]
        upload = self.fields["file"]
        upload.help_text = "CSV、TXT，或者本系统格式的 TOML（改名为 .txt）。"

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        text = cleaned.get("lines", "")
        if cleaned.get("file"):
            try:
                text = cleaned["file"].read().decode("utf-8-sig")
            except UnicodeDecodeError as unreadable:
                raise ValidationError({"file": "文件不是 UTF-8 编码的文本，请另存为 UTF-8。"}) from unreadable
        if not text.strip():
            raise ValidationError({"lines": "请填写放假安排，或者上传文件。"})
        try:
            cleaned["notice"] = read_lines(text, cleaned["year"], cleaned["title"], cleaned["source"])
        except ValueError as unreadable:
            raise ValidationError({"file" if cleaned.get("file") else "lines": str(unreadable)}) from unreadable
        return cleaned


class CalendarView(InsideView):
    """All loaded notices, newest year first."""

    authority = "county.rules"

    def get(self, request):
        county = own_county(request.user)
        notices = CalendarNotice.objects.filter(region__in=("", county.region)).select_related("loaded_by")
        counts: dict[tuple[int, str], list[int]] = {}
        for day, region, is_workday in CalendarDay.objects.filter(region__in=("", county.region)).values_list(
            "day", "region", "is_workday"
        ):
            counts.setdefault((day.year, region), [0, 0])[is_workday] += 1
        rows = [self._row(notice, *counts.get((notice.year, notice.region), (0, 0))) for notice in notices]
        years = {notice.year for notice in notices if not notice.region}
        context = {
            "title": "放假安排",
            "crumbs": [(HERE, reverse("office:rules")), ("放假安排", "")],
            "tabs": tabs("calendar"),
            "missing": [year for year in (today().year, today().year + 1) if year not in years],
            "provisional": Deadline.objects.filter(state__in=Deadline.OPEN, provisional=True).count(),
            "table": Table(
                label="放假安排",
                columns=[
                    Column("年份", kind="title"), Column("通知"), Column("放假天数", kind="number"),
                    Column("调休上班", kind="number"), Column("载入日期", kind="date"), Column("载入人"),
                ],
                rows=rows,
                count_text=f"共 {len(rows)} 个",
                stack=True,
                empty={"title": "还没有载入任何年份的放假安排。"},
            ),
        }  # fmt: skip
        return render(request, "office/calendar.html", context)

    @staticmethod
    def _row(notice, off, worked):
        url = reverse("office:calendar-year", args=[notice.year])
        return Row(
            key=str(notice.pk),
            name=notice.title,
            cells=[
                Cell(f"{notice.year} 年", kind="title", url=f"{url}?region={notice.region}" if notice.region else url),
                Cell(notice.title, stack_label="通知"),
                Cell(off, kind="number", stack_label="放假天数"),
                Cell(worked, kind="number", stack_label="调休上班"),
                Cell(f"{notice.loaded_on:%Y-%m-%d}", kind="date", stack_label="载入日期"),
                Cell(notice.loaded_by.full_name if notice.loaded_by else "随系统提供", stack_label="载入人"),
            ],
        )


class CalendarYearView(InsideView):
    """One year: its days, and loading or correcting it after a preview of the dates that move."""

    authority = "county.rules"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.year = kwargs["year"]
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise Http404

    def get(self, request, year):
        county = own_county(request.user)
        region = request.GET.get("region", "")
        if region not in ("", county.region):
            raise Http404
        stored = self._stored(region)
        initial = {"year": year, "region": region, "title": PUBLIC_TITLE.format(year=year)}
        if stored is not None:
            initial |= {"title": stored.title, "source": stored.source, "lines": as_lines(stored.days.items())}
        return self._page(NoticeForm(initial=initial, county=county), stored)

    def post(self, request, year):
        form = NoticeForm(request.POST, request.FILES, county=own_county(request.user))
        region = request.POST.get("region", "")
        if not form.is_valid() or "revise" in request.POST:
            return self._page(form, self._stored(region), 200 if form.is_valid() else 422)
        notice, region = form.cleaned_data["notice"], form.cleaned_data["region"]
        if request.POST.get("confirmed") != "yes":
            return self._preview(form, notice, region)
        moved = apply_notice(notice, by=request.user, region=region)
        messages.success(
            request, f"{notice.title}已载入，{len(moved)} 项期限重新推算，原日期保留在各案卷的审计记录中。",
            extra_tags="已载入",
        )  # fmt: skip
        return redirect("office:calendar")

    def _stored(self, region: str) -> Notice | None:
        notice = CalendarNotice.objects.filter(year=self.year, region=region).first()
        if notice is None:
            return None
        days = CalendarDay.objects.filter(region=region, day__year=self.year)
        named = {
            day: NoticeDay(is_workday, name) for day, is_workday, name in days.values_list("day", "is_workday", "name")
        }
        return Notice(notice.year, notice.title, notice.source, named)

    def _page(self, form, stored, status=200):
        context = {
            "title": f"{self.year} 年放假安排",
            "crumbs": [
                (HERE, reverse("office:rules")), ("放假安排", reverse("office:calendar")), (f"{self.year} 年", ""),
            ],
            "form": form,
            "stored": stored,
            "days": _day_rows(stored) if stored else [],
        }  # fmt: skip
        return render(self.request, "office/calendar_year.html", context, status=status)

    def _preview(self, form, notice, region):
        moved = preview_notice(notice, region)
        seen = named_or_hidden([change.deadline.file for change in moved[:MOST_LISTED]], self.request.user)
        rows = [
            {
                "change": change,
                "file": change.deadline.file,
                "title": change.deadline.file.title if change.deadline.file_id in seen else "尚未报县的事项",
                "url": case_url(seen[change.deadline.file_id]) if change.deadline.file_id in seen else "",
            }
            for change in moved[:MOST_LISTED]
        ]
        context = {
            "title": f"确认：{notice.title}",
            "crumbs": [
                (HERE, reverse("office:rules")), ("放假安排", reverse("office:calendar")), ("确认", ""),
            ],
            "notice": notice,
            "region": region,
            "is_correction": self._stored(region) is not None,
            "days": _day_rows(notice),
            "rows": rows,
            "moved": len(moved),
            "not_listed": max(0, len(moved) - MOST_LISTED),
            "answers": [
                ("year", notice.year), ("region", region), ("title", notice.title), ("source", notice.source),
                ("lines", as_lines(notice.days.items())),
            ],
        }  # fmt: skip
        return render(self.request, "office/calendar_preview.html", context)


def _day_rows(notice) -> list[dict]:
    return [
        {"day": day, "weekday": weekday_name(day), "name": named.name, "is_workday": named.is_workday}
        for day, named in sorted(notice.days.items())
    ]
