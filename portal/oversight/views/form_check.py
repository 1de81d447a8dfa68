"""The form check as a list to go through, one line after the other; what fails fills the notice of return."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.oversight.form_check import keep, lines_of, return_reason
from portal.oversight.models import FormCheckLine
from portal.oversight.views.staff import KIND
from portal.oversight.workflow import Stage
from portal.web.inside.access import FileView
from portal.web.inside.case_page import identity_of, step_url
from portal.workflow.refusals import StepRefused


class FormCheckView(FileView):
    """``/county/filings/<uuid>/form-check/``"""

    authority = "oversight.decide"
    changes = "oversight.review"
    kinds = (KIND,)

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        answers = {
            line.question.code: (
                request.POST.get(f"result-{line.question.code}", ""), request.POST.get(f"note-{line.question.code}", "")
            )
            for line in lines_of(self.file)
        }  # fmt: skip
        try:
            kept = keep(self.file, by=request.user, answers=answers)
        except StepRefused as refusal:
            return self._page(problems=[("", refusal.message)], status=409)
        if not kept:
            return self._page(problems=[("#lines", "请至少选择一项的结果。")], status=422)
        bad = sum(line.result == FormCheckLine.Result.BAD for line in kept)
        words = f"不符合 {bad} 项，已列入补正通知。" if bad else "没有不符合的事项。"
        messages.success(request, f"已审查 {len(kept)} 项，{words}", extra_tags="已保存")
        return redirect("oversight:form-check", public_id=self.file.public_id)

    def _page(self, problems=(), status=200):
        file, person = self.file, self.request.user
        lines = lines_of(file)
        answered = [line for line in lines if line.result]
        bad = [line for line in answered if line.result == FormCheckLine.Result.BAD]
        at_check = file.stage == Stage.SUBMITTED and may(person, self.changes, file.organisation)
        back = reverse("oversight:county-filing", kwargs={"public_id": file.public_id})
        labels = {line.question.code: line.question.label for line in lines}
        context = {
            "title": f"形式审查：{file.subject.title}",
            "crumbs": [
                ("备案审查", reverse("oversight:county-filings")), (file.receipt_number or file.number, back),
                ("形式审查", ""),
            ],
            "file": file,
            "identity": identity_of(file),
            "round": file.returned_count + 1,
            "lines": lines,
            "results": FormCheckLine.Result.choices,
            "answered": len(answered),
            "bad": len(bad),
            "reason": return_reason(file),
            "at_check": at_check,
            "return_url": step_url(file, "return_papers") if at_check else "",
            "accept_url": step_url(file, "accept") if at_check else "",
            "all_good": len(answered) == len(lines) and not bad,
            "earlier": [
                {"line": line, "label": labels.get(line.question, line.question)}
                for line in file.form_check.filter(round__lte=file.returned_count).order_by("-round", "id")
            ],
            "back": back,
            "problems": problems,
            "page_has_errors": bool(problems),
        }  # fmt: skip
        return render(self.request, "oversight/form_check.html", context, status=status)
