"""Pages of the existing stock: hand in, look at every row, confirm; then check and register what files gave."""

from django import forms
from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from normative_docs.stock import recording
from normative_docs.stock.columns import BY_CODE, LIST, MOST_ROWS
from normative_docs.stock.models import StockImport, StockLine
from normative_docs.stock.packets import MOST_FILES
from normative_docs.stock.reading import AUTHORITY, hand_in
from normative_docs.views.people import town_of
from portal.accounts.authority import may
from portal.documents.kinds import XLSX
from portal.documents.refusals import FileRefused
from portal.web.forms import UploadField
from portal.web.htmx import render_page
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.inside.worklist import Start, starts
from portal.web.keyset import KeysetPage
from portal.web.office.jobs import shown
from portal.web.tables import Cell, Column, Row, Table
from portal.web.templatetags.portal import stamp
from portal.workflow.refusals import StepRefused

WORKBENCH, HERE = "工作台", "存量文件批量登记"
SHOWN = ("document_number", "issued_on", "effective_on", "valid_until")


class UploadForm(forms.Form):
    upload = UploadField(
        label="清单或者原文压缩包",
        kinds=("xlsx", "zip"),
        help_text=f"按模板填写的清单不超过 {MOST_ROWS} 行；原文压缩包内放 TXT、DOCX、PDF，不超过 {MOST_FILES} 个，"
        "可以附一份清单。",
    )


class StockView(InsideView):
    """Whoever may register existing documents sees the imports of the own town, and no others."""

    authority = AUTHORITY

    def crumbs(self, *more):
        return [(WORKBENCH, reverse("inside:worklist")), *more]


class Template(StockView):
    """``/staff/normative-documents/stock/template.xlsx``"""

    def get(self, request):
        town = town_of(request.user)
        response = HttpResponse(LIST.template(town), content_type=XLSX.content_type)
        name = f"{town.short_name}存量规范性文件登记模板.xlsx"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response


class Imports(StockView):
    """``/staff/normative-documents/stock/``"""

    def get(self, request):
        return self._page(town_of(request.user), UploadForm())

    def post(self, request):
        town = town_of(request.user)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(town, form, 422)
        try:
            handed_in = hand_in(form.cleaned_data["upload"], by=request.user, organisation=town)
        except FileRefused as refusal:
            form.add_error("upload", refusal.reason)
            return self._page(town, form, 422)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(town, form, 403)
        return redirect("stock:import", public_id=handed_in.public_id)

    def _page(self, town, form, status=200):
        imports = StockImport.objects.filter(organisation=town).select_related("handed_in_by").annotate(
            total=Count("lines"), made=Count("lines", filter=Q(lines__document__isnull=False))
        )  # fmt: skip
        page = KeysetPage(imports, self.request, order=[(F("id"), True)])
        table = Table(
            label="已上传的批次",
            columns=[
                Column("文件", kind="title"), Column("种类"), Column("状态"), Column("件数", kind="number"),
                Column("已登记或者立卷", kind="number"), Column("上传人"), Column("上传时间", kind="date"),
            ],
            rows=[self._row(one) for one in page.rows],
            count_text=page.count_text,
            pager=page.pager,
            stack=True,
            empty={"title": "还没有上传过。", "text": "先下载模板填写清单，或者把原文打成压缩包上传。"},
        )  # fmt: skip
        context = {
            "title": HERE,
            "crumbs": self.crumbs(("新建事项", reverse("inside:start")), (HERE, "")),
            "form": form,
            "table": table,
        }
        return render(self.request, "normative_docs/stock/imports.html", context, status=status)

    @staticmethod
    def _row(one):
        return Row(
            key=str(one.public_id),
            name=one.name,
            cells=[
                Cell(one.name, kind="title", url=reverse("stock:import", args=[one.public_id])),
                Cell(one.get_kind_display(), stack_label="种类"),
                Cell(tag=one.get_state_display(), tag_kind="now" if one.is_busy else ""),
                Cell(one.total, kind="number", stack_label="件数"),
                Cell(one.made, kind="number", stack_label="已登记或者立卷"),
                Cell(one.handed_in_by.full_name, stack_label="上传人"),
                Cell(stamp(one.handed_in_at), kind="date", stack_label="上传时间"),
            ],
        )


