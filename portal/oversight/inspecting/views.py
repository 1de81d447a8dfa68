"""Pages of inspections: the county's list, a new one, and the one page on which county and town work."""

from django.contrib import messages
from django.db.models import Count, F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.casefiles.models import CaseFile
from portal.documents.papers import file_index
from portal.jobs.models import Job
from portal.moment import today
from portal.organisations.models import Organisation
from portal.oversight.inspecting.effects import PAPER_JOB
from portal.oversight.inspecting.forms import AnswerForm, DocumentsForm, FindingForm, OpenForm, SummaryForm
from portal.oversight.inspecting.gates import OPINION
from portal.oversight.inspecting.recording import (
    add_finding,
    answer_finding,
    documents_of,
    look_at,
    open_inspection,
    take_back,
    write_summary,
)
from portal.oversight.inspecting.workflow import WORKFLOW, Stage
from portal.oversight.models import Inspection
from portal.oversight.views.staff import job_view
from portal.oversight.views.supervision import supervised
from portal.web.inside import case_page
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url, identity_of, step_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.perform import available
from portal.workflow.refusals import StepRefused


def _day(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def sees_everything(person, inspection) -> bool:
    """The county always; the town once the opinion was issued or the inspection closed."""
    return inspection.has_been_issued or may(person, "oversight.inspect", inspection.organisation)


def facts(inspection) -> list[dict]:
    return [
        {"key": "被检查单位", "value": inspection.organisation.name},
        {"key": "检查类别", "value": inspection.get_inspection_kind_display()},
        {"key": "检查日期", "value": _day(inspection.inspected_on), "is_number": True},
        {"key": "检查人员", "value": inspection.inspectors},
        {"key": "检查内容", "value": inspection.scope_text, "wide": True},
        {"key": "检查意见书", "value": inspection.opinion_number, "is_number": True},
        {"key": "下达日期", "value": _day(inspection.issued_on), "is_number": True},
        {"key": "整改期限", "value": _day(inspection.rectify_until), "is_number": True},
        {"key": "报送整改日期", "value": _day(inspection.answered_on), "is_number": True},
    ]


def _work_on(inspection, person):
    return {"work_url": reverse("oversight:inspection", kwargs={"public_id": inspection.public_id})}


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        number=lambda inspection: inspection.opinion_number or inspection.number,
        slots=lambda inspection: (OPINION,),
        sections=(case_page.Section("oversight/part_inspection.html", _work_on, anchor="inspection"),),
    )
)


class InspectionsView(InsideView):
    """``/county/inspections/``; ``?stage=`` narrows."""

    authority = "oversight.inspect"

    def get(self, request):
        found = Inspection.objects.visible_to(request.user)
        counts = dict(found.order_by().values_list("stage").annotate(count=Count("pk")))
        stage = request.GET.get("stage", "")
        stage = stage if stage in Stage.values else ""
        rows = found.filter(stage=stage) if stage else found
        page = KeysetPage(
            rows.select_related("organisation").annotate(problems=Count("findings")), request,
            order=[(F("inspected_on"), True), (F("pk"), True)],
        )  # fmt: skip
        here = reverse("oversight:inspections")
        context = {
            "title": "文件工作检查",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("文件工作检查", "")],
            "tabs": [
                {"label": "全部", "url": here, "current": not stage, "count": sum(counts.values())},
                *(
                    {"label": one.label, "url": f"{here}?stage={one}", "current": stage == one,
                     "count": counts.get(one.value, 0)}
                    for one in Stage
                ),
            ],
            "table": Table(
                label="文件工作检查",
                columns=[
                    Column("检查", kind="title"), Column("类别"), Column("环节"), Column("检查日期", kind="date"),
                    Column("问题"), Column("整改期限", kind="date"),
                ],
                rows=[self._row(inspection) for inspection in page.rows],
                count_text=page.count_text, pager=page.pager, stack=True,
                empty={"title": "没有检查记录。", "url": reverse("oversight:inspection-new"), "link": "登记检查"},
            ),
            "new_url": reverse("oversight:inspection-new"),
        }  # fmt: skip
        return render(request, "oversight/inspections.html", context)

    @staticmethod
    def _row(inspection) -> Row:
        late = inspection.stage == Stage.RECTIFYING and inspection.rectify_until < today()
        return Row(
            key=str(inspection.public_id), name=inspection.title,
            cells=[
                Cell(
                    inspection.title, kind="title", sub=inspection.opinion_number or inspection.number,
                    url=reverse("oversight:inspection", kwargs={"public_id": inspection.public_id}),
                ),
                Cell(inspection.get_inspection_kind_display(), kind="nowrap", stack_label="类别"),
                Cell(tag=inspection.stage_label + ("（逾期）" if late else ""), tag_kind="now", stack_label="环节"),
                Cell(_day(inspection.inspected_on), kind="date", stack_label="检查日期"),
                Cell(inspection.problems, kind="number", stack_label="问题"),
                Cell(_day(inspection.rectify_until), kind="date", stack_label="整改期限"),
            ],
        )  # fmt: skip


