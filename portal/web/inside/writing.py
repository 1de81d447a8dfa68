"""Pages on which a person writes about a file: one entry by a form, or the file's own facts.

What was typed is never lost: errors stand beside the fields (422), a refusal or somebody faster above them (409).
"""

from abc import abstractmethod

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.audit import verbs
from portal.audit.record import record
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused


def crumbs(file, *more) -> list[tuple[str, str]]:
    """Worklist, file, and what follows: ``(label, address)``, the last one without address."""
    return [("工作台", reverse("inside:worklist")), (file.title, case_url(file)), *more]


class EntryView(FileView):
    """A form about one entry of the file. Subclasses say which form, and what is done with what was typed."""

    title = ""
    lead = ""
    button = "保存"
    done = "已保存"
    template = "inside/form.html"
    only_to_change = True

    @abstractmethod
    def form(self, data=None):
        """The form, empty, filled from the entry, or with what was typed."""

    @abstractmethod
    def write(self, form) -> str:
        """Do it; returns the sentence of the success message. :raises StepRefused:"""

    def after(self) -> str:
        """Where to go when it is done."""
        return case_url(self.file)

    def seen(self) -> str:
        """What the page remembers of the entry, so that the second of two people is told."""
        return ""

    def more(self) -> dict:
        """What the template of the subclass shows besides the form."""
        return {}

    def get(self, request, **kwargs):
        return self.page(self.form())

    def post(self, request, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, 422)
        try:
            said = self.write(form)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self.page(form, 409)
        messages.success(request, said, extra_tags=self.done)
        return redirect(self.after())

    def page(self, form, status=200):
        context = {
            "title": self.title, "crumbs": crumbs(self.file, (self.title, "")), "lead": self.lead, "form": form,
            "button": self.button, "back_url": self.after(), "seen": self.seen(), **self.more(),
        }  # fmt: skip
        return render(self.request, self.template, context, status=status)


class EditFactsView(FileView):
    """The facts of a file. Two clerks with the same page open: the second is told instead of overwriting the first."""

    form_class = None
    only_to_change = True
    refusal = "您没有修改这件事项的权限。"
    related: tuple[str, ...] = ("organisation", "handling_unit", "opened_by")

    def too_late(self) -> str:
        """Why nothing can be changed any more, in Chinese; empty while it can."""
        return "案卷已经办结，不能再改。" if self.file.is_closed else ""

    def save(self, form) -> bool:
        """Write it down; where the database says no, put that beside the field and return ``False``."""
        form.save()
        return True

    def saved(self, changed: list[str]) -> None:
        """What else happens, inside the same transaction. ``changed`` names the fields."""

    def _refused(self):
        reason = self.too_late()
        if reason:
            messages.warning(self.request, reason, extra_tags="不能修改")
            return redirect(case_url(self.file))
        return None

    def get(self, request, public_id):
        return self._refused() or self._page(self.form_class(instance=self.file))

    def post(self, request, public_id):
        with transaction.atomic():
            rows = type(self.file).objects.select_for_update(of=("self",)).select_related(*self.related)
            self.file = rows.get(pk=self.file.pk)
            refused = self._refused()
            if refused:
                return refused
            form = self.form_class(request.POST, instance=self.file)
            if request.POST.get("seen", "") != self.file.facts_digest() and form.is_valid():
                form.add_error(None, "这件事项在您打开页面之后已由他人修改。您填写的内容仍在下面，请核对后再保存。")
            elif form.is_valid() and self.save(form):
                changed = [str(form.fields[name].label) for name in form.changed_data if name in form.fields]
                if changed:
                    record(verbs.EDITED, by=request.user, file=self.file, summary="修改：" + "、".join(changed))
                self.saved(form.changed_data)
                messages.success(request, "、".join(changed) or "没有改动。", extra_tags="已保存")
                return redirect(case_url(self.file))
            self.file.refresh_from_db()
        return self._page(form, 422)

    def _page(self, form, status=200):
        context = {
            "title": f"修改：{self.file.title}", "crumbs": crumbs(self.file, ("修改", "")), "form": form,
            "button": "保存", "back_url": case_url(self.file), "seen": self.file.facts_digest(),
        }  # fmt: skip
        return render(self.request, "inside/form.html", context, status=status)
