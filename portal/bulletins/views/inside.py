"""The county's pages of bulletins: list, start, write with the figures beside, and the files behind a figure."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.bulletins.composing import amount, towns_of, unit_codes, whole_codes
from portal.bulletins.effects import PAPER_JOB, ask_for_paper
from portal.bulletins.forms import StartForm, text_form
from portal.bulletins.models import Bulletin
from portal.bulletins.periods import Span
from portal.bulletins.workflow import WORKFLOW
from portal.bulletins.writing import digest_of, owed, refresh, start_bulletin, write
from portal.casefiles.models import CaseFile
from portal.indicators.registry import Unit, indicators
from portal.jobs.models import Job
from portal.jobs.queue import retry
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url, identity_of, step_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.perform import available
from portal.workflow.refusals import StepRefused

GOAL = 100


def _day(day) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


class BulletinsView(InsideView):
    """``/county/bulletins/``"""

    authority = "county.see"

    def get(self, request):
        county = request.user.organisation.county()
        may_write = may(request.user, "oversight.report", county)
        page = KeysetPage(
            Bulletin.objects.visible_to(request.user), request, order=[(F("last_day"), True), (F("pk"), True)]
        )
        due = owed(county, today())
        context = {
            "title": "备案审查情况通报",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("情况通报", "")],
            "table": Table(
                label="备案审查情况通报",
                columns=[
                    Column("通报", kind="title"), Column("环节"), Column("期间"), Column("审签日期", kind="date"),
                    Column("公开日期", kind="date"),
                ],
                rows=[self._row(bulletin) for bulletin in page.rows],
                count_text=page.count_text, pager=page.pager, stack=True, empty={"title": "还没有情况通报。"},
            ),
            "may_write": may_write,
            "due": due,
            "due_url": f"{reverse('bulletins:new')}?span={due.span.key}" if due else "",
        }  # fmt: skip
        return render(request, "bulletins/list.html", context)

    @staticmethod
    def _row(bulletin) -> Row:
        return Row(
            key=str(bulletin.public_id), name=bulletin.title,
            cells=[
                Cell(
                    bulletin.title, kind="title", sub=bulletin.document_number or bulletin.number,
                    url=reverse("bulletins:write", kwargs={"public_id": bulletin.public_id}),
                ),
                Cell(tag=bulletin.stage_label, tag_kind="now", stack_label="环节"),
                Cell(f"{_day(bulletin.first_day)} 至 {_day(bulletin.last_day)}", kind="nowrap", stack_label="期间"),
                Cell(_day(bulletin.approved_on), kind="date", stack_label="审签日期"),
                Cell(_day(bulletin.published_on), kind="date", stack_label="公开日期"),
            ],
        )  # fmt: skip


class StartView(InsideView):
    """``/county/bulletins/new/``"""

    authority = "oversight.report"

    def get(self, request):
        wanted = request.GET.get("span", "")
        due = owed(request.user.organisation.county(), today())
        return self._page(StartForm(initial={"span": wanted or (due.span.key if due else "")}))

    def post(self, request):
        form = StartForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        span: Span = form.cleaned_data["span"]
        try:
            bulletin = start_bulletin(by=request.user, county=request.user.organisation.county(), span=span)
        except StepRefused as refusal:
            return self._page(form, problems=[("#id_span", refusal.message)], status=409)
        messages.success(request, f"已按记录汇总{span.label}数据。", extra_tags="已立卷")
        return redirect("bulletins:write", public_id=bulletin.public_id)

    def _page(self, form, problems=(), status=200):
        context = {
            "title": "编制备案审查情况通报",
            "crumbs": [("情况通报", reverse("bulletins:list")), ("编制", "")],
            "form": form,
            "problems": problems,
            "page_has_errors": bool(problems),
        }
        return render(self.request, "bulletins/start.html", context, status=status)


class BulletinView(FileView):
    """A page of one bulletin."""

    authority = "county.see"
    changes = "oversight.report"
    kinds = (WORKFLOW.code,)


class WriteView(BulletinView):
    """``/county/bulletins/<uuid>/``: the parts to write, and every figure with its files."""

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        try:
            if request.POST.get("act") == "refresh":
                changed = refresh(self.file, by=request.user)
                text = f"{changed} 项数据有变化，已写入文字；标为待核对的部分请核对。" if changed else "数据没有变化。"
                messages.success(request, text, extra_tags="已更新数据")
                return redirect("bulletins:write", public_id=self.file.public_id)
            return self._write()
        except StepRefused as refusal:
            form = text_form(self._sections(), request.POST) if "act" not in request.POST else None
            return self._page(form, problems=[("", refusal.message)], status=409)

    def _write(self):
        sections = self._sections()
        form = text_form(sections, self.request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        data = form.cleaned_data
        texts = {one.code: (data[f"text_{one.code}"], data[f"seen_{one.code}"]) for one in sections}
        write(self.file, by=self.request.user, texts=texts)
        messages.success(self.request, "各部分文字已保存。", extra_tags="已保存")
        return redirect("bulletins:write", public_id=self.file.public_id)

    def _sections(self):
        sections = list(self.file.sections.all())
        for section in sections:
            section.seen = digest_of(section)
        return sections

    def _page(self, form=None, problems=(), status=200):
        file, person = self.file, self.request.user
        sections = self._sections()
        writing = file.is_writable and self.may_change()
        asked = Job.objects.filter(kind=PAPER_JOB, key=f"bulletin:{file.pk}").order_by("-id").first()
        publication = file.publications.order_by("-id").first()
        context = {
            "title": file.title,
            "crumbs": [("情况通报", reverse("bulletins:list")), (file.title, "")],
            "file": file,
            "identity": identity_of(file),
            "sections": sections,
            "text_form": (form or text_form(sections)) if writing else None,
            "form": form,
            "changed": len(file.changed_figures()) if writing else 0,
            "matrix": self._matrix(),
            "findings": self._findings(),
            "job": _job_view(asked, file) if asked is not None else None,
            "poll_url": reverse("bulletins:paper", kwargs={"public_id": file.public_id}),
            "may_ask": self.may_change() and not file.is_closed and (asked is None or asked.state != Job.State.RUNNING),
            "steps": [
                {"label": step.label, "url": step_url(file, step.code), "main": step.main}
                for step in available(file, person)
            ],
            "public_url": f"/docs/{publication.year}/{publication.serial}/" if publication else "",
            "case_url": case_url(file),
            "problems": problems,
            "page_has_errors": bool(problems),
        }  # fmt: skip
        return render(self.request, "bulletins/write.html", context, status=status)

    def _url(self, unit: Organisation, code: str) -> str:
        return reverse("bulletins:figure", args=[self.file.public_id, unit.code, code])

    def _matrix(self) -> dict:
        kept = self.file.kept()
        codes = [code for code in unit_codes() if code in indicators]
        rows = []
        for unit in (*towns_of(self.file), self.file.organisation):
            cells = []
            for code in codes:
                value = kept.get((unit.pk, code))
                short = value is not None and value.value is not None and _is_short(code, value.value)
                cells.append(
                    {
                        "value": amount(code, value.value) if value else "无",
                        "url": self._url(unit, code) if value else "",
                        "state": "nil" if value is None or value.value is None else ("late" if short else ""),
                    }
                )
            rows.append({"label": "全县" if unit.pk == self.file.organisation_id else unit.short_name, "cells": cells})
        return {
            "label": f"{self.file.span.label}报备情况",
            "first": "乡镇（街道）",
            "columns": [indicators[code].label for code in codes],
            "rows": rows,
        }

    def _findings(self) -> list[dict]:
        county, units = self.file.organisation, set(unit_codes())
        kept = self.file.kept()
        return [
            {"key": indicators[code].label, "value": amount(code, kept[county.pk, code].value),
             "url": self._url(county, code)}
            for code in whole_codes()
            if code not in units and (county.pk, code) in kept
        ]  # fmt: skip


def _is_short(code: str, value) -> bool:
    if indicators[code].unit == Unit.PERCENT:
        return value < GOAL
    return code == "oversight.overdue" and value > 0


def _job_view(job: Job, bulletin) -> dict:
    return {
        "name": job.label, "state": job.state, "percent": job.progress, "note": job.message, "url": job.result_url,
        "link": "查看文本", "retry_url": reverse("bulletins:paper", kwargs={"public_id": bulletin.public_id}),
    }  # fmt: skip


class PaperView(BulletinView):
    """``/county/bulletins/<uuid>/paper/``: how far the paper is; a POST has it made, or tried again."""

    def get(self, request, public_id):
        asked = Job.objects.filter(kind=PAPER_JOB, key=f"bulletin:{self.file.pk}").order_by("-id").first()
        if asked is None:
            return redirect("bulletins:write", public_id=self.file.public_id)
        context = {"job": _job_view(asked, self.file), "poll_url": request.path}
        return render(request, "components/job.html", context)

    def post(self, request, public_id):
        if self.file.is_closed:
            messages.warning(request, "通报已经公开，文本不再重新生成。", extra_tags="没有生成")
        else:
            asked = Job.objects.filter(kind=PAPER_JOB, key=f"bulletin:{self.file.pk}").order_by("-id").first()
            if asked is not None and asked.state == Job.State.FAILED:
                retry(asked)
            else:
                ask_for_paper(self.file, request.user)
            messages.success(request, "完成后列在材料中。", extra_tags="已开始生成")
        return redirect("bulletins:write", public_id=self.file.public_id)


class FigureView(BulletinView):
    """``/county/bulletins/<uuid>/<unit>/<code>/``: the files that were counted when the figure was kept."""

    def get(self, request, public_id, unit, code):
        figure = self.file.figures.filter(unit__code=unit, code=code).select_related("value", "unit").first()
        if figure is None or code not in indicators:
            raise Http404
        keys = list(figure.value.counted)
        files = CaseFile.objects.filter(public_id__in=keys).select_related("organisation")
        page = KeysetPage(files, request, order=[(F("id"), True)])
        visible = set(
            CaseFile.objects.visible_to(request.user)
            .filter(pk__in=[file.pk for file in page.rows])
            .values_list("pk", flat=True)
        )
        rows = [
            Row(
                key=str(file.public_id), name=file.title,
                cells=[
                    Cell(file.title, kind="title", sub=file.number, url=case_url(file) if file.pk in visible else ""),
                    Cell(file.organisation.short_name, kind="nowrap", stack_label="单位"),
                ],
            )
            for file in page.rows
        ]  # fmt: skip
        known = indicators[code]
        context = {
            "title": f"{figure.unit.short_name}{known.label}",
            "crumbs": [
                ("情况通报", reverse("bulletins:list")),
                (self.file.title, reverse("bulletins:write", kwargs={"public_id": public_id})),
                (known.label, ""),
            ],
            "file": self.file,
            "value": amount(code, figure.value.value),
            "of": figure.value.of,
            "known": known,
            "kept_at": figure.value.computed_at,
            "table": Table(
                label="所计案卷", columns=[Column("文件", kind="title"), Column("单位")], rows=rows,
                count_text=page.count_text, pager=page.pager, stack=True, empty={"title": "没有计入的案卷。"},
            ),
        }  # fmt: skip
        return render(request, "bulletins/figure.html", context)
