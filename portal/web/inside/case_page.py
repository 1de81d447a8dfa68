"""The case page: identity, steps, what is missing, papers, deadlines, who has it, what happened.

One page for every kind of file; a kind adds its facts and its own sections with :func:`register`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse

from portal.accounts.authority import holders, may
from portal.casefiles.models import CaseFile, FileLink
from portal.casefiles.reading import reading
from portal.deadlines.models import Deadline
from portal.documents.papers import file_index
from portal.documents.slots import OTHER
from portal.moment import today
from portal.web.inside.access import FileView, may_open
from portal.web.inside.clocks import clock_views
from portal.workflow.gates import gate_reports
from portal.workflow.handing_in import open_slots
from portal.workflow.models import WorkItem
from portal.workflow.perform import available
from portal.workflow.registry import workflows

MOST_SHOWN = 20
MOST_RECORDS = 100


@dataclass(frozen=True)
class Section:
    """A part of the case page: a template and what it shows, from ``context(file, person)``.

    A context of ``None`` leaves the part out.
    """

    template: str
    context: Callable
    tab: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class CasePage:
    """What one kind of file adds. ``facts(file)`` gives rows of summary.html; ``tags(file)`` of tag.html."""

    kind: str
    facts: Callable
    tags: Callable = field(default=lambda file: [])
    number: Callable = field(default=lambda file: file.number)
    edit_url: Callable = field(default=lambda file, person: "")
    skipped: Callable = field(default=lambda file: {})
    """Stages that the file doesn't go through, each with the reason."""
    notes: Callable = field(default=lambda file: {})
    """Words under stages that lie ahead."""
    sections: tuple[Section, ...] = ()
    slots: Callable = field(default=lambda file: ())
    register_url: str = ""


_pages: dict[str, CasePage] = {}
_added: dict[str, list[Section]] = {}


def register(page: CasePage) -> CasePage:
    """Add a kind's page; a kind has one."""
    if _pages.setdefault(page.kind, page) is not page:
        raise ValueError(f"case page of {page.kind} is registered twice")
    return page


def page_of(kind: str) -> CasePage:
    return _pages[kind]


def add_section(kind: str, section: Section) -> Section:
    """Hang a further part into the page of a kind, behind its own: for rooms that stand above the kind's app."""
    _added.setdefault(kind, []).append(section)
    return section


def case_url(file) -> str:
    return reverse("inside:case", kwargs={"public_id": file.public_id})


def step_url(file, code: str) -> str:
    return reverse("inside:step", kwargs={"public_id": file.public_id, "code": code})


def steps_of(file, records) -> list[dict]:
    """The steps bar: the main line with who finished each stage and when; the current stage in its place."""
    workflow = workflows[file.kind]
    left = {}
    for record in records:  # newest first: the last time a stage was left
        if record.source != record.target:
            left.setdefault(record.source, record)
    page = page_of(file.kind)
    skipped = page.skipped(file)
    notes = page.notes(file) | skipped
    at = workflow.track.index(file.stage) if file.stage in workflow.track else None
    finished = file.stage in workflow.final
    if finished and at is None and left.keys() <= {workflow.initial}:
        return []  # it never went this way: registered as it stood, or given up at once
    steps = []
    for index, stage in enumerate(workflow.track):
        record = left.get(stage)
        if stage in skipped:
            state = "skipped"
        elif index == at and not finished:
            state = "now"
        elif index == at or (record is not None and (at is None or index < at)):
            state = "done"
        else:
            state = "todo"
        steps.append(
            {
                "label": workflow.stages(stage).label,
                "state": state,
                "on": record.occurred_at if record and state == "done" else None,
                "who": record.person_name if record and state == "done" else "",
                "note": notes.get(stage, ""),
            }
        )
    return steps


def identity_of(file, lamp=None, due=None) -> dict:
    page = page_of(file.kind)
    workflow = workflows[file.kind]
    tags = [{"text": workflow.label, "kind": ""}, {"text": file.stage_label, "kind": "now"}, *page.tags(file)]
    facts = [f"{file.organisation.short_name}"]
    if file.handling_unit:
        facts.append(f"承办：{file.handling_unit.short_name}")
    facts.append(f"立卷：{file.opened_by.full_name}　{file.opened_on:%Y-%m-%d}")
    return {
        "stage": file.stage_label,
        "number": page.number(file),
        "title": file.title,
        "tags": tags,
        "facts": facts,
        "lamp": lamp,
        "due_on": due.effective_end if due else None,
        "due_label": due.label if due else "",
    }


def timeline_of(file, records, entries) -> list[dict]:
    """Stage moves and other acts, newest first; a move links to the gates as they stood that day."""
    lines = []
    for record in records:
        moved = record.source != record.target
        workflow = workflows[file.kind]
        names = f"{workflow.stages(record.source).label} → {workflow.stages(record.target).label}"
        lines.append(
            {
                "title": f"{record.label}：{names}" if moved else record.label,
                "person": record.person_name,
                "post": record.post,
                "at": record.occurred_at,
                "body": record.note,
                "moved": moved,
                "link": reverse("inside:record", kwargs={"public_id": file.public_id, "pk": record.pk}),
                "link_label": "查看当时各项条件",
                "key": record.pk,
            }
        )
    for entry in entries:
        if entry.verb != "file.moved":
            lines.append(
                {
                    "title": entry.label,
                    "person": entry.person_name or "系统",
                    "post": entry.post,
                    "at": entry.occurred_at,
                    "body": entry.summary,
                    "moved": False,
                    "key": f"a{entry.pk}",
                }
            )
    return sorted(lines, key=lambda line: line["at"], reverse=True)


