"""工作台: whose turn it is. Four lists over work items, one indexed table whatever the kinds."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.roles import ROLES
from portal.casefiles.models import CaseFile
from portal.deadlines.models import Deadline
from portal.moment import today
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.models import WorkItem
from portal.workflow.registry import workflows
from portal.workflow.turns import my_turn

TABS = (("todo", "待办"), ("done", "已办"), ("mine", "我发起"), ("alerts", "预警"))
MOST_COUNTED = 1000
NO_DATE = date(9999, 12, 31)


def counted(queryset) -> int:
    """How many, but never more than a thousand: a count of everything has no place on a page."""
    return queryset.order_by()[: MOST_COUNTED + 1].count()


def as_words(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


class WorklistView(InsideView):
    """``/staff/``"""

    authority = "casefiles.see"
    audience = "staff"

    def get(self, request):
        person = request.user
        if person.audience() == "county" and self.audience == "staff":
            return redirect("inside:county-worklist")
        tab = request.GET.get("tab", "todo")
        if tab not in dict(TABS):
            tab = "todo"
        items = WorkItem.objects.filter(my_turn(person))
        late = Q(deadline__state="running", deadline__effective_end__lt=today())
        soon = Q(deadline__state="running", deadline__soon_from__lte=today(), deadline__effective_end__gte=today())
        counts = {
            "todo": counted(items),
            "late": counted(items.filter(late)),
            "soon": counted(items.filter(soon)),
            "week": counted(
                WorkItem.objects.filter(closed_by=person, closed_at__date__gte=today() - timedelta(days=7))
            ),
        }
        here = request.path
        tiles = [
            {"count": as_words(counts["todo"]), "label": "待我办理", "url": f"{here}?tab=todo", "note": "", "kind": ""},
            {"count": as_words(counts["late"]), "label": "已逾期", "url": f"{here}?tab=alerts", "kind": "late"},
            {"count": as_words(counts["soon"]), "label": "临近期限", "url": f"{here}?tab=alerts", "kind": "soon"},
            {"count": as_words(counts["week"]), "label": "近七日已办", "url": f"{here}?tab=done", "kind": ""},
        ]
        table = getattr(self, f"_{tab}")(request, items, late | soon, counts["todo"])
        context = {
            "title": "工作台",
            "tiles": tiles,
            "tabs": [
                {
                    "label": label,
                    "url": f"{here}?tab={code}",
                    "current": code == tab,
                    "count": as_words(counts["todo"]) if code == "todo" else None,
                }
                for code, label in TABS
            ],
            "table": table,
            "provisional": Deadline.objects.filter(
                file__in=CaseFile.objects.visible_to(person), state="running", provisional=True
            ).exists(),
        }
        return render(request, "inside/worklist.html", context)

    def _items_table(self, request, items, label, empty, total=None):
        page = KeysetPage(
            items.select_related("file__organisation", "deadline", "assignee"),
            request,
            order=[(Coalesce("deadline__effective_end", Value(NO_DATE)), False), (F("id"), False)],
            total=total,
        )
        rows = [self._item_row(item) for item in page.rows]
        columns = [
            Column("期限"),
            Column("事项", kind="title"),
            Column("类别"),
            Column("环节"),
            Column("单位"),
            Column("承办"),
            Column("到期", kind="date"),
        ]
        return Table(
            label=label,
            columns=columns,
            rows=rows,
            count_text=page.count_text,
            pager=page.pager,
            empty=empty,
            stack=True,
        )

    def _item_row(self, item):
        file = item.file
        deadline = item.deadline
        return Row(
            key=str(item.pk),
            name=file.title,
            cells=[
                Cell(lamp=deadline.lamp(today())) if deadline else Cell("—", stack_label="期限"),
                Cell(file.title, kind="title", url=case_url(file), sub=file.number),
                Cell(workflows[file.kind].label, kind="nowrap", drop=True),
                Cell(item.stage_label, kind="nowrap", stack_label="环节"),
                Cell(file.organisation.short_name, kind="nowrap", stack_label="单位"),
                Cell(item.assignee.full_name if item.assignee else "待认领", kind="nowrap", drop=True),
                Cell(f"{deadline.effective_end:%Y-%m-%d}" if deadline else "", kind="date", stack_label="到期"),
            ],
        )

    def _todo(self, request, items, alerts, waiting):
        return self._items_table(
            request,
            items,
            "待办事项",
            {
                "title": "没有待办事项。",
                "text": "轮到您办理的事项会出现在这里。",
                "url": reverse("inside:cases"),
                "link": "查看全部事项",
            },
            total=waiting,
        )

    def _alerts(self, request, items, alerts, waiting):
        return self._items_table(
            request,
            items.filter(alerts),
            "逾期和临期的事项",
            {"title": "没有逾期或者临期的事项。", "text": "期限由系统按法定规则推算，每日更新。"},
        )

    def _done(self, request, items, alerts, waiting):
        done = WorkItem.objects.filter(closed_by=request.user).select_related("file__organisation")
        page = KeysetPage(done, request, order=[(F("id"), True)])
        rows = [
            Row(
                key=str(item.pk),
                name=item.file.title,
                cells=[
                    Cell(item.file.title, kind="title", url=case_url(item.file), sub=item.file.number),
                    Cell(workflows[item.file.kind].label, kind="nowrap", drop=True),
                    Cell(item.stage_label, kind="nowrap", stack_label="环节"),
                    Cell(f"{item.closed_at:%Y-%m-%d}", kind="date", stack_label="办理日期"),
                ],
            )
            for item in page.rows
        ]
        columns = [Column("事项", kind="title"), Column("类别"), Column("环节"), Column("办理日期", kind="date")]
        return Table(
            label="已办事项",
            columns=columns,
            rows=rows,
            count_text=page.count_text,
            pager=page.pager,
            stack=True,
            empty={"title": "还没有办理过事项。"},
        )

    def _mine(self, request, items, alerts, waiting):
        mine = CaseFile.objects.visible_to(request.user).filter(opened_by=request.user).select_related("organisation")
        page = KeysetPage(mine, request, order=[(F("id"), True)])
        return files_table(page, "我发起的事项", {"title": "您还没有发起过事项。"})


def files_table(page, label, empty):
    """A table of plain case files of any kind."""
    rows = [
        Row(
            key=str(file.public_id),
            name=file.title,
            cells=[
                Cell(file.title, kind="title", url=case_url(file), sub=file.number),
                Cell(workflows[file.kind].label, kind="nowrap", drop=True),
                Cell(file.organisation.short_name, kind="nowrap", stack_label="单位"),
                Cell("已办结" if file.is_closed else "办理中", kind="nowrap", stack_label="状态"),
                Cell(f"{file.opened_on:%Y-%m-%d}", kind="date", stack_label="立卷"),
            ],
        )
        for file in page.rows
    ]
    columns = [
        Column("事项", kind="title"),
        Column("类别"),
        Column("单位"),
        Column("状态"),
        Column("立卷日期", kind="date"),
    ]
    return Table(
        label=label, columns=columns, rows=rows, count_text=page.count_text, pager=page.pager, empty=empty, stack=True
    )


class CasesView(InsideView):
    """``/staff/cases/``: every file I may see, newest first, by words, kind and state."""

    authority = "casefiles.see"

    def get(self, request):
        files = CaseFile.objects.visible_to(request.user).select_related("organisation")
        words = request.GET.get("q", "").strip()[:80]
        kind = request.GET.get("kind", "")
        state = request.GET.get("state", "")
        if words:
            files = files.filter(Q(title__icontains=words) | Q(number__icontains=words))
        if kind in workflows:
            files = files.filter(kind=kind)
        if state in ("open", "closed"):
            files = files.filter(closed_on__isnull=state == "open")
        page = KeysetPage(files, request, order=[(F("id"), True)])
        context = {
            "title": "事项办理",
            "crumbs": [("工作台", reverse("inside:worklist")), ("事项办理", "")],
            "table": files_table(
                page, "全部事项", {"title": "没有符合条件的事项。", "url": request.path, "link": "清除筛选"}
            ),
            "words": words,
            "kind": kind,
            "state": state,
            "may_start": any(start.may_be_offered(request.user) for start in starts),
            "kinds": [(workflow.code, workflow.label) for workflow in workflows.all()],
        }
        return render(request, "inside/cases.html", context)


class StartView(InsideView):
    """``/staff/cases/new/``: what can be started here, in plain words."""

    authority = "casefiles.open"

    def get(self, request):
        from_registry = [start for start in starts if start.may_be_offered(request.user)]
        if not from_registry:
            raise PermissionDenied("您的角色不能发起事项。")
        context = {
            "title": "新建事项",
            "crumbs": [("工作台", reverse("inside:worklist")), ("新建事项", "")],
            "starts": from_registry,
        }
        return render(request, "inside/start.html", context)


class Start:
    """A kind of file that people open by hand: where, under which authority, and what it is in plain words."""

    def __init__(self, label: str, text: str, url_name: str, authority: str):
        self.label, self.text, self.url_name, self.authority = label, text, url_name, authority

    def may_be_offered(self, person) -> bool:
        return any(self.authority in ROLES[assignment.role].authorities for assignment in person.current_roles())

    @property
    def url(self) -> str:
        return reverse(self.url_name)


starts: list[Start] = []