class OneImport(StockView):
    """``/staff/normative-documents/stock/<uuid>/``: progress, then every row with what it becomes or what is wrong."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.stock_import = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and may(request.user, self.authority):
            found = StockImport.objects.select_related("organisation", "job", "handed_in_by", "confirmed_by")
            self.stock_import = found.filter(public_id=kwargs["public_id"]).first()
            if self.stock_import is None or not may(request.user, self.authority, self.stock_import.organisation):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        act = request.POST.get("act", "")
        try:
            if act == "confirm":
                recording.confirm(self.stock_import, by=request.user)
            elif act == "register":
                picked = [int(key) for key in request.POST.getlist("pick") if key.isdecimal()]
                recording.register(self.stock_import, picked, by=request.user)
            elif act == "drop":
                recording.drop(self.stock_import, by=request.user)
                messages.success(request, "这一批没有登记任何文件。", extra_tags="已放弃")
                return redirect("stock:imports")
            else:
                raise StepRefused("请选择要办理的操作。")
        except StepRefused as refusal:
            self.stock_import.refresh_from_db()
            return self._page(problems=[("", refusal.message)], status=409)
        return redirect("stock:import", public_id=public_id)

    def _page(self, problems=(), status=200):
        one = self.stock_import
        counts = one.lines.aggregate(
            total=Count("pk"),
            new=Count("pk", filter=Q(outcome="new")),
            known=Count("pk", filter=Q(outcome="known")),
            faulty=Count("pk", filter=Q(outcome="faulty")),
            made=Count("pk", filter=Q(document__isnull=False)),
            waiting=Count("pk", filter=Q(document__stage="drafting")),
        )
        context = {
            "title": one.name,
            "crumbs": self.crumbs((HERE, reverse("stock:imports")), (one.name, "")),
            "stock_import": one,
            "counts": counts,
            "act": "立卷为草稿" if one.makes_drafts else "登记",
            "problems": list(problems),
            "job": shown(one.job) if one.job else None,
            "poll_url": self.request.path,
            "views": self._views(counts),
            "table": None if one.is_busy else self._table(counts),
            "may_confirm": one.state == "read" and counts["new"] and (one.makes_drafts or not counts["faulty"]),
        }
        template_name = "normative_docs/stock/import.html"
        return render_page(self.request, template_name, context, part="progress", status=status)

    def _views(self, counts):
        chosen = self.request.GET.get("show", "")
        return [
            {"label": label, "count": counts[name], "url": f"?show={code}" if code else "?", "current": code == chosen}
            for code, name, label in (
                ("", "total", "全部"), ("faulty", "faulty", "有错误"), ("new", "new", "可登记"),
                ("known", "known", "已登记过"),
            )
        ]  # fmt: skip

    def _table(self, counts):
        one = self.stock_import
        lines = one.lines.select_related("known", "document").defer("document__draft_text", "known__draft_text")
        if (chosen := self.request.GET.get("show", "")) in StockLine.Outcome.values:
            lines = lines.filter(outcome=chosen)
        page = KeysetPage(lines, self.request, order=[(F("number"), False), (F("id"), False)])
        may_register = one.state == "done" and counts["waiting"]
        return Table(
            label="读到的文件",
            columns=[
                Column("行" if one.kind == "sheet" else "序号", kind="number"), Column("文件", kind="title"),
                Column("办理"), Column("错误和提示"), *(Column(BY_CODE[code].label) for code in SHOWN),
            ],
            rows=[self._row(line) for line in page.rows],
            count_text=page.count_text,
            pager=page.pager,
            stack=True,
            bulk={"url": self.request.path, "acts": [{"value": "register", "label": "核对无误，登记所选文件"}]}
            if may_register
            else None,
            empty={"title": "没有这样的行。"},
        )  # fmt: skip

    def _row(self, line):
        document = line.document or line.known
        title = line.values.get("title") or line.source or "（未填写标题）"
        return Row(
            key=str(line.pk),
            name=title,
            cells=[
                Cell(line.number, kind="number", stack_label="行"),
                Cell(title, kind="title", url=case_url(document) if document else "", sub=line.source),
                Cell(tag=self._fate(line), tag_kind={"faulty": "late", "new": "now"}.get(line.outcome, "")),
                Cell(_remarks(line), stack_label="错误和提示"),
                *(Cell(line.values.get(code, ""), kind="no", stack_label=BY_CODE[code].label) for code in SHOWN),
            ],
        )

    def _fate(self, line):
        if line.document:
            return line.document.stage_label
        if line.outcome == "new":
            return "立卷为草稿" if self.stock_import.makes_drafts else "登记"
        return "不再登记" if line.outcome == "known" else "有错误"


def _remarks(line: StockLine) -> str:
    """Errors first, then what was not found, then what deserves a look."""
    parts = [f"{label}：{message}" for label, message in line.problems]
    if line.missing:
        parts.append("未识别出：" + "、".join(line.missing))
    return "；".join([*parts, *(warning.rstrip("。") for warning in line.warnings)])


starts.append(
    Start(
        HERE,
        "把此前已经制发的文件成批登记入库：按模板填写清单，或者上传原文压缩包，逐行预览、核对后登记。",
        "stock:imports",
        AUTHORITY,
    )
)
