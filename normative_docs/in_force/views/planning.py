"""``/staff/cases/<uuid>/in-force/plan/``: what a draft will end or change, with what its own text says beside it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.in_force import planning, targets
from normative_docs.in_force.forms import PlanForm
from normative_docs.in_force.models import RelationKind
from portal.accounts.authority import may
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused


class PlanView(FileView):
    """A POST names its ``act``: add (the form), take (one that the text names), drop."""

    kinds = ("normative_docs",)
    changes = "normative_docs.draft"

    def get(self, request, public_id):
        return self._page(PlanForm(source=self.file))

    def post(self, request, public_id):
        act = {"add": self._add, "take": self._take, "drop": self._drop}.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            return act()
        except StepRefused as refusal:
            return self._page(PlanForm(source=self.file), problems=[("", refusal.message)], status=409)

    def _add(self):
        form = PlanForm(self.request.POST, source=self.file)
        if not form.is_valid():
            return self._page(form, status=422)
        data = form.cleaned_data
        try:
            planning.plan(
                self.file, by=self.request.user, kind=RelationKind(data["kind"]), target=data["target"],
                title=data["title"], number=data["number"], part=data["part"], on=data["on"],
                absent_reason=data["absent_reason"],
            )  # fmt: skip
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, status=409)
        return self._done("已列入", "公布时一并生效。")

    def _take(self):
        """One that the repeal clause names and the portal holds."""
        wanted = self.request.POST.get("target", "")
        for proposal in planning.not_listed(self.file):
            for found in proposal.found:
                if str(found.public_id) == wanted:
                    planning.plan(
                        self.file, by=self.request.user, kind=RelationKind.REPEALS, target=found, on=proposal.on
                    )
                    return self._done("已列入", f"《{found.title}》公布时一并废止。")
        raise Http404

    def _drop(self):
        key = self.request.POST.get("planned", "")
        planned = self.file.planned_relations.filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None
        if planned is None:
            raise Http404
        planning.drop(planned, by=self.request.user)
        return self._done("已撤出", "")

    def _done(self, word: str, text: str):
        messages.success(self.request, text, extra_tags=word)
        return redirect("in_force:plan", public_id=self.file.public_id)

    def _page(self, form, problems=(), status=200):
        context = {
            "title": f"废止和修改其他文件：{self.file.title}",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                (self.file.title, case_url(self.file)),
                ("废止和修改其他文件", ""),
            ],
            "file": self.file,
            "form": form,
            "problems": problems,
            "planned": list(self.file.planned_relations.select_related("target")),
            "proposals": planning.not_listed(self.file) if self.file.published_on is None else [],
            "partial": targets.partial_repeals(self.file),
            "editable": self.file.published_on is None
            and not self.file.is_closed
            and may(self.request.user, "normative_docs.draft", self.file.organisation),
            "back_url": case_url(self.file),
        }  # fmt: skip
        return render(self.request, "normative_docs/in_force/plan.html", context, status=status)
