"""决策档案目录 (S3-9c): every decision made, its number, its archive number, and whether its folder is closed."""

from django.db.models import OuterRef, Subquery

from decisions.filters import DecisionFilter
from decisions.models import MajorDecision
from decisions.workflow import Stage
from portal.dossiers.models import SealedDossier
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.tables import Cell


def _rows(person):
    """What was decided and is in the person's scope, with its newest sealed folder."""
    newest = SealedDossier.objects.filter(file_id=OuterRef("pk")).order_by("-number")
    found = MajorDecision.objects.visible_to(person).filter(decided_on__isnull=False)
    return found.select_related("organisation").annotate(
        archive_number=Subquery(newest.values("archive_number")[:1]),
        archived_pieces=Subquery(newest.values("pieces")[:1]),
        archived_pages=Subquery(newest.values("pages")[:1]),
    )


def _title(decision):
    return Cell(decision.title, kind="title", url=case_url(decision), sub=decision.document_number)


def _state(decision) -> str:
    if decision.stage == Stage.ARCHIVED:
        return "已归档"
    return "已封存，待归档" if decision.archive_number else "未归档"


def _state_cell(decision):
    return Cell(tag=_state(decision), tag_kind="live" if decision.stage == Stage.ARCHIVED else "")


REGISTER = register(
    Register(
        code="decision_archive",
        label="决策档案目录",
        rows=_rows,
        filterset=DecisionFilter,
        columns=(
            RegisterColumn("title", "决策事项", lambda d: d.title, _title, kind="title"),
            RegisterColumn("document_number", "决策文号", lambda d: d.document_number, kind="no", shown=False),
            RegisterColumn("archive_number", "档号", lambda d: d.archive_number or "", kind="no"),
            RegisterColumn("state", "归档情况", _state, _state_cell),
            RegisterColumn("organisation", "单位", lambda d: d.organisation.short_name, kind="nowrap"),
            RegisterColumn("decided_on", "决策日期", lambda d: d.decided_on, kind="date", order="decided_on"),
            RegisterColumn("closed_on", "归档日期", lambda d: d.closed_on, kind="date"),
            RegisterColumn("pieces", "件数", lambda d: d.archived_pieces, kind="number"),
            RegisterColumn("pages", "页数", lambda d: d.archived_pages, kind="number"),
            RegisterColumn("number", "案卷号", lambda d: d.number, kind="no", shown=False),
        ),
        presets=(("执行中，未归档", "stage=execution"), ("已归档", "stage=archived")),
        default_order="-decided_on",
        empty_text="已经作出的重大行政决策按年编号，归档后在这里查到档号。",
    )
)  # fmt: skip
