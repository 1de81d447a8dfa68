"""What the case page of a decision says of delay before it is made, and of its execution afterwards."""

from django.urls import reverse

from decisions import time_limits
from decisions.ageing import PENDING, Thresholds, pending, standing_of
from decisions.models import MajorDecision
from decisions.views.executing import task_rows
from decisions.workflow import Stage
from portal.accounts.authority import may
from portal.moment import today
from portal.web.inside import case_page

_SHOWN = (Stage.PUBLICATION, Stage.EXECUTION, Stage.SUSPENDED, Stage.EXECUTED, Stage.STOPPED)
MOST_NOTES = 3


def _stage_since(decision):
    return pending(MajorDecision.objects.filter(pk=decision.pk)).values_list("stage_since", flat=True).get()


def _delay(decision, person):
    """Only where the decision is overdue, nearly due, or long in one stage."""
    if decision.stage not in PENDING:
        return None
    limits = Thresholds(decision.organisation)
    lamp, said = {"state": "soon", "text": "停留过久"}, []
    if decision.due_on is not None:
        state, words = standing_of(decision, limits.day, limits.soon_until)
        lamp = {"state": state, "text": words}
        said.append(f"应当在 {decision.due_on:%Y-%m-%d} 前作出决策（{decision.due_basis}）。")
    # Whoever was opened lately can't have stayed long.
    since = _stage_since(decision) if decision.opened_on <= limits.long_since else limits.day
    stays = since <= limits.long_since
    if stays:
        said.append(f"在「{decision.stage_label}」环节已停留 {(limits.day - since).days} 日。")
    is_due = decision.due_on is not None and lamp["state"] in ("late", "soon")
    if not is_due and not stays:
        return None
    return {
        "lamp": lamp,
        "words": "".join(said),
        "notes": decision.delay_notes.select_related("written_by")[:MOST_NOTES],
        "explain_url": reverse("decisions:delay", args=[decision.public_id])
        if may(person, "decisions.draft", decision.organisation)
        else "",
    }  # fmt: skip


def _execution(decision, person):
    """Tasks, the next report, and what waits for an answer; from the decision on."""
    if decision.stage not in _SHOWN:
        return None
    owed = next(
        (clock for clock in decision.deadlines.all() if clock.code == time_limits.EXECUTION_REPORT and clock.is_open),
        None,
    )
    last = decision.execution_reports.order_by("-number").first()
    problems = decision.execution_problems.filter(answered_at__isnull=True).count()
    follow_ups = decision.execution_follow_ups.filter(answered_on__isnull=True).count()
    waiting = f"问题 {problems} 个，督办 {follow_ups} 份" if problems or follow_ups else "没有"
    due = "不再报告" if last and last.is_final else "—"
    if owed is not None:
        due = f"{owed.effective_end:%Y-%m-%d}（{owed.lamp(today()).text}）"
    return {
        "url": reverse("decisions:execution", args=[decision.public_id]),
        "tasks": task_rows(decision, person),
        "facts": [
            {
                "key": "任务下达",
                "value": f"{decision.plan_settled_on:%Y-%m-%d}" if decision.plan_settled_on else "尚未下达",
            },
            {"key": "下次报告", "value": due},
            {"key": "最近报告", "value": f"{last}，{last.reported_on:%Y-%m-%d}" if last else "还没有报告"},
            {"key": "待答复", "value": waiting},
        ],
    }  # fmt: skip


DELAY = case_page.Section("decisions/part_delay.html", _delay, anchor="delay")
EXECUTION = case_page.Section("decisions/part_execution.html", _execution, anchor="execution")
