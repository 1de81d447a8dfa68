"""``perform()``: the only writer of a stage. Pages, API, commands and the demo all come through here."""

from collections.abc import Callable

from django.db import transaction

from portal.accounts.authority import holders, may
from portal.audit import verbs
from portal.audit.context import acting
from portal.audit.record import record
from portal.casefiles.numbering import allocate
from portal.casefiles.reading import reading
from portal.deadlines import clocks
from portal.moment import now, today
from portal.notifications.messages import notify
from portal.workflow.declare import Transition
from portal.workflow.gates import gate_reports
from portal.workflow.models import TransitionRecord, WorkItem
from portal.workflow.refusals import GatesNotMet, NotAuthorised, NoteMissing, StageConflict

_followers: list[Callable] = []


def follow(function: Callable) -> Callable:
    """Register ``function(file, record)`` to run inside the transaction of every step (index, register …).

    For rooms above this one that must never miss a step; not for judging whether it may be taken.
    """
    if function not in _followers:
        _followers.append(function)
    return function


@transaction.atomic
def open_file(
    model, *, by, organisation, title: str, disclosure: str, disclosure_reason: str = "",
    authority: str = "casefiles.open", handed_in: bool = False, **fields,
):  # fmt: skip
    """Open a file of any kind (立卷): number, first audit entry, first work items.

    :param authority: what the kind asks of whoever opens it, where that isn't the general one.
    :param handed_in: the public handed it in: ``by`` is in charge of it, and the history names nobody as its opener.
    :raises NotAuthorised: the person may not open files in that organisation.
    """
    if not may(by, authority, organisation):
        raise NotAuthorised("您没有在该机构立卷的权限。")
    moment = now()
    year = today().year
    workflow = model.workflow
    actor = None if handed_in else by
    with acting(actor):
        serial = allocate(organisation, f"file:{workflow.code}", year)
        file = model.objects.create(
            kind=workflow.code,
            number=f"{organisation.short_name}{workflow.mark}{year}-{serial:04d}",
            title=title,
            organisation=organisation,
            opened_on=today(),
            opened_by=by,
            disclosure=disclosure,
            disclosure_reason=disclosure_reason,
            **fields,
        )
        record(verbs.OPENED, by=actor, file=file, summary=f"立卷：{title}", payload={"number": file.number})
        _hand_over(file, None, actor, moment)
        for follower in _followers:
            follower(file, None)
    return file


def perform(file, code: str, *, by, note: str = "", data: dict | None = None, expects: int | None = None):
    """Move a file by one step, or refuse and say why.

    :param data: what the step's form asked for, already cleaned; handed to the effect and kept in the record.
    :param expects: id of the newest record the person saw; another one since then is a conflict.
    :returns: the fresh file; its ``last_record()`` is the step just taken.
    :raises StageConflict: someone was faster. :raises NotAuthorised: wrong person.
    :raises NoteMissing: the step asks for a reason. :raises GatesNotMet: with everything that is missing.
    """
    with transaction.atomic(), acting(by):
        file = type(file).objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file.pk)
        step = file.workflow.transition(code)
        _require_stage(file, step, expects)
        require_authority(file, step, by)
        if step.needs_note and not note.strip():
            raise NoteMissing
        with reading():
            reports = gate_reports(file, step)
        unmet = [report for report in reports if report.is_open]
        if unmet:
            raise GatesNotMet(unmet)
        return _take(file, step, by, note, data or {}, reports)


def _take(file, step: Transition, by, note: str, data: dict, reports):
    moment, day = now(), today()
    source = file.stage
    target = step.target or source
    taken = TransitionRecord.objects.create(
        file_id=file.pk,
        code=step.code,
        label=step.label,
        source=source,
        target=target,
        performed_by=by,
        person_name=by.full_name if by else "系统",
        post=by.post_on(day) if by else "",
        organisation=by.organisation if by else file.organisation,
        note=note,
        data=_plain(data),
        gates=[report.as_dict() for report in reports],
        policies={gate.switch: file.policy(gate.switch) for gate in step.gates if gate.switch},
        occurred_at=moment,
    )
    for clock in step.stops:
        clocks.stop_clock(file, clock, day, by=by)
    for clock in step.cancels:
        if file.deadlines.open().filter(code=clock).exists():
            clocks.cancel_clock(file, clock, by, reason=step.label)
    # The effect comes first: the new stage's constraints (a number, a receipt) must hold when the stage is written.
    file.stage = target
    if step.effect is not None:
        step.effect(file, by, data)
    changed = ["stage"]
    if step.addresses_county and file.addressed_to_county_at is None:
        file.addressed_to_county_at = moment
        changed.append("addressed_to_county_at")
    file.save(update_fields=changed)
    for clock in step.starts:
        clocks.start_clock(file, clock, day, by=by)
    record(
        verbs.MOVED,
        by=by,
        file=file,
        summary=f"{step.label}：{file.workflow.stages(source).label} → {file.workflow.stages(target).label}",
        payload={"record": taken.pk, "code": step.code, "source": source, "target": target},
    )
    _hand_over(file, step, by, moment)
    if step.closes:
        file.closed_on = day
        file.save(update_fields=["closed_on"])
    for follower in _followers:
        follower(file, taken)
    return file


