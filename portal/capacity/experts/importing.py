"""Handing in a list of experts, and entering its people once a person has confirmed what was read."""

from django.core.files import File
from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.capacity.experts.models import Expert, ExpertList
from portal.capacity.experts.pool import check_keeper
from portal.capacity.experts.sheet import LIST, Line, judge
from portal.documents import intake, kinds, storage
from portal.documents.models import Blob
from portal.documents.refusals import FileRefused
from portal.moment import now
from portal.organisations.models import Organisation
from portal.workflow.refusals import StepRefused

HANDED_IN = verbs.declare("experts.handed_in", "上传专家名单")
IMPORTED = verbs.declare("experts.imported", "按名单登记专家")


def hand_in(upload: File, *, by, owner: Organisation) -> ExpertList:
    """Take in an XLSX list. Nobody is in the pool by this.

    :raises NotAuthorised: not the person's pool. :raises FileRefused: no harmless XLSX.
    :raises UnreadableList: not a list of experts.
    """
    check_keeper(by, owner)
    with intake.received(upload) as received:
        if received.kind is not kinds.XLSX:
            raise FileRefused("type_not_accepted", "请上传按模板填写的 Excel 名单（.xlsx）。")
        LIST.read(received.stream)
        received.stream.seek(0)
        storage.keep(received.stream, received.digest)
    with transaction.atomic():
        blob = Blob.objects.kept(received.digest, received.size, received.kind.content_type)
        handed_in = ExpertList.objects.create(
            owner=owner, name=received.name[:255], blob=blob, handed_in_by=by, handed_in_at=now()
        )
        record(HANDED_IN, by=by, organisation=owner, summary=received.name, payload={"digest": blob.digest})
    return handed_in


def lines_of(expert_list: ExpertList) -> tuple[list[Line], list[str]]:
    """The rows of a list as they would be entered now, and what to know of the sheet."""
    with storage.open_blob(expert_list.blob.digest) as stream:
        found = LIST.read(stream)
    return judge(expert_list.owner, found), found.notes


@transaction.atomic
def confirm(expert_list: ExpertList, *, by) -> int:
    """Enter everybody who is not in the pool yet, all or nobody; how many.

    :raises StepRefused: a row has an error, nobody is new, or the list is done with.
    """
    check_keeper(by, expert_list.owner)
    Organisation.objects.select_for_update(no_key=True).get(pk=expert_list.owner_id)
    held = _open(expert_list)
    lines, _ = lines_of(held)
    if any(line.problems for line in lines):
        raise StepRefused("名单中有错误，没有登记任何人。请改正后重新上传。")
    new = [line for line in lines if line.is_new]
    if not new:
        raise StepRefused("名单中的人都已在库，没有可以登记的。")
    for line in new:
        # One by one, for the database's own check of overlapping terms and for the history of each.
        Expert.objects.create(owner=held.owner, **line.facts)
    held.state, held.entered, held.confirmed_by, held.confirmed_at = ExpertList.State.DONE, len(new), by, now()
    held.save(update_fields=["state", "entered", "confirmed_by", "confirmed_at"])
    record(IMPORTED, by=by, organisation=held.owner, summary=f"{held.name}：{len(new)} 人")
    return len(new)


@transaction.atomic
def drop(expert_list: ExpertList, *, by) -> None:
    """Give a list up; nobody was entered. :raises StepRefused: the list is done with."""
    check_keeper(by, expert_list.owner)
    held = _open(expert_list)
    held.state = ExpertList.State.DROPPED
    held.save(update_fields=["state"])


def _open(expert_list: ExpertList) -> ExpertList:
    held = (
        ExpertList.objects.select_for_update(of=("self",)).select_related("owner", "blob").get(pk=expert_list.pk)
    )  # fmt: skip
    if held.state != ExpertList.State.READ:
        raise StepRefused("这份名单已经办理。")
    return held
