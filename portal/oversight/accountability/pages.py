"""What the pages of the room have in common: acts as rows of a table, and reading that leaves a trace."""

from django.urls import reverse

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.web.spreadsheet import Note, workbook
from portal.web.tables import Cell, Column
from portal.workflow.acts import ActKind
from portal.workflow.gates import address_of

READ = verbs.declare("accountability.read", "查阅责任链")
TAKEN = verbs.declare("accountability.taken", "导出责任链")
FILES = "accountability:files"
ROOT = [("责任追溯", "accountability:files")]
HEADS = ["日期", "环节", "姓名或者单位", "当日职务", "当日单位", "行为", "态度或者结论", "意见", "记录"]
_LABELS = dict(ActKind.choices)


def crumbs(*more) -> list[tuple[str, str]]:
    return [("责任追溯", reverse(FILES)), *more]


def tabs(current: str) -> list[dict]:
    """By decision or by person."""
    return [
        {"label": label, "url": reverse(f"accountability:{name}"), "current": name == current}
        for name, label in (("files", "按事项"), ("people", "按人员"))
    ]


def note_reading(person, *, file=None, summary: str) -> None:
    """Whoever looks back is on record: in the file's chain, or, for a person, in that of the reader's own unit."""
    where = {"file": file} if file is not None else {"organisation": person.organisation}
    record(READ, by=person, summary=summary, **where)


def plain(act) -> list:
    """An act, sealed or not, as cells of the export."""
    on = getattr(act, "acted_on", None) or act.on
    return [on, _LABELS[act.kind], act.name, act.post, act.unit, act.label, act.view, act.words, act.record]


def sheet(title: str, heads: list[str], rows: list[list], person, conditions: str, day) -> bytes:
    """The export with its note of who took it."""
    notes = [
        Note("内容", title),
        Note("导出人", f"{person.full_name}（{person.post_on(day)}）"),
        Note("导出日期", day),
        Note("范围", conditions),
        Note("行数", len(rows)),
    ]
    return workbook("责任链", heads, rows, notes)


def may_see_file(person, file) -> bool:
    """Whether the person sees the file itself: then its records are links."""
    return CaseFile.objects.visible_to(person).filter(pk=file.pk).exists()


def record_url(act, file) -> str:
    """Where the record behind an act is shown; empty where it names no page."""
    return address_of(act.page, file.public_id) if act.page else ""


def person_url(act) -> str:
    """Everything that the same person did, by account or, without one, by name."""
    address = reverse("accountability:person")
    return f"{address}?person={act.person_id}" if act.person_id else f"{address}?name={act.name}"


ACT_COLUMNS = [
    Column("日期", kind="date"), Column("事项", kind="title"), Column("环节"), Column("行为"), Column("当日职务"),
    Column("态度或者结论"),
]  # fmt: skip


def act_cells(act) -> list[Cell]:
    """An act among those of one person."""
    return [
        Cell(f"{act.acted_on:%Y-%m-%d}", kind="date"),
        Cell(
            act.file.title, kind="title", sub=f"{act.organisation.short_name}　{act.file.number}",
            url=reverse("accountability:file", args=[act.file.public_id]),
        ),
        Cell(tag=act.get_kind_display(), stack_label="环节"),
        Cell(act.label, stack_label="行为"),
        Cell(act.post or "—", sub=act.unit, stack_label="当日职务"),
        Cell(act.view or "—", sub=act.words[:120], stack_label="态度"),
    ]  # fmt: skip