def _require_stage(file, step: Transition, expects: int | None) -> None:
    if file.stage not in step.sources or not step.applies(file):
        raise StageConflict
    if expects is not None:
        last = file.last_record()
        if (last.pk if last else 0) != expects:
            raise StageConflict


def require_authority(file, step: Transition, by) -> None:
    """:raises NotAuthorised: without the authority, or barred because of an earlier step (four eyes)."""
    if by is None:
        if step.by_system:
            return
        raise NotAuthorised
    if not may(by, step.authority_on(file), file.organisation):
        raise NotAuthorised(f"办理「{step.label}」须有相应权限，您的角色是{by.role_labels() or '无'}。")
    if step.not_by:
        barred = (
            TransitionRecord.objects.filter(file_id=file.pk, code__in=step.not_by)
            .order_by("-id")
            .values_list("performed_by_id", "label")
            .first()
        )
        if barred and barred[0] == by.pk:
            raise NotAuthorised(f"「{barred[1]}」由您办理，「{step.label}」须由另一人办理。")


def _hand_over(file, step: Transition | None, by, moment) -> None:
    """Close the items of the step just taken, open those of the next, tell who has it now."""
    open_items = WorkItem.objects.filter(file_id=file.pk, closed_at__isnull=True)
    wanted = {}
    if not (step and step.closes):
        for transition in file.workflow.next_steps(file):
            if transition.main and not transition.by_system:
                wanted.setdefault(transition.authority_on(file), []).append(transition)
    held, limits = {}, []
    if step is not None:  # a file just opened has neither items nor limits
        limits = list(file.deadlines.all())
        if step.target is not None:
            open_items.update(closed_at=moment, closed_by=by)
        else:
            held = dict(open_items.values_list("authority", "deadline"))
    first_due = file.next_deadline(limits)
    running = [clock for clock in limits if clock.state == clock.State.RUNNING]
    for authority, transitions in wanted.items():
        due = _own_limit(running, transitions) or first_due
        if authority in held:
            if held[authority] != (due and due.pk):
                open_items.filter(authority=authority).update(deadline=due)
            continue
        WorkItem.objects.create(
            file_id=file.pk,
            organisation=file.organisation,
            authority=authority,
            stage_label=file.workflow.stages(file.stage).label,
            deadline=due,
            opened_at=moment,
        )
        told = holders(authority, file.organisation).only("pk")
        people = [person for person in told if by is None or person.pk != by.pk]
        notify(
            people,
            f"待办：{file.title}",
            f"已到「{file.workflow.stages(file.stage).label}」环节，请办理。",
            file=file,
            key=f"turn:{file.pk}:{authority}:{moment.isoformat()}",
        )
    # Who has done the part that was theirs at this stage, such as the county's number, has nothing more to do.
    open_items.filter(authority__in=held.keys() - wanted.keys()).update(closed_at=moment, closed_by=by)


def _own_limit(running, steps: list[Transition]):
    """The first limit that these steps themselves keep: of two who act side by side, each is shown the own due date."""
    codes = {code for step in steps for code in step.stops}
    own = [clock for clock in running if clock.code in codes and clock.rule.get("direction") != "min"]
    return min(own, key=lambda clock: clock.effective_end, default=None)


def available(file, person) -> list[Transition]:
    """The steps that this person may take from where the file is (gates apart)."""
    steps = []
    if file.is_closed:
        return steps
    for step in file.workflow.next_steps(file):
        try:
            require_authority(file, step, person)
        except NotAuthorised:
            continue
        steps.append(step)
    return steps


def _plain(data: dict) -> dict:
    """Form data as JSON: dates ISO, people and rows by their key, files by name."""
    plain = {}
    for key, value in data.items():
        if hasattr(value, "isoformat"):
            plain[key] = value.isoformat()
        elif hasattr(value, "pk"):
            plain[key] = value.pk
        elif hasattr(value, "read"):
            plain[key] = getattr(value, "name", "")
        elif isinstance(value, str | int | float | bool | list | dict) or value is None:
            plain[key] = value
        else:
            plain[key] = str(value)
    return plain