class NewInspectionView(InsideView):
    """``/county/inspections/new/``"""

    authority = "oversight.inspect"

    def get(self, request):
        initial = {"inspected_on": today(), "inspectors": request.user.full_name, "town": request.GET.get("town", "")}
        return self._page(OpenForm(initial=initial, towns=self._towns()))

    def post(self, request):
        form = OpenForm(request.POST, towns=self._towns())
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            inspection = open_inspection(by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            return self._page(form, problems=[("", refusal.message)], status=409)
        messages.success(request, f"案卷号 {inspection.number}。请写明所查文件和发现的问题。", extra_tags="已立卷")
        return redirect("oversight:inspection", public_id=inspection.public_id)

    def _towns(self):
        return Organisation.objects.filter(pk__in=[town.pk for town in supervised(self.request.user)]).order_by("path")

    def _page(self, form, problems=(), status=200):
        context = {
            "title": "登记文件工作检查",
            "crumbs": [("文件工作检查", reverse("oversight:inspections")), ("登记", "")],
            "form": form,
            "problems": problems,
            "page_has_errors": bool(problems),
        }
        return render(self.request, "oversight/inspection_new.html", context, status=status)


class InspectionView(FileView):
    """``/staff/cases/<uuid>/inspection/``: a POST names its ``act``."""

    kinds = (WORKFLOW.code,)

    def may_change(self) -> bool:
        return self._is_county() or may(self.request.user, "oversight.file", self.file.organisation)

    def _is_county(self) -> bool:
        return may(self.request.user, "oversight.inspect", self.file.organisation)

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        acts = {"answer": self._answer}
        if self._is_county():
            acts = {
                "documents": self._documents, "summary": self._summary, "add": self._add, "take_back": self._take_back,
            }  # fmt: skip
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            return self._page(problems=[("", "没有选择要办理的内容。")], status=422)
        try:
            return act()
        except StepRefused as refusal:
            return self._page(problems=[("", refusal.message)], status=409)

    def _here(self, anchor: str):
        return redirect(f"{self.request.path}#{anchor}")

    def _documents(self):
        form = DocumentsForm(self.request.POST, documents=documents_of(self.file.organisation))
        if not form.is_valid():
            return self._page(documents_form=form, status=422)
        look_at(self.file, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "所查文件已更新。", extra_tags="已添加")
        return self._here("documents")

    def _summary(self):
        form = SummaryForm(self.request.POST)
        if not form.is_valid():
            return self._page(summary_form=form, status=422)
        write_summary(self.file, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "检查情况已保存。", extra_tags="已保存")
        return self._here("facts-h")

    def _add(self):
        form = FindingForm(self.request.POST)
        if not form.is_valid():
            return self._page(finding_form=form, status=422)
        finding = add_finding(self.file, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"{finding}。", extra_tags="已记下")
        return self._here("findings")

    def _finding(self):
        number = self.request.POST.get("finding", "")
        return get_object_or_404(self.file.findings, number=number if number.isdigit() and len(number) < 5 else 0)

    def _take_back(self):
        finding = self._finding()
        take_back(finding, by=self.request.user)
        messages.success(self.request, f"第 {finding.number} 条。", extra_tags="已撤回")
        return self._here("findings")

    def _answer(self):
        finding = self._finding()
        form = AnswerForm(self.request.POST, auto_id=f"id_{finding.number}_%s")
        if not form.is_valid():
            return self._page(answer_form=(finding.number, form), status=422)
        answer_finding(finding, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"{finding}已答复。", extra_tags="已保存")
        return self._here(f"finding-{finding.number}")

    def _findings(self, answering: bool, answer_form) -> list[dict]:
        rows = []
        for finding in self.file.findings.all():
            form = None
            if answering:
                form = AnswerForm(initial={"answer": finding.answer}, auto_id=f"id_{finding.number}_%s")
                if answer_form is not None and answer_form[0] == finding.number:
                    form = answer_form[1]
            rows.append({"finding": finding, "form": form})
        return rows

    def _looked_at(self) -> list[dict]:
        papers = list(self.file.looked_at.select_related("file"))
        keys = [paper.file_id for paper in papers if paper.file_id]
        visible = set(CaseFile.objects.visible_to(self.request.user).filter(pk__in=keys).values_list("pk", flat=True))
        return [
            {"title": paper.title, "url": case_url(paper.file) if paper.file_id in visible else ""} for paper in papers
        ]

    def _page(
        self, documents_form=None, summary_form=None, finding_form=None, answer_form=None, problems=(), status=200
    ):
        file, person = self.file, self.request.user
        if not sees_everything(person, file):
            raise Http404
        writing = self._is_county() and file.is_writable
        answering = not self._is_county() and self.may_change() and file.stage == Stage.RECTIFYING
        bad = documents_form or summary_form or finding_form or (answer_form[1] if answer_form else None)
        rows = facts(file)
        if not writing:
            rows.append({"key": "检查情况", "value": file.summary, "wide": True})
        asked = Job.objects.filter(kind=PAPER_JOB, key=str(file.pk)).exclude(state=Job.State.DONE).order_by("-id")[:1]
        due = file.next_deadline()
        context = {
            "title": file.title,
            "crumbs": [("工作台", reverse("inside:worklist")), (file.title, case_url(file)), ("检查", "")],
            "file": file,
            "identity": identity_of(file, due.lamp(today()) if due else None, due),
            "facts": rows,
            "documents": self._looked_at(),
            "documents_form": (documents_form or DocumentsForm(documents=documents_of(file.organisation)))
            if writing else None,
            "summary_form": (summary_form or SummaryForm(initial={"summary": file.summary})) if writing else None,
            "finding_form": (finding_form or FindingForm()) if writing else None,
            "findings": self._findings(answering, answer_form),
            "writing": writing,
            "papers": [
                {"name": entry.version.name, "on": entry.at,
                 "url": reverse("documents:preview", args=[entry.version.document.public_id, entry.version.number])}
                for entry in file_index(file)
            ],
            "jobs": [job_view(job) for job in asked],
            "steps": [
                {"label": step.label, "url": step_url(file, step.code), "main": step.main}
                for step in available(file, person)
            ],
            "due": due,
            "case_url": case_url(file),
            "form": bad,
            "problems": problems,
            "page_has_errors": bool(problems),
        }  # fmt: skip
        return render(self.request, "oversight/inspection.html", context, status=status)
