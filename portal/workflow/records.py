"""What the procedure itself leaves in a file: every step taken, in order."""

from collections.abc import Iterator

from portal.documents.records import Record, table
from portal.moment import SHANGHAI
from portal.workflow.models import TransitionRecord


def procedure_record(file) -> Iterator[Record]:
    """办理过程: who took which step when, in which post, and with which note."""
    steps = list(TransitionRecord.objects.filter(file_id=file.pk).select_related("organisation").order_by("pk"))
    if steps:
        last = steps[-1].occurred_at.astimezone(SHANGHAI).date()
        yield Record("办理过程", lambda: _steps(file, steps), at=last, who=file.organisation.name, ending="csv")


def _steps(file, steps) -> str:
    stages = file.workflow.stages
    rows = (
        [
            f"{step.occurred_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", step.label, stages(step.source).label,
            stages(step.target).label, step.person_name, step.post, step.organisation.name, step.note,
        ]
        for step in steps
    )  # fmt: skip
    return table(["时间", "步骤", "原环节", "新环节", "办理人", "职务", "机构", "说明"], rows)
