"""Taking a step: the page with its gates, its form and its declaration; and the record of a step taken."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of, remedies_for
from portal.workflow.assigning import claim, release
from portal.workflow.forms import step_data, step_form_class
from portal.workflow.gates import gate_reports
from portal.workflow.perform import perform, require_authority
from portal.workflow.refusals import GatesNotMet, NotAuthorised, StageConflict, StepRefused
from portal.workflow.registry import workflows


class StepView(FileView):
    """``/staff/cases/<uuid>/transitions/<code>/``: look, confirm, do. POST, redirect, GET."""

    def may_change(self):
        return True  # perform() asks for the step's own authority, and says which is missing

    def _step(self, code):
        try:
            return self.file.workflow.transition(code)
        except KeyError as unknown:
            raise Http404 from unknown

    def _form(self, step, data=None, files=None):
        last = self.file.last_record()
        return step_form_class(step)(
            data, files, step=step, file=self.file, person=self.request.user,
            initial={"expects": last.pk if last else 0},
        )  # fmt: skip

    def get(self, request, public_id, code):
        step = self._step(code)
        return self._page(step, self._form(step))

    def post(self, request, public_id, code):
        step = self._step(code)
        form = self._form(step, request.POST, request.FILES)
        if not form.is_valid():
            return self._page(step, form, status=422)
        try:
            perform(
                self.file, code, by=request.user, note=form.cleaned_data["note"], data=step_data(form),
                expects=form.cleaned_data["expects"],
            )  # fmt: skip
        except GatesNotMet as refusal:
            problems = [
                (report.remedy_url or "#gates", f"{report.label}：{report.explain or report.state_label}")
                for report in remedies_for(request.user, self.file, refusal.missing)
            ]
            return self._page(step, form, problems=problems, status=409)
        except StageConflict as refusal:
            messages.warning(request, refusal.message, extra_tags="没有办理")
            return redirect(case_url(self.file))
        except NotAuthorised as refusal:
            return self._page(step, form, problems=[("#main", refusal.message)], status=403)
        except StepRefused as refusal:
            return self._page(step, form, problems=[("#main", refusal.message)], status=409)
        messages.success(request, f"「{step.label}」已办理：{self.file.title}", extra_tags="已办理")
        return redirect(case_url(self.file))

    def _page(self, step, form, problems=(), status=200):
        file = self.file
        reports = remedies_for(self.request.user, file, gate_reports(file, step))
        try:
            require_authority(file, step, self.request.user)
            barred = ""
        except NotAuthorised as refusal:
            barred = refusal.message
        here = file.stage in step.sources
        context = {
            "title": step.label,
            "crumbs": [("工作台", reverse("inside:worklist")), (file.title, case_url(file)), (step.label, "")],
            "file": file,
            "identity": identity_of(file),
            "step": step,
            "target": workflows[file.kind].stages(step.target).label if step.target else step.label,
            "verb": "进入" if step.target else "办理",
            "gates": reports,
            "is_ready": here and not any(report.is_open for report in reports),
            "form": form,
            "problems": problems,
            "page_has_errors": bool(problems),
            "barred": barred,
            "out_of_place": not here,
            "back_url": case_url(file),
        }
        return render(self.request, "inside/step.html", context, status=status)


class ClaimView(FileView):
    """Take a waiting item as one's own, or put it back. Of two who press together, one gets it."""

    def may_change(self):
        return True  # claim() asks for the authority of the item itself

    def get(self, request, public_id):
        return redirect(case_url(self.file))

    def post(self, request, public_id):
        act = release if request.POST.get("act") == "release" else claim
        try:
            act(self.file, request.POST.get("authority", ""), by=request.user)
        except StepRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有办理")
        else:
            messages.success(request, self.file.title, extra_tags="已放回" if act is release else "已认领")
        return redirect(case_url(self.file))


def filled_in(file, record) -> list[dict]:
    """What the person filled in at the step, in the words of its form; what its form no longer asks stays out."""
    try:
        fields = step_form_class(file.workflow.transition(record.code)).base_fields
    except KeyError:
        return []
    return [
        {"key": fields[name].label, "lines": _in_words(fields[name], value).splitlines(), "wide": True}
        for name, value in record.data.items()
        if name in fields and isinstance(value, str) and value.strip()
    ]


def _in_words(field, value: str) -> str:
    return str(dict(getattr(field, "choices", ())).get(value, value))


class RecordView(FileView):
    """A step taken, with every gate and region setting as it stood that day."""

    def get(self, request, public_id, pk):
        record = get_object_or_404(self.file.transition_records, pk=pk)
        context = {
            "title": f"{record.label}（办理记录）",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                (self.file.title, case_url(self.file)),
                ("办理记录", ""),
            ],
            "file": self.file,
            "record": record,
            "filled_in": filled_in(self.file, record),
            "stage_names": dict(self.file.workflow.stages.choices),
            "gates": record.gates,
        }
        return render(request, "inside/record.html", context)


class HistoryView(FileView):
    """Everything that happened on the file, and whether its audit chain is whole."""

    PAGE = 100

    def get(self, request, public_id):
        before = request.GET.get("before", "")
        entries = self.file.audit_entries.all()
        if before.isdigit():
            entries = entries.filter(pk__lt=int(before))
        entries = list(entries[: self.PAGE + 1])
        context = {
            "title": f"办理全程：{self.file.title}",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                (self.file.title, case_url(self.file)),
                ("办理全程", ""),
            ],
            "file": self.file,
            "entries": entries[: self.PAGE],
            "older": entries[self.PAGE - 1].pk if len(entries) > self.PAGE else None,
        }
        return render(request, "inside/history.html", context)
