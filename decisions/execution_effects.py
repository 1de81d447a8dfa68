"""What the steps of the execution do besides moving: the tasks are given out, reports are owed and filed,
the county asks and the town answers (国令713 arts. 7, 34, 37)."""

from decisions import effects, time_limits
from decisions.switches import REPORT_PERIOD
from portal.accounts.authority import holders
from portal.deadlines import clocks
from portal.deadlines.arithmetic import add_months
from portal.moment import today
from portal.notifications.messages import notify
from portal.organisations.policy import value
from portal.workflow.refusals import StepRefused


def _owe_report(decision, after, by) -> None:
    """The next report falls due one period after that day; how long a period is, the region says.

    Whoever reported early begins the next period at once, and keeps the days on which reports are due.
    """
    months = int(value(REPORT_PERIOD.code, decision.organisation, today()))
    clocks.start_clock(
        decision, time_limits.EXECUTION_REPORT, min(after, today()), by=by, until=add_months(after, months)
    )


def make_public(decision, by, data):
    """Published; from today it is carried out and reported on."""
    effects.make_public(decision, by, data)
    _owe_report(decision, today(), by)


def begin(decision, by, data):
    """Carried out, for the first time or again, from today."""
    _owe_report(decision, today(), by)


def settle_plan(decision, by, data):
    """The tasks are given out; from now on only an adjustment changes them."""
    decision.plan_settled_on = today()
    decision.save(update_fields=["plan_settled_on"])


def report(decision, by, data):
    """Keep the report with every task as it stands; the next period begins where this one was due."""
    clock = decision.deadlines.filter(code=time_limits.EXECUTION_REPORT).latest("id")
    kept = decision.execution_reports.create(
        number=decision.execution_reports.count() + 1,
        period_from=clock.start_on,
        due_on=clock.effective_end,
        reported_on=today(),
        progress=data["progress"].strip(),
        next_steps=data.get("next_steps", "").strip(),
        is_final=data["is_final"],
        tasks=[_as_it_stands(task) for task in decision.execution_tasks.select_related("unit")],
        reported_by=by,
    )
    if not kept.is_final:
        _owe_report(decision, clock.effective_end, by)


def _as_it_stands(task) -> dict:
    return {
        "number": task.number, "what": task.what, "unit": task.unit.short_name, "due_on": task.due_on.isoformat(),
        "state": task.get_state_display(), "late_days": task.late_days(today()),
    }  # fmt: skip


def follow_up(decision, by, data):
    """The county asks about the execution; the town is told and has until the named day."""
    asked = decision.execution_follow_ups.create(
        number=decision.execution_follow_ups.count() + 1, demand=data["demand"].strip(),
        answer_until=data["answer_until"], issued_on=today(), issued_by=by,
    )  # fmt: skip
    clocks.start_clock(decision, time_limits.FOLLOW_UP, today(), by=by, about=str(asked), until=asked.answer_until)
    notify(
        [*holders("decisions.draft", decision.organisation), *holders("decisions.sign", decision.organisation)],
        f"决策执行督办：{decision.title}",
        f"{asked.demand}\n请于 {asked.answer_until:%Y-%m-%d} 前答复。",
        file=decision,
    )


def answer_follow_up(decision, by, data):
    """:raises StepRefused: no such note, or it is answered already."""
    asked = decision.execution_follow_ups.filter(number=data["number"], answered_on__isnull=True).first()
    if asked is None:
        raise StepRefused("这份督办已经答复，或者不存在。")
    asked.answer, asked.answered_on, asked.answered_by = data["answer"].strip(), today(), by
    asked.save(update_fields=["answer", "answered_on", "answered_by"])
    clocks.stop_clock(decision, time_limits.FOLLOW_UP, today(), by=by, about=str(asked))
    notify([asked.issued_by], f"督办已答复：{decision.title}", asked.answer, file=decision)


def finish(decision, by, data):
    """Carried out in full."""
    decision.executed_on = today()
    decision.save(update_fields=["executed_on"])
