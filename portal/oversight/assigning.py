"""Whose filing it is at the county: given out by the supervisor (分办), kept from step to step."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from portal.accounts.authority import holders, may
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import today
from portal.notifications.messages import notify
from portal.oversight.filing import FilingRefused
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage
from portal.workflow.models import WorkItem
from portal.workflow.perform import follow

GIVEN_OUT = verbs.declare("filing.given_out", "分办备案审查")
TAKEN_AWAY = verbs.declare("filing.taken_away", "撤回分办")

AT_THE_COUNTY = (Stage.SUBMITTED, Stage.REVIEWING, Stage.ANSWERED, Stage.REVOKING, Stage.ANNOUNCING)


def reviewers(organisation):
    """Who may be given a filing of that organisation."""
    return holders("oversight.review", organisation)


def _held(filing: Filing) -> Filing:
    """The filing, locked, with its reviewer."""
    rows = Filing.objects.select_for_update(of=("self",)).select_related("organisation", "subject", "assigned_to")
    return rows.get(pk=filing.pk)


@transaction.atomic
def assign(filing: Filing, *, to, by, reason: str = "") -> None:
    """Give a filing to a reviewer, or to another one; it stays with that person in the steps that follow.

    :raises FilingRefused: no authority to give out, the person can't review it, or it is theirs already.
    """
    filing = _held(filing)
    if not may(by, "oversight.assign", filing.organisation):
        raise FilingRefused("您没有分办的权限。")
    if not may(to, "oversight.review", filing.organisation):
        raise FilingRefused(f"{to.full_name}不是备案审查人员。")
    if filing.is_closed or filing.submitted_on is None:
        raise FilingRefused("这件报备没有需要分办的环节。")
    if filing.assigned_to_id == to.pk:
        raise FilingRefused(f"这件报备已经分给{to.full_name}。")
    was = filing.assigned_to.full_name if filing.assigned_to else ""
    filing.assigned_to = to
    filing.save(update_fields=["assigned_to"])
    _onto_desk(filing)
    words = f"由{was}改为{to.full_name}" if was else f"分给{to.full_name}"
    record(GIVEN_OUT, by=by, file=filing, summary=f"{words}；{reason.strip()}" if reason.strip() else words)
    notify([to], f"分办：{filing.subject.title}"[:200], f"{by.full_name}将这件备案审查分给您办理。", file=filing)


@transaction.atomic
def take_away(filing: Filing, *, by) -> None:
    """Back to all reviewers. :raises FilingRefused: no authority to give out, or it was given to nobody."""
    filing = _held(filing)
    if not may(by, "oversight.assign", filing.organisation):
        raise FilingRefused("您没有分办的权限。")
    if filing.assigned_to is None:
        raise FilingRefused("这件报备没有分办。")
    person, filing.assigned_to = filing.assigned_to, None
    filing.save(update_fields=["assigned_to"])
    WorkItem.objects.filter(file_id=filing.pk, closed_at__isnull=True, assignee=person).update(assignee=None)
    record(TAKEN_AWAY, by=by, file=filing, summary=f"从{person.full_name}处撤回")


def _onto_desk(filing: Filing) -> None:
    """The open items that the person may take; a step for somebody else stays with somebody else."""
    if filing.stage not in AT_THE_COUNTY:
        return
    for item in WorkItem.objects.select_for_update().filter(file_id=filing.pk, closed_at__isnull=True):
        if may(filing.assigned_to, item.authority, filing.organisation):
            item.assignee = filing.assigned_to
            item.save(update_fields=["assignee"])


@follow
def assignment_stays(file, taken) -> None:
    """Follower of every step: the next item of a filing that was given out lands on the same desk."""
    if taken is not None and isinstance(file, Filing) and file.assigned_to_id is not None:
        _onto_desk(file)


@dataclass
class Load:
    """What lies on one reviewer's desk."""

    person: object
    checking: int = 0
    reviewing: int = 0
    answered: int = 0
    late: int = 0
    soon: int = 0
    decided: int = 0

    @property
    def open(self) -> int:
        return self.checking + self.reviewing + self.answered


def workload(organisation, person) -> tuple[list[Load], int]:
    """The load of every reviewer of the county, and how much nobody has; in a fixed number of queries.

    :param person: whose scope counts.
    """
    loads = {reviewer.pk: Load(reviewer) for reviewer in reviewers(organisation)}
    stages = {Stage.SUBMITTED: "checking", Stage.REVIEWING: "reviewing", Stage.ANSWERED: "answered"}
    visible = Filing.objects.visible_to(person).filter(stage__in=stages)
    day, unclaimed = today(), 0
    items = WorkItem.objects.filter(closed_at__isnull=True, file__in=visible.values("pk"))
    stage_of = dict(visible.values_list("pk", "stage"))
    for file_id, assignee, end, soon_from, state in items.values_list(
        "file_id", "assignee", "deadline__effective_end", "deadline__soon_from", "deadline__state"
    ):
        load = loads.get(assignee)
        if load is None:
            unclaimed += assignee is None
            continue
        name = stages[Stage(stage_of[file_id])]
        setattr(load, name, getattr(load, name) + 1)
        if state == "running" and end < day:
            load.late += 1
        elif state == "running" and soon_from is not None and soon_from <= day:
            load.soon += 1
    decided = Filing.objects.visible_to(person).filter(Q(reviewer__in=loads), decided_on__year=day.year)
    for reviewer in decided.values_list("reviewer", flat=True):
        loads[reviewer].decided += 1
    return list(loads.values()), unclaimed
