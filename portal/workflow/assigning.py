"""Taking a waiting item as one's own (认领), and putting it back."""

from django.db import transaction

from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.workflow.models import WorkItem
from portal.workflow.refusals import NotAuthorised, StageConflict

RELEASED = verbs.declare("file.released", "放回待办")


def _item(file, authority: str) -> WorkItem:
    item = (
        WorkItem.objects.select_for_update(of=("self",))
        .filter(file_id=file.pk, authority=authority, closed_at__isnull=True)
        .first()
    )
    if item is None:
        raise StageConflict
    return item


@transaction.atomic
def claim(file, authority: str, *, by) -> WorkItem:
    """:raises StageConflict: no longer waiting, or somebody was faster. :raises NotAuthorised: not theirs to take."""
    item = _item(file, authority)
    if not may(by, authority, file.organisation):
        raise NotAuthorised
    if item.assignee_id not in (None, by.pk):
        raise StageConflict("这件事项刚刚已由他人认领。")
    item.assignee = by
    item.save(update_fields=["assignee"])
    record(verbs.ASSIGNED, by=by, file=file, summary=f"{item.stage_label}：{by.full_name}认领")
    return item


@transaction.atomic
def release(file, authority: str, *, by) -> WorkItem:
    """:raises NotAuthorised: claimed by somebody else."""
    item = _item(file, authority)
    if item.assignee_id != by.pk:
        raise NotAuthorised("只能放回自己认领的事项。")
    item.assignee = None
    item.save(update_fields=["assignee"])
    record(RELEASED, by=by, file=file, summary=item.stage_label)
    return item