def turns_of(file, person) -> list[dict]:
    """Who has it: the open work items with the people who may take them."""
    turns = []
    for item in WorkItem.objects.filter(file_id=file.pk, closed_at__isnull=True).select_related("assignee"):
        people = list(holders(item.authority, file.organisation))
        is_mine = item.assignee_id == person.pk
        turns.append(
            {
                "item": item,
                "people": [holder.full_name for holder in people],
                "is_mine": is_mine,
                "may_claim": is_mine or (item.assignee_id is None and len(people) > 1 and person in people),
            }
        )
    return turns


class CasePageView(FileView):
    """``/staff/cases/<uuid>/``"""

    def get(self, request, public_id):
        with reading():
            return render(request, "inside/case.html", self._context(request))

    def _context(self, request) -> dict:
        file, page = self.file, page_of(self.file.kind)
        records = list(file.transition_records.all()[:MOST_RECORDS])
        if len(records) < MOST_RECORDS:
            file.remember_steps(records)
        entries = list(file.audit_entries.exclude(verb="file.looked")[:60])
        limits = Deadline.objects.prefetch_related("suspensions").select_related("extension")
        prefetch_related_objects([file], Prefetch("deadlines", limits))
        due = file.next_deadline()
        steps = [{"transition": step, "url": step_url(file, step.code)} for step in available(file, request.user)]
        waiting = [step for step in workflows[file.kind].next_steps(file) if step.main and not step.by_system]
        own = [step for step in steps if step["transition"].main]
        panels = own or [{"transition": step, "url": ""} for step in ([] if file.is_closed else waiting)]
        edit_url = page.edit_url(file, request.user)
        facts = page.facts(file)
        if not edit_url:
            facts = [{key: value for key, value in row.items() if key != "change_url"} for row in facts]
        sections = []
        for section in (*page.sections, *_added.get(file.kind, ())):
            context = section.context(file, request.user)
            if context is not None:
                sections.append({"template": section.template, "context": context, "anchor": section.anchor})
        return {
            "title": file.title,
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("事项办理", reverse("inside:cases")),
                (file.number, ""),
            ],
            "file": file,
            "identity": identity_of(file, due.lamp(today()) if due else None, due),
            "steps": steps_of(file, records),
            "facts": facts,
            "edit_url": edit_url,
            "panels": [_panel(file, panel, request.user) for panel in panels],
            "other_steps": [step for step in steps if not step["transition"].main],
            "sections": sections,
            "papers": file_index(file),
            "papers_url": reverse("inside:papers", kwargs={"public_id": file.public_id}),
            "clocks": clock_views(file.deadlines.all()),
            "timeline": timeline_of(file, records, entries)[:MOST_SHOWN],
            "history_url": reverse("inside:history", kwargs={"public_id": file.public_id}),
            "turns": turns_of(file, request.user),
            "links": links_of(file, request.user),
            "may_hand_in": may(request.user, "casefiles.handle", file.organisation)
            and bool(open_slots(file, (*page.slots(file), OTHER))),
        }


def links_of(file, person) -> list[dict]:
    """Other files tied to this one, those that point here first.

    A file outside the person's scope is no link. This file tells the name of what it is about; that something else
    points here is news from another file and stays out.
    """
    ties = FileLink.objects.filter(Q(source=file.pk) | Q(target=file.pk)).select_related("source", "target")
    ties = sorted(ties, key=lambda tie: tie.source_id == file.pk)
    others = [tie.target if tie.source_id == file.pk else tie.source for tie in ties]
    seen = set()
    if others:
        wanted = [other.pk for other in others]
        seen = set(CaseFile.objects.visible_to(person).filter(pk__in=wanted).values_list("pk", flat=True))
    return [
        {"title": other.title, "kind": tie.get_kind_display(), "url": case_url(other) if other.pk in seen else ""}
        for tie, other in zip(ties, others, strict=True)
        if other.pk in seen or tie.source_id == file.pk
    ]


def remedies_for(person, file, reports) -> list:
    """The gates, each with its remedy only where that page opens for the person."""
    return [
        report if not report.remedy_url or may_open(person, report.remedy_url, file) else replace(report, remedy_url="")
        for report in reports
    ]


def _panel(file, panel, person) -> dict:
    step = panel["transition"]
    target = workflows[file.kind].stages(step.target).label if step.target else step.label
    action = {"url": panel["url"], "label": step.label, "hint": step.help} if panel["url"] else None
    return {
        "target": target,
        "verb": "进入" if step.target else "办理",
        "gates": remedies_for(person, file, gate_reports(file, step)),
        "action": action,
        "id": f"gates-{step.code}",
    }
