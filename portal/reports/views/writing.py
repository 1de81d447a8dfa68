"""Writing a report: opening it, its chapters, its figures, its papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.reports.case_page import chapter_rows, job_part
from portal.reports.forms import SectionForm, StartForm
from portal.reports.outline import chapter
from portal.reports.workflow import WORKFLOW
from portal.reports.writing import ReportRefused, ask_paper, digest_of, refresh, report_of, start_report, write
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url, identity_of
from portal.workflow.refusals import NotAuthorised


def town_of(person):
    """The town whose report this person prepares. :raises PermissionDenied: people of the county prepare none."""
    town = person.organisation.town()
    if town is None or not may(person, "reports.prepare", town):
        raise PermissionDenied("只有乡镇（街道）的经办人员可以编制年度报告。")
    return town


class StartReportView(InsideView):
    """``/staff/reports/new/``"""

    authority = "reports.prepare"

    def get(self, request):
        return self._page(StartForm(), town_of(request.user))

    def post(self, request):
        town = town_of(request.user)
        form = StartForm(request.POST)
        if not form.is_valid():
            return self._page(form, town, 422)
        known = report_of(town, form.cleaned_data["year"])
        if known is not None:
            messages.info(request, "该年度的报告已经立卷，请在这里继续。", extra_tags="已有报告")
            return redirect(case_url(known))
        try:
            report = start_report(by=request.user, organisation=town, year=form.cleaned_data["year"])
        except (ReportRefused, NotAuthorised) as refusal:
            form.add_error("year", refusal.message)
            return self._page(form, town, 409)
        messages.success(request, "数据已按现有记录列出，请逐部分撰写。", extra_tags="已立卷")
        return redirect(case_url(report))

    def _page(self, form, town, status=200):
        context = {
            "title": "编制法治政府建设年度报告",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("统计报告", reverse("reports:list")),
                ("编制年度报告", ""),
            ],
            "form": form,
            "town": town,
        }
        return render(self.request, "reports/start.html", context, status=status)


class ReportFileView(FileView):
    """A page about one annual report that its writers may change."""

    kinds = (WORKFLOW.code,)
    changes = "reports.prepare"


class SectionView(ReportFileView):
    """``/staff/cases/<uuid>/annual-report/<chapter>/``: the text, with its figures beside."""

    def _section(self, code):
        return get_object_or_404(self.file.sections.select_related("report", "edited_by"), code=code)

    @staticmethod
    def _form(section, data=None):
        seen = {"text": section.text, "seen": digest_of(section)}
        return SectionForm(data, initial=seen, chapter=chapter(section.code))

    def get(self, request, public_id, code):
        section = self._section(code)
        return self._page(section, self._form(section))

    def post(self, request, public_id, code):
        section = self._section(code)
        form = self._form(section, request.POST)
        if not form.is_valid():
            return self._page(section, form, 422)
        try:
            write(section, by=request.user, **form.cleaned_data)
        except ReportRefused as refusal:
            form.add_error("text", refusal.message)
            return self._page(section, form, 409)
        messages.success(request, f"“{section.title}”已保存。", extra_tags="已保存")
        return redirect(f"{case_url(self.file)}#chapters")

    def _page(self, section, form, status=200):
        may_write = self.file.is_writable and self.may_change()
        row = next(row for row in chapter_rows(self.file, self.request.user) if row["code"] == section.code)
        context = {
            "title": section.title,
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                (self.file.title, case_url(self.file)),
                (section.title, ""),
            ],
            "file": self.file,
            "identity": identity_of(self.file),
            "section": section,
            "chapter": chapter(section.code),
            "figures": row["figures"],
            "form": form,
            "may_write": may_write,
            "back_url": f"{case_url(self.file)}#chapters",
        }
        return render(self.request, "reports/section.html", context, status=status)


class RefreshView(ReportFileView):
    """``/staff/cases/<uuid>/annual-report/refresh/``: POST only."""

    http_method_names = ("post",)

    def post(self, request, public_id):
        try:
            changed = refresh(self.file, by=request.user)
        except ReportRefused as refusal:
            messages.error(request, refusal.message, extra_tags="没有更新")
        else:
            text = (
                f"{len(changed)} 项数据有变化，文字已随之更新；标为“待核对”的请逐一核对。"
                if changed
                else "数据与现有记录一致，没有变化。"
            )
            messages.success(request, text, extra_tags="已更新数据")
        return redirect(f"{case_url(self.file)}#chapters")


class PaperView(ReportFileView):
    """``/staff/cases/<uuid>/annual-report/paper/``: GET gives the state of the work, POST asks for it."""

    http_method_names = ("get", "post")

    def may_change(self):
        return super().may_change() or may(self.request.user, "reports.approve", self.file.organisation)

    def get(self, request, public_id):
        part = job_part(self.file, request.user)
        if not request.htmx:
            return redirect(f"{case_url(self.file)}#paper")
        return render(request, "reports/job.html", {"part": part})

    def post(self, request, public_id):
        try:
            ask_paper(self.file, by=request.user)
        except ReportRefused as refusal:
            messages.error(request, refusal.message, extra_tags="没有生成")
        else:
            messages.success(request, "报告文本正在后台生成，完成后存入案卷材料。", extra_tags="已提交")
        return redirect(f"{case_url(self.file)}#paper")
