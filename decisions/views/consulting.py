"""``/staff/cases/<uuid>/decision/departments/``: what departments and lower bodies said to the draft."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from decisions.consulting import enter_opinion
from decisions.forms import DepartmentForm
from portal.accounts.authority import may
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.web.inside.writing import EntryView, crumbs


class DepartmentsView(FileView):
    """All of them; dissent stands in its own words beside the drafter's reasons."""

    kinds = ("decisions",)

    def get(self, request, public_id):
        file = self.file
        context = {
            "title": "部门协商",
            "crumbs": crumbs(file, ("部门协商", "")),
            "file": file,
            "opinions": file.department_opinions.all(),
            "may_write": file.is_editable and may(request.user, "decisions.draft", file.organisation),
            "back_url": case_url(file),
        }
        return render(request, "decisions/departments.html", context)


class _Entry(EntryView):
    kinds = ("decisions",)
    authority = changes = "decisions.draft"
    lead = "不能达成一致的，写明主要问题、各方意见，以及承办单位的意见和理由，随草案一并提请讨论（国令713 第十三条）。"

    def after(self):
        return reverse("decisions:departments", args=[self.file.public_id])


class NewDepartmentView(_Entry):
    title = "登记部门意见"

    def form(self, data=None):
        form = DepartmentForm(data)
        form.instance.decision = self.file
        return form

    def write(self, form):
        opinion = form.save(commit=False)
        enter_opinion(self.file, opinion, by=self.request.user)
        return opinion.unit


class DepartmentView(_Entry):
    title = "修改部门意见"

    def dispatch(self, request, *args, **kwargs):
        self.number = kwargs["number"]
        return super().dispatch(request, *args, **kwargs)

    def _opinion(self):
        found = self.file.department_opinions.filter(number=self.number).first()
        if found is None:
            raise Http404
        return found

    def seen(self):
        return self._opinion().seen

    def form(self, data=None):
        return DepartmentForm(data, instance=self._opinion())

    def write(self, form):
        opinion = form.save(commit=False)
        enter_opinion(self.file, opinion, by=self.request.user, seen=self.request.POST.get("seen", ""))
        return opinion.unit
