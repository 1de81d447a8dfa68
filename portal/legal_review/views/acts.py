"""Each act of a review on a page of its own: checklist, finding, response, letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from portal.legal_review.forms import ChecklistForm, FindingForm, ResponseForm
from portal.legal_review.letters import ask_for_letter
from portal.legal_review.reviewing import (
    ReviewRefused,
    add_finding,
    answer_checklist,
    change_finding,
    remove_finding,
    respond,
)
from portal.legal_review.views.review import OPINION_STEP, ReviewPage
from portal.workflow.perform import require_authority
from portal.workflow.refusals import NotAuthorised


class ReviewerPage(ReviewPage):
    """A page of the reviewer. Whoever may not review is told why; a concluded round is not changed."""

    template = "legal_review/form.html"

    def may_change(self):
        return True  # ready() judges, and says why where it refuses

    def ready(self):
        """:raises Http404: no round. :raises PermissionDenied: not the reviewer; the message says why."""
        if self.review is None:
            raise Http404
        barred = self.barred()
        if barred:
            raise PermissionDenied(barred)

    def out_of_time(self):
        """Back to the review when the opinion has been issued, or the file has moved on; else ``None``."""
        if self.is_under_review:
            return None
        messages.warning(self.request, "这一轮审核已经结束，不能再改。", extra_tags="不能修改")
        return redirect(self.address())

    def page(self, title, form, *, status=200, **context):
        context = self.frame(title) | {"form": form, "back_url": self.address(), "button": "保存"} | context
        return render(self.request, self.template, context, status=status)


class ChecklistView(ReviewerPage):
    """The questions that every review answers."""

    template = "legal_review/checklist.html"

    @classmethod
    def opens_for(cls, person, file):
        try:
            require_authority(file, file.workflow.transition(OPINION_STEP), person)
        except NotAuthorised:
            return False
        return True

    def get(self, request, public_id):
        self.ready()
        initial = {}
        for check in self.review.checks.all():
            initial |= {check.code: "yes" if check.passed else "no", f"{check.code}_note": check.note}
        return self.out_of_time() or self.page("审核清单", ChecklistForm(file=self.file, initial=initial))

    def post(self, request, public_id):
        self.ready()
        form = ChecklistForm(request.POST, file=self.file)
        if not form.is_valid():
            return self.page("审核清单", form, status=422)
        try:
            answer_checklist(self.review, form.answers(), by=request.user)
        except ReviewRefused as refusal:
            form.add_error(None, refusal.message)
            return self.page("审核清单", form, status=409)
        messages.success(request, f"审核清单 {len(form.answers())} 项已填写。", extra_tags="已保存")
        return redirect(f"{self.address()}#checklist")


class FindingPage(ReviewerPage):
    def finding(self, number):
        """:raises Http404: no such finding in the newest round."""
        found = self.review.findings.filter(number=number).first() if self.review else None
        if found is None:
            raise Http404
        found.review = self.review
        return found

    @staticmethod
    def words(form) -> dict:
        return {name: form.cleaned_data[name] for name in ("clause", "problem", "basis", "suggestion")}


class NewFindingView(FindingPage):
    """Write down one more problem; 「保存并继续」 comes back here."""

    def get(self, request, public_id):
        self.ready()
        return self.out_of_time() or self._page(FindingForm())

    def post(self, request, public_id):
        self.ready()
        form = FindingForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            finding = add_finding(self.review, by=request.user, **self.words(form))
        except ReviewRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 409)
        messages.success(request, str(finding), extra_tags="已登记审核意见")
        if request.POST.get("then") == "another":
            return redirect(self.address("staff-new-finding"))
        return redirect(f"{self.address()}#findings")

    def _page(self, form, status=200):
        return self.page("登记审核意见", form, status=status, another=True)


class FindingView(FindingPage):
    """Correct a finding while the round is open."""

    def get(self, request, public_id, number):
        self.ready()
        finding = self.finding(number)
        initial = {name: getattr(finding, name) for name in ("clause", "problem", "basis", "suggestion", "seen")}
        return self.out_of_time() or self._page(finding, FindingForm(initial=initial))

    def post(self, request, public_id, number):
        self.ready()
        finding = self.finding(number)
        form = FindingForm(request.POST)
        if not form.is_valid():
            return self._page(finding, form, 422)
        try:
            change_finding(finding, by=request.user, seen=form.cleaned_data["seen"], **self.words(form))
        except ReviewRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(finding, form, 409)
        messages.success(request, f"第 {number} 条", extra_tags="已修改审核意见")
        return redirect(f"{self.address()}#findings")

    def _page(self, finding, form, status=200):
        return self.page(f"修改审核意见第 {finding.number} 条", form, status=status)


class RemoveFindingView(FindingPage):
    """Take a finding back, after a page that asks again."""

    template = "legal_review/remove_finding.html"

    def get(self, request, public_id, number):
        self.ready()
        finding = self.finding(number)
        return self.out_of_time() or self._page(finding)

    def post(self, request, public_id, number):
        self.ready()
        finding = self.finding(number)
        try:
            remove_finding(finding, by=request.user, seen=request.POST.get("seen", ""))
        except ReviewRefused as refusal:
            return self._page(finding, refusal.message, 409)
        messages.success(request, f"第 {number} 条", extra_tags="已删去审核意见")
        return redirect(f"{self.address()}#findings")

    def _page(self, finding, problem="", status=200):
        return self.page(
            f"删去审核意见第 {finding.number} 条", None, status=status, finding=finding,
            problems=[("", problem)] if problem else [], page_has_errors=bool(problem),
        )  # fmt: skip


class ResponseView(FindingPage):
    """The drafter's answer to one finding."""

    template = "legal_review/response.html"

    def may_change(self):
        return self.may_respond()

    def get(self, request, public_id, number):
        finding = self.finding(number)
        if not self.may_respond():
            raise PermissionDenied("审核意见由起草单位回应。")
        initial = {"response": finding.response, "reason": finding.response_reason, "seen": finding.seen}
        return self._page(finding, ResponseForm(initial=initial))

    def post(self, request, public_id, number):
        finding = self.finding(number)
        form = ResponseForm(request.POST)
        if not form.is_valid():
            return self._page(finding, form, 422)
        try:
            respond(finding, by=request.user, **form.cleaned_data)
        except ReviewRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(finding, form, 409)
        messages.success(request, f"第 {number} 条", extra_tags="已回应审核意见")
        return redirect(f"{self.address()}#findings")

    def _page(self, finding, form, status=200):
        return self.page(f"回应审核意见第 {finding.number} 条", form, status=status, finding=finding, button="保存回应")


class LetterView(ReviewPage):
    """Ask for the opinion letter; the worker makes it."""

    def get(self, request, public_id):
        return redirect(f"{self.address()}#letter")

    def post(self, request, public_id):
        if self.review is None:
            raise Http404
        try:
            asked = ask_for_letter(self.review, by=request.user)
        except ReviewRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有生成")
        else:
            messages.success(request, f"{asked.label}：完成后列入卷内目录。", extra_tags="正在生成")
        return redirect(f"{self.address()}#letter")

    def may_change(self):
        return super().may_change() or not self.barred()
