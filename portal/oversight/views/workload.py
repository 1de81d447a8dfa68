"""Who has how much: the supervisor gives filings out, and sees what lies on each desk."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.deadlines.models import Deadline
from portal.moment import today
from portal.oversight.assigning import AT_THE_COUNTY, assign, reviewers, take_away, workload
from portal.oversight.forms import AssignForm
from portal.oversight.models import Filing
from portal.oversight.views.staff import KIND
from portal.web.inside.access import FileView, InsideView
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.refusals import StepRefused


def county_of(person):
    """The county over which this person looks."""
    return person.organisation.county()


class WorkloadView(InsideView):
    """``/county/workload/``: the desks, and every open filing with who has it; ``?desk=`` chooses one desk."""

    authority = "oversight.decide"

    def get(self, request):
        person = request.user
        county = county_of(person)
        loads, unclaimed = workload(county, person)
        desk = request.GET.get("desk", "")
        known = {load.person.username: load.person for load in loads}
        filings = Filing.objects.visible_to(person).filter(stage__in=AT_THE_COUNTY, submitted_on__isnull=False)
        if desk == "none":
            filings = filings.filter(assigned_to__isnull=True)
        elif desk in known:
            filings = filings.filter(assigned_to=known[desk])
        page = KeysetPage(
            filings.select_related("organisation", "subject", "assigned_to"),
            request, order=[(F("submitted_on"), False), (F("pk"), False)],
        )  # fmt: skip
        here = reverse("oversight:workload")
        context = {
            "title": "审查分办",
            "crumbs": [
                ("工作台", reverse("inside:county-worklist")),
                ("备案审查", reverse("oversight:county-filings")),
                ("审查分办", ""),
            ],
            "loads": [{"load": load, "url": f"{here}?{urlencode({'desk': load.person.username})}"} for load in loads],
            "unclaimed": unclaimed,
            "tabs": [
                {"label": "全部", "url": here, "current": desk not in known and desk != "none"},
                {"label": "未分办", "url": f"{here}?desk=none", "current": desk == "none"},
                *(
                    {"label": name.full_name, "url": f"{here}?desk={username}", "current": desk == username}
                    for username, name in known.items()
                ),
            ],
            "table": self._table(page, may(person, "oversight.assign", county)),
        }
        return render(request, "oversight/workload.html", context)

    def _table(self, page, may_assign: bool) -> Table:
        keys = [filing.pk for filing in page.rows]
        clocks = {}
        for clock in Deadline.objects.filter(file__in=keys, state=Deadline.State.RUNNING).order_by("-effective_end"):
            clocks[clock.file_id] = clock
        rows = []
        for filing in page.rows:
            clock = clocks.get(filing.pk)
            address = {"public_id": filing.public_id}
            links = []
            if may_assign:
                words, url = "改派" if filing.assigned_to else "分办", reverse("oversight:assign", kwargs=address)
                links = [{"label": words, "url": url, "of": filing.subject.title}]
            rows.append(
                Row(
                    key=str(filing.public_id), name=filing.subject.title,
                    cells=[
                        Cell(lamp=clock.lamp(today())) if clock else Cell("—", stack_label="期限"),
                        Cell(
                            filing.subject.title, kind="title", sub=filing.receipt_number or filing.number,
                            url=reverse("oversight:county-filing", kwargs=address),
                        ),
                        Cell(tag=filing.stage_label, tag_kind="now", stack_label="环节"),
                        Cell(filing.organisation.short_name, kind="nowrap", stack_label="单位"),
                        Cell(f"{filing.submitted_on:%Y-%m-%d}", kind="date", stack_label="收到"),
                        Cell(
                            filing.assigned_to.full_name if filing.assigned_to else "未分办",
                            kind="nowrap", stack_label="审查人",
                        ),
                        Cell(links=links, stack_label="") if links else Cell(""),
                    ],
                )
            )  # fmt: skip
        columns = [
            Column("期限"), Column("报备对象", kind="title"), Column("环节"), Column("报送单位"),
            Column("收到", kind="date"), Column("审查人"), Column("办理"),
        ]  # fmt: skip
        return Table(
            label="在办报备", columns=columns, rows=rows, count_text=page.count_text, pager=page.pager, stack=True,
            empty={"title": "没有在办的报备。"},
        )  # fmt: skip


class AssignView(FileView):
    """``/county/filings/<uuid>/assign/``: give it to a reviewer, to another, or back to all."""

    authority = "oversight.decide"
    changes = "oversight.assign"
    kinds = (KIND,)

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, self.changes):
            self.authority = self.changes
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, public_id):
        return self._page(self._form())

    def post(self, request, public_id):
        form = self._form(request.POST)
        try:
            if request.POST.get("act") == "take_away":
                take_away(self.file, by=request.user)
                messages.success(request, "其他审查人员可以认领。", extra_tags="已撤回分办")
            elif form.is_valid():
                person = form.cleaned_data["person"]
                assign(self.file, to=person, by=request.user, reason=form.cleaned_data["reason"])
                words = f"《{self.file.subject.title}》由{person.full_name}审查。"
                messages.success(request, words, extra_tags="已分办")
            else:
                return self._page(form, status=422)
        except StepRefused as refusal:
            return self._page(form, problems=[("#id_person", refusal.message)], status=409)
        return redirect("oversight:workload")

    def _form(self, data=None):
        return AssignForm(data, people=reviewers(self.file.organisation))

    def _page(self, form, problems=(), status=200):
        if self.file.submitted_on is None:
            raise Http404
        loads, _ = workload(county_of(self.request.user), self.request.user)
        context = {
            "title": f"分办：{self.file.subject.title}",
            "crumbs": [("审查分办", reverse("oversight:workload")), (self.file.subject.title, ""), ("分办", "")],
            "file": self.file,
            "form": form,
            "loads": loads,
            "problems": problems,
            "page_has_errors": bool(problems),
        }
        return render(self.request, "oversight/assign.html", context, status=status)
