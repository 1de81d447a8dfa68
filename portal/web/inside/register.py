"""台账: one component for every list of one kind. Filter row, saved views, column choice, keyset pages,
export exactly as filtered with a note sheet, print."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import ColumnChoice, SavedView
from portal.casefiles.numbering import series_shown
from portal.moment import today
from portal.web.forms import read_choices_once
from portal.web.inside.access import InsideView, may_open
from portal.web.keyset import KeysetPage
from portal.web.spreadsheet import Note, workbook
from portal.web.tables import Cell, Column, Row, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED_AT_ONCE = 2000


@dataclass(frozen=True)
class RegisterColumn:
    """One column: ``value(row)`` is the plain value (for the export), ``cell(row)`` how the page shows it."""

    code: str
    label: str
    value: Callable
    cell: Callable | None = None
    kind: str = "text"
    order: str = ""  # field the column sorts by; empty: not sortable
    shown: bool = True


@dataclass(frozen=True)
class Register:
    """A register of one kind of file.

    ``rows(person)`` gives the queryset already in the person's scope; ``filterset`` narrows it, on the page
    and in the API alike, and is given the request. Keys that columns sort by must not be null.
    """

    code: str
    label: str
    rows: Callable
    filterset: type
    columns: tuple[RegisterColumn, ...]
    authority: str = "casefiles.see"
    presets: tuple[tuple[str, str], ...] = field(default=())
    default_order: str = "-id"
    empty_text: str = ""
    new_url: str = ""
    new_label: str = ""


registers: dict[str, Register] = {}


def register(entry: Register) -> Register:
    if registers.setdefault(entry.code, entry) is not entry:
        raise ValueError(f"register {entry.code} is registered twice")
    return entry


def add_column(code: str, column: RegisterColumn, rows: Callable = lambda rows: rows) -> RegisterColumn:
    """Hang a further column into a register, behind its own: for rooms that stand above the register's app.

    :param rows: adds to the queryset what the column reads, so that it asks no question of its own for each row.
    :raises KeyError: no such register. :raises ValueError: the register has a column of that code.
    """
    entry = registers[code]
    if column.code in {own.code for own in entry.columns}:
        raise ValueError(f"register {code} has a column {column.code} already")
    registers[code] = replace(
        entry, columns=(*entry.columns, column), rows=lambda person, own=entry.rows: rows(own(person))
    )
    return column


_NOT_FILTERS = {"after", "before", "size", "order", "view"}


class RegisterView(InsideView):
    """``/staff/registers/<code>/`` with ``columns/``, ``views/`` and ``export/`` below it."""

    authority = "casefiles.see"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = registers.get(kwargs["code"])

    def dispatch(self, request, *args, **kwargs):
        if self.entry is None:
            raise Http404
        self.authority = self.entry.authority
        return super().dispatch(request, *args, **kwargs)

    def url(self, **query) -> str:
        address = reverse("inside:register", kwargs={"code": self.entry.code})
        return f"{address}?{urlencode(query)}" if query else address

    def new_url(self) -> str:
        """Where a new one is opened; empty for those who may not."""
        address = reverse(self.entry.new_url) if self.entry.new_url else ""
        return address if address and may_open(self.request.user, address) else ""

    def filtered(self):
        rows = self.entry.rows(self.request.user)
        filterset = self.entry.filterset(self.request.GET, queryset=rows, request=self.request)
        read_choices_once(filterset.form)
        return filterset, filterset.qs

    def columns(self) -> list[RegisterColumn]:
        choice = ColumnChoice.objects.filter(person=self.request.user, register=self.entry.code).first()
        if choice is None:
            return [column for column in self.entry.columns if column.shown]
        kept = [column for column in self.entry.columns if column.code in choice.columns]
        return kept or list(self.entry.columns)

    def order(self) -> tuple[str, list]:
        wanted = self.request.GET.get("order", "")
        allowed = {column.order for column in self.entry.columns if column.order}
        if wanted.lstrip("-") not in allowed:
            wanted = self.entry.default_order
        keys = [(F(wanted.lstrip("-")), wanted.startswith("-"))]
        if wanted.lstrip("-") != "id":
            keys.append((F("id"), wanted.startswith("-")))
        return wanted, keys

    def get(self, request, code):
        filterset, rows = self.filtered()
        wanted, keys = self.order()
        page = KeysetPage(rows, request, order=keys)
        chosen = self.columns()
        context = {
            "title": self.entry.label,
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("台账", reverse("inside:registers")),
                (self.entry.label, ""),
            ],
            "entry": self.entry,
            "new_url": self.new_url(),
            "views": self._views(),
            "filter_form": filterset.form,
            "form": None if filterset.form.is_valid() else filterset.form,
            "action": self.url(),
            "clear_url": self.url(),
            "chips": self._chips(filterset),
            "table": self._table(page, chosen, wanted),
            "query": request.GET.urlencode(),
            "save_url": reverse("inside:register-views", kwargs={"code": self.entry.code}),
        }
        return render(request, "inside/register.html", context)

    def _table(self, page, chosen, wanted):
        columns = []
        for column in chosen:
            state, url = "", ""
            if column.order:
                if wanted.lstrip("-") == column.order:
                    state = "descending" if wanted.startswith("-") else "ascending"
                flipped = column.order if state == "descending" or not state else f"-{column.order}"
                kept = {k: v for k, v in self.request.GET.items() if k not in ("after", "before", "order")}
                url = "?" + urlencode({**kept, "order": flipped})
            columns.append(Column(column.label, column.code, column.kind, url, state))
        rows = [
            Row(
                key=str(item.pk),
                name=str(item),
                cells=[
                    column.cell(item) if column.cell else Cell(_shown(column.value(item)), kind=column.kind)
                    for column in chosen
                ],
            )
            for item in page.rows
        ]
        export = reverse("inside:register-export", kwargs={"code": self.entry.code})
        count = page.count_text.removeprefix("共 ")
        tools = []
        if page.rows:
            tools.append(
                {"url": f"{export}?{self.request.GET.urlencode()}", "label": f"导出 Excel（{count}，{len(chosen)} 列）"}
            )
        filtered = any(value for key, value in self.request.GET.items() if key not in _NOT_FILTERS)
        empty = (
            {"title": "没有符合筛选条件的记录。", "url": self.url(), "link": "清除筛选"}
            if filtered
            else {
                "title": f"{self.entry.label}还没有记录。",
                "text": self.entry.empty_text,
                "url": self.new_url(),
                "link": self.entry.new_label,
            }
        )
        return Table(
            label=self.entry.label,
            columns=columns,
            rows=rows,
            count_text=page.count_text,
            tools=tools,
            column_choice={
                "url": reverse("inside:register-columns", kwargs={"code": self.entry.code}),
                "columns": [
                    {"code": column.code, "label": column.label, "shown": column in chosen}
                    for column in self.entry.columns
                ],
            },
            pager=page.pager,
            empty=empty,
        )

    def _views(self):
        current = self.request.GET.get("view", "")
        views = [{"label": "全部", "url": self.url(), "current": not current and not self.request.GET}]
        for label, query in self.entry.presets:
            views.append({"label": label, "url": f"{self.url()}?{query}&view={label}", "current": current == label})
        for saved in SavedView.objects.filter(person=self.request.user, register=self.entry.code):
            view = {"label": saved.name, "url": f"{self.url()}?{saved.query}&view={saved.name}"}
            views.append(view | {"current": current == saved.name})
        return views

    def _chips(self, filterset):
        chips = []
        for name, field_ in filterset.form.fields.items():
            value = self.request.GET.get(name, "")
            if not value:
                continue
            kept = {k: v for k, v in self.request.GET.items() if k not in (name, "after", "before")}
            choices = dict(getattr(field_, "choices", ()) or ())
            words = choices.get(value) or next((str(v) for k, v in choices.items() if str(k) == value), value)
            chips.append({"label": f"{field_.label}：{words}", "url": self.url(**kept)})
        return chips


class ColumnsView(RegisterView):
    def get(self, request, code):
        return redirect(self.url())

    def post(self, request, code):
        known = [column.code for column in self.entry.columns]
        chosen = [column for column in request.POST.getlist("column") if column in known]
        ColumnChoice.objects.update_or_create(
            person=request.user, register=self.entry.code, defaults={"columns": chosen or known}
        )
        return redirect(self.url())


class ViewsView(RegisterView):
    """Keep the present filter under a name, or drop a kept one."""

    def get(self, request, code):
        return redirect(self.url())

    def post(self, request, code):
        name = request.POST.get("name", "").strip()[:40]
        if request.POST.get("act") == "drop":
            SavedView.objects.filter(person=request.user, register=self.entry.code, name=name).delete()
            return redirect(self.url())
        query = QueryDict(request.POST.get("query", "")[:900], mutable=True)
        for key in ("after", "before", "view"):
            query.pop(key, None)
        if not name:
            messages.warning(request, "请给视图起个名称。", extra_tags="没有保存")
            return redirect(f"{self.url()}?{query.urlencode()}")
        SavedView.objects.update_or_create(
            person=request.user, register=self.entry.code, name=name, defaults={"query": query.urlencode()}
        )
        query["view"] = name
        return redirect(f"{self.url()}?{query.urlencode()}")


class ExportView(RegisterView):
    """The rows and columns of the page as XLSX, exactly as filtered; the second sheet says who, when, what."""

    def get(self, request, code):
        filterset, rows = self.filtered()
        _, keys = self.order()
        ordering = [expression.desc() if descending else expression.asc() for expression, descending in keys]
        rows = rows.order_by(*ordering)
        total = rows[: MOST_EXPORTED_AT_ONCE + 1].count()
        if total > MOST_EXPORTED_AT_ONCE:
            messages.warning(
                request, f"一次最多导出 {MOST_EXPORTED_AT_ONCE} 条，请先缩小筛选范围。", extra_tags="没有导出"
            )
            return redirect(f"{self.url()}?{request.GET.urlencode()}")
        chosen = self.columns()
        data = [[column.value(item) for column in chosen] for item in rows]
        person = request.user
        conditions = "；".join(chip["label"] for chip in self._chips(filterset)) or "无（全部）"
        notes = [
            Note("台账", self.entry.label),
            Note("导出人", f"{person.full_name}（{person.post_on(today())}）"),
            Note("导出日期", today()),
            Note("筛选条件", conditions),
            Note("行数", len(data)),
            Note("列", "、".join(column.label for column in chosen)),
        ]
        content = workbook(self.entry.label, [column.label for column in chosen], data, notes)
        record(
            verbs.EXPORTED,
            by=person,
            organisation=person.organisation,
            summary=f"{self.entry.label}，{len(data)} 行；{conditions}"[:400],
        )
        name = f"{self.entry.label}_{person.organisation.short_name}_{today():%Y%m%d}.xlsx"
        response = HttpResponse(content, content_type=XLSX)
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class RegistersView(InsideView):
    """``/staff/registers/``: all registers that this person may open."""

    authority = "casefiles.see"

    def get(self, request):
        rows = [
            {
                "label": entry.label,
                "url": reverse("inside:register", kwargs={"code": entry.code}),
                "text": entry.empty_text,
            }
            for entry in registers.values()
            if may(request.user, entry.authority)
        ]
        if any(may(request.user, series.authority) for series in series_shown.values()):
            rows.append(
                {
                    "label": "编号台账",
                    "url": reverse("office:numbers"),
                    "text": "每个编号的去向：已使用、预留、作废；在这里预留和作废编号。",
                }
            )
        context = {"title": "台账", "crumbs": [("工作台", reverse("inside:worklist")), ("台账", "")], "registers": rows}
        return render(request, "inside/registers.html", context)


def _shown(value):
    if value is True:
        return "是"
    if value is False:
        return "否"
    return value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else value
