"""Items of a catalogue while it is compiled, and the making of its paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions.catalogue.compiling import POWER, add_item, change_item, remove_item
from decisions.catalogue.effects import PAPER_JOB, ask_for_paper
from decisions.catalogue.forms import ItemForm
from decisions.catalogue.models import CatalogueItem
from decisions.catalogue.workflow import WORKFLOW, Stage
from portal.jobs.models import Job
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.web.inside.writing import EntryView
from portal.workflow.refusals import StepRefused

MOST = 32_000


class CatalogueEntryView(EntryView):
    """A form about something in one catalogue."""

    kinds = (WORKFLOW.code,)
    authority = changes = POWER
    anchor = "items"

    def after(self):
        return f"{case_url(self.file)}#{self.anchor}"

    def item(self) -> CatalogueItem:
        """The item of the address. :raises Http404: none of that number."""
        found = self.file.items.filter(number=min(self.kwargs["number"], MOST)).first()
        if found is None:
            raise Http404
        found.catalogue = self.file
        return found


class NewItemView(CatalogueEntryView):
    """``…/catalogue/items/new/``"""

    title, button, done = "列入事项", "列入目录", "已列入"
    lead = "对照量化标准判断是否属于重大行政决策；按事实需要的环节都要安排计划月份。"

    def form(self, data=None):
        return ItemForm(data, catalogue=self.file)

    def write(self, form):
        item = add_item(self.file, form.save(commit=False), by=self.request.user)
        return f"{item}。{item.judged_words}"


class ItemView(CatalogueEntryView):
    """``…/catalogue/items/<number>/``"""

    title, done = "修改事项", "已保存"

    def form(self, data=None):
        return ItemForm(data, catalogue=self.file, instance=self.item())

    def seen(self):
        return self.item().seen

    def write(self, form):
        item = change_item(form.save(commit=False), by=self.request.user, seen=self.request.POST.get("seen", ""))
        return f"{item}。{item.judged_words}"


class RemoveItemView(FileView):
    """POST: take an item off the list while it is compiled."""

    kinds = (WORKFLOW.code,)
    changes = POWER

    def get(self, request, public_id, number):
        return redirect(f"{case_url(self.file)}#items")

    def post(self, request, public_id, number):
        item = self.file.items.filter(number=min(number, MOST)).first()
        if item is None:
            raise Http404
        try:
            item.catalogue = self.file
            remove_item(item, by=request.user)
        except StepRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有移除")
        else:
            messages.success(request, item.title, extra_tags="已移除")
        return redirect(f"{case_url(self.file)}#items")


def job_of(catalogue) -> dict | None:
    """The worker's paper while it is being set or failed, as ``components/job.html`` shows it."""
    asked = Job.objects.filter(kind=PAPER_JOB, key=f"catalogue:{catalogue.pk}").order_by("-id").first()
    if asked is None or asked.state == Job.State.DONE or catalogue.is_closed:
        return None
    return {
        "name": asked.label, "state": asked.state, "percent": asked.progress, "note": asked.message,
        "url": asked.result_url, "link": "查看",
    }  # fmt: skip


class PaperView(FileView):
    """``…/catalogue/paper/``: how far the paper is (asked by the page itself); POST has it set again."""

    kinds = (WORKFLOW.code,)
    changes = POWER

    def get(self, request, public_id):
        job = job_of(self.file) or {"name": "目录文本", "state": "done", "percent": 100}
        return render(request, "components/job.html", {"job": job, "poll_url": request.path})

    def post(self, request, public_id):
        if self.file.stage != Stage.PUBLICATION:
            messages.warning(request, "目录通过以后、公布以前才能生成目录文本。", extra_tags="没有办理")
        else:
            ask_for_paper(self.file, request.user)
            messages.success(request, "系统正在排版目录文本。", extra_tags="已开始生成")
        return redirect(reverse("inside:case", args=[self.file.public_id]) + "#papers-of-catalogue")
