"""Opening a filing for a file, and whose desk it is on at the county."""

from django.db import IntegrityError, transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure, FileLink
from portal.deadlines.models import Deadline
from portal.documents.attach import attach_version
from portal.documents.models import Document
from portal.moment import today
from portal.notifications.messages import notify_new
from portal.oversight.further import list_further
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage
from portal.workflow.models import WorkItem
from portal.workflow.perform import follow, open_file
from portal.workflow.refusals import StepRefused

URGED = verbs.declare("filing.urged", "督办报备")
RELEASED = verbs.declare("filing.released", "退回公共待办")

AT_THE_TOWN = (Stage.PREPARING, Stage.RETURNED)


class FilingRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


def standing_filing(subject, kind_code: str) -> Filing | None:
    """The filing of this subject that has not been withdrawn."""
    return Filing.objects.filter(subject_id=subject.pk, filing_kind=kind_code).exclude(stage=Stage.WITHDRAWN).first()


@transaction.atomic
def open_filing(subject, kind_code: str, *, by) -> Filing:
    """Start filing a file upward, with the papers already at hand taken over by reference.

    Asked again, it gives the filing that is already there (filed once, not twice).
    """
    kind = filing_kinds[kind_code]
    known = standing_filing(subject, kind_code)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            filing = open_file(
                Filing, by=by, organisation=subject.organisation, title=f"{kind.label}：{subject.title}"[:200],
                disclosure=Disclosure.ON_REQUEST, disclosure_reason="报备过程材料，备案结果另行公开",
                filing_kind=kind_code, subject_id=subject.pk, subject_number=kind.number_of(subject),
                recipient=subject.organisation.county(),
            )  # fmt: skip
    except IntegrityError:
        # Somebody opened it in the same moment; the constraint let one through.
        known = standing_filing(subject, kind_code)
        if known is None:
            raise
        return known
    FileLink.objects.create(source_id=filing.pk, target_id=subject.pk, kind=FileLink.Kind.REPORTS)
    collect_papers(filing, by=by)
    list_further(subject, by=by, number=filing.subject_number)
    return filing


@transaction.atomic
def collect_papers(filing: Filing, *, by) -> int:
    """Take over papers that lie in the subject's file into slots that are still empty; how many.

    :raises FilingRefused: the filing has left the town.
    """
    filing = Filing.objects.select_for_update(of=("self",), no_key=True).get(pk=filing.pk)
    if filing.stage not in AT_THE_TOWN:
        raise FilingRefused("已经报送，不能再收取材料。")
    kind = filing_kinds[filing.filing_kind]
    if kind.collect is None:
        return 0
    filled = set(Document.objects.in_force().filter(file_id=filing.pk).values_list("slot", flat=True))
    wanted = {slot: version for slot, version in kind.collect(filing.subject, by).items() if slot not in filled}
    for slot, version in wanted.items():
        attach_version(filing, slot, version, by=by)
    return len(wanted)


@follow
def due_date_follows_subject(file, taken) -> None:
    """Until it is submitted, a filing's work is due with the limit on its subject, which a later step may start."""
    if taken is None:
        return
    step = file.workflow.transition(taken.code)
    if {*step.starts, *step.stops, *step.cancels}.isdisjoint(filing_kinds.clocks()):
        return
    waiting = Filing.objects.filter(subject_id=file.pk, stage__in=AT_THE_TOWN)
    for filing in waiting.only("stage", "filing_kind", "subject_id"):
        WorkItem.objects.filter(file_id=filing.pk, closed_at__isnull=True).update(deadline=filing.next_deadline())


@transaction.atomic
def claim(filing: Filing, *, by) -> None:
    """Take a filing to one's own desk (认领). Of two who press at once, one gets it.

    :raises FilingRefused: it is another's, or there is nothing to do on it.
    """
    # The assignee is read after the lock: a joined row would still be the one from before the wait.
    items = list(WorkItem.objects.select_for_update().filter(file_id=filing.pk, closed_at__isnull=True))
    if not items:
        raise FilingRefused("这件报备现在没有等待办理的环节。")
    other = next((item.assignee for item in items if item.assignee_id not in (None, by.pk)), None)
    if other is not None:
        raise FilingRefused(f"这件报备已由{other.full_name}认领。")
    if all(item.assignee_id == by.pk for item in items):
        return
    WorkItem.objects.filter(pk__in=[item.pk for item in items]).update(assignee=by)
    record(verbs.ASSIGNED, by=by, file=filing, summary=f"{by.full_name}认领")


@transaction.atomic
def release(filing: Filing, *, by) -> None:
    """Give a claimed filing back to all. :raises FilingRefused: it is not on the person's own desk."""
    given = WorkItem.objects.filter(file_id=filing.pk, closed_at__isnull=True, assignee=by).update(assignee=None)
    if not given:
        raise FilingRefused("这件报备不是由您认领的。")
    Filing.objects.filter(pk=filing.pk, assigned_to=by).update(assigned_to=None)
    record(RELEASED, by=by, file=filing, summary=f"{by.full_name}退回公共待办")


@transaction.atomic
def urge(deadline, *, by, heads) -> None:
    """Press an overdue town for its filing (督办): its heads are told, and the file's history says so.

    :param deadline: the overdue limit, on the file that must be filed. :param heads: whom to tell.
    :raises FilingRefused: not overdue, or pressed already today.
    """
    deadline = Deadline.objects.select_for_update(of=("self",)).select_related("file__organisation").get(pk=deadline.pk)
    if deadline.state != deadline.State.RUNNING or deadline.effective_end >= today():
        raise FilingRefused("没有逾期，或者刚刚已经报送，不需要督办。")
    file = deadline.file
    told = notify_new(
        heads, f"督办：逾期未报送备案《{file.title}》",
        f"报备期限 {deadline.effective_end:%Y-%m-%d} 已过，请立即组织报送。依据：{deadline.citation}。",
        file=file, key=f"urge:{deadline.pk}:{today():%Y%m%d}",
    )  # fmt: skip
    if not told:
        raise FilingRefused("今天已经督办过，或者该机关没有登记负责人。")
    record(URGED, by=by, file=file, summary=f"逾期未报送备案，期限 {deadline.effective_end:%Y-%m-%d}")
