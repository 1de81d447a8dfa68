"""The town's page of a filing: papers to hand in, the covering report, answers to what the county found."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.documents.refusals import FileClosed
from portal.jobs.models import Job
from portal.oversight.effects import PAPER_JOB, ask_for_paper
from portal.oversight.filing import AT_THE_TOWN, FilingRefused, collect_papers, open_filing, standing_filing
from portal.oversight.findings import answer_finding
from portal.oversight.forms import AnswerForm
from portal.oversight.workflow import Stage
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url, identity_of, step_url
from portal.web.inside.papers import paper_rows
from portal.workflow.perform import available
from portal.workflow.refusals import StepRefused

KIND = "oversight.filing"


class FilingsRedirect(InsideView):
    """``/staff/filings/``: the register of filings."""

    authority = "casefiles.see"

    def get(self, request):
        address = reverse("inside:register", kwargs={"code": "filings"})
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address)


def jobs_of(filing) -> list[dict]:
    """Papers of this filing that the worker is writing or could not write, as ``components/job.html`` shows them."""
    asked = (
        Job.objects.filter(kind=PAPER_JOB, key__startswith=f"{filing.pk}:")
        .exclude(state=Job.State.DONE)
        .order_by("-id")
    )
    newest = {}
    for job in asked:
        newest.setdefault(job.key, job)
    return [job_view(job) for job in newest.values()]


def job_view(job: Job) -> dict:
    return {
        "name": job.label,
        "state": job.state,
        "percent": job.progress,
        "note": job.message,
        "url": job.result_url,
        "link": "查看",
        "key": job.public_id,
    }


class StaffFilingView(FileView):
    """``/staff/cases/<uuid>/filing/``: the act of a POST stands in ``act``."""

    kinds = (KIND,)
    changes = "oversight.file"

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        acts = {
            "report": self._make_report, "collect": self._collect, "answer": self._answer, "reopen": self._reopen,
        }  # fmt: skip
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            return self._page(problems=[("", "没有选择要办理的内容。")], status=422)
        try:
            return act()
        except StepRefused as refusal:
            return self._page(problems=[("", refusal.message)], status=409)
        except FileClosed:
            return self._page(problems=[("", "案卷已经办结，不能再收取材料。")], status=409)

    def _here(self, anchor=""):
        address = reverse("oversight:staff-filing", kwargs={"public_id": self.file.public_id})
        return redirect(f"{address}#{anchor}" if anchor else address)

    def _make_report(self):
        kind = self.file.kind_of_filing
        slot = next((slot for slot in kind.papers if slot.code == kind.report), None)
        if slot is None or self.file.stage not in AT_THE_TOWN:
            raise FilingRefused("现在不能生成备案报告。")
        ask_for_paper(self.file, slot, self.request.user)
        messages.success(
            self.request, "系统正在排版备案报告（PDF 和 DOCX），完成后列在材料清单中。", extra_tags="已开始生成"
        )
        return self._here("papers")

    def _collect(self):
        count = collect_papers(self.file, by=self.request.user)
        text = f"从报备对象的案卷收取了 {count} 件材料。" if count else "报备对象的案卷中没有可以收取的材料。"
        messages.success(self.request, text, extra_tags="已收取" if count else "没有收取")
        return self._here("papers")

    def _reopen(self):
        subject = self.file.subject
        if self.file.stage != Stage.WITHDRAWN or standing_filing(subject, self.file.filing_kind) is not None:
            raise FilingRefused("这件报备没有撤回，或者已经重新报备。")
        filing = open_filing(subject, self.file.filing_kind, by=self.request.user)
        messages.success(self.request, f"案卷号 {filing.number}。", extra_tags="已重新报备")
        return redirect("oversight:staff-filing", public_id=filing.public_id)

    def _answer(self):
        number = self.request.POST.get("finding", "")
        finding = get_object_or_404(self.file.findings, number=number if number.isdigit() and len(number) < 5 else 0)
        form = self._form(finding, self.request.POST)
        if not form.is_valid():
            return self._page(bad_form=form, status=422)
        answer_finding(finding, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"第 {finding.number} 条已答复。", extra_tags="已保存")
        return self._here(f"finding-{finding.number}")

    def _form(self, finding, data=None):
        initial = {"answer": finding.answer, "answer_text": finding.answer_text}
        form = AnswerForm(data, initial=initial, prefix=None, auto_id=f"id_{finding.number}_%s")
        form.number = finding.number
        return form

    def _findings(self, bad_form):
        open_now = self.file.stage == Stage.CORRECTION and self.may_change()
        rows = []
        for finding in self.file.findings.all():
            form = None
            if open_now and finding.settled_at is None:
                is_bad = bad_form is not None and bad_form.number == finding.number
                form = bad_form if is_bad else self._form(finding)
            rows.append({"finding": finding, "form": form})
        return rows

    def _page(self, problems=(), bad_form=None, status=200):
        file, person = self.file, self.request.user
        kind = file.kind_of_filing
        rows = paper_rows(file, person)
        may_file = may(person, self.changes, file.organisation)
        due = file.next_deadline()
        context = {
            "title": f"报送备案：{file.subject.title}",
            "crumbs": [
                ("工作台", reverse("inside:worklist")), ("报备台账", reverse("oversight:staff-filings")),
                (file.title, case_url(file)), ("报送和整改", ""),
            ],
            "file": file,
            "kind": kind,
            "identity": identity_of(file),
            "due": due,
            "papers": rows,
            "given": sum(1 for row in rows if row.get("name")),
            "missing": sum(1 for row in rows if not row.get("name")),
            "jobs": jobs_of(file),
            "at_the_town": file.stage in AT_THE_TOWN and may_file,
            "makes_report": bool(kind.report),
            "may_reopen": file.stage == Stage.WITHDRAWN and may_file
            and standing_filing(file.subject, file.filing_kind) is None,
            "findings": self._findings(bad_form),
            "steps": [
                {"label": step.label, "url": step_url(file, step.code), "main": step.main}
                for step in available(file, person)
            ],
            "form": bad_form,
            "problems": problems,
            "page_has_errors": bool(problems),
            "case_url": case_url(file),
        }  # fmt: skip
        return render(self.request, "oversight/staff_filing.html", context, status=status)


class PaperJobView(FileView):
    """``/staff/cases/<uuid>/filing/jobs/<uuid>/``: how far a paper is; the part of a page that asks again by itself."""

    kinds = (KIND,)

    def get(self, request, public_id, job_id):
        job = get_object_or_404(Job, kind=PAPER_JOB, key__startswith=f"{self.file.pk}:", public_id=job_id)
        context = {"job": job_view(job), "poll_url": request.path}
        return render(request, "components/job.html", context)
