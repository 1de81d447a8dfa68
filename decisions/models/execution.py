"""Carrying a decision out (决策执行): tasks, periodic reports, problems, adjustments, what the county asks, and delay.

Law: 国令713 arts. 34 (executing unit, supervision, reports), 35 (problems are reported), 37 (no change without
procedure; a major adjustment repeats it), 38 (a decision due and dragged on). What is settled stays as it is.
"""

import hashlib

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from decisions.models.decision import MajorDecision
from decisions.vocabulary import AdjustmentKind, Approval, ProblemKind, ProblemOutcome, TaskState
from decisions.workflow import Stage
from portal.organisations.models import Organisation


def _person(label: str, **more):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **more)


def _stays(name: str, **condition):
    """Never changed or removed, once the condition (none: at once) holds of the row."""
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(**condition) if condition else None,
    )


class ExecutionTask(models.Model):
    """One task of the execution: what, by whom, until when. After the plan is settled only an adjustment changes it."""

    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="execution_tasks", verbose_name="决策")
    number = models.PositiveSmallIntegerField("序号")
    what = models.CharField("任务内容", max_length=300)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("完成期限")
    state = models.CharField("状态", max_length=8, choices=TaskState.choices, default=TaskState.OPEN, editable=False)
    settled_on = models.DateField("完成或者取消日期", null=True, blank=True, editable=False)
    result = models.TextField("完成情况或者取消的理由", blank=True, editable=False)
    entered_by = _person("登记人", editable=False)

    class Meta:
        verbose_name = "决策执行任务"
        verbose_name_plural = "决策执行任务"
        ordering = ("decision", "number")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="execution_task_number_once"),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN) | (Q(settled_on__isnull=False) & ~Q(result="")),
                name="settled_task_has_day_and_words",
            ),
        ]

    def __str__(self):
        return f"第 {self.number} 项：{self.what}"

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    def late_days(self, on) -> int:
        """By how many days it is, or was finished, after its day; none for what was dropped."""
        if self.state == TaskState.DROPPED:
            return 0
        return max(0, ((self.settled_on or on) - self.due_on).days)

    @property
    def seen(self) -> str:
        parts = (self.what, str(self.unit_id), str(self.due_on), self.state, self.result)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class ExecutionReport(models.Model):
    """What the executing unit reported for a period, with every task as it stood that day."""

    append_only = True

    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="execution_reports", verbose_name="决策")
    number = models.PositiveSmallIntegerField("期次")
    period_from = models.DateField("报告期起")
    due_on = models.DateField("应报日期")
    reported_on = models.DateField("报告日期")
    progress = models.TextField("执行进展")
    next_steps = models.TextField("下一步安排", blank=True)
    is_final = models.BooleanField("末次报告")
    tasks = models.JSONField("当时各项任务")
    reported_by = _person("报告人")

    class Meta:
        verbose_name = "决策执行报告"
        verbose_name_plural = "决策执行报告"
        ordering = ("decision", "-number")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="execution_report_number_once"),
            models.UniqueConstraint(fields=["decision"], condition=Q(is_final=True), name="one_final_execution_report"),
        ]
        triggers = [_stays("execution_report_stays")]

    def __str__(self):
        return f"第 {self.number} 期执行报告"

    @property
    def late_days(self) -> int:
        return max(0, (self.reported_on - self.due_on).days)


class ExecutionProblem(models.Model):
    """A problem that whoever carries the decision out reported, and what the deciding organ answered (art. 35)."""

    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="execution_problems", verbose_name="决策")
    number = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("情形", max_length=16, choices=ProblemKind.choices)
    what = models.TextField("问题和影响")
    found_on = models.DateField("发现日期")
    reported_by = _person("报告人", editable=False)
    reported_at = models.DateTimeField("报告时间", editable=False)
    outcome = models.CharField("处理意见", max_length=8, choices=ProblemOutcome.choices, blank=True, editable=False)
    answer = models.TextField("决策机关的答复", blank=True, editable=False)
    answered_by = _person("答复人", null=True, blank=True, editable=False)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "决策执行问题"
        verbose_name_plural = "决策执行问题"
        ordering = ("decision", "-number")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="execution_problem_number_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & ~Q(outcome="") & Q(answered_by__isnull=False)),
                name="answered_problem_has_words",
            ),
        ]
        triggers = [_stays("answered_problem_stays", old__answered_at__isnull=False)]

    def __str__(self):
        return f"第 {self.number} 个问题：{self.get_kind_display()}"


class ExecutionAdjustment(models.Model):
    """A change of the execution with its reason. A minor one is asked for and approved by two people; a major one
    (``successor``) is a new decision by the whole procedure (art. 37)."""

    decision = models.ForeignKey(
        MajorDecision, models.PROTECT, related_name="execution_adjustments", verbose_name="决策"
    )
    number = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("调整方式", max_length=8, choices=AdjustmentKind.choices)
    task = models.ForeignKey(
        ExecutionTask, models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name="任务"
    )
    what = models.CharField("调整后的任务内容", max_length=300, blank=True)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="调整后的责任单位"
    )
    due_on = models.DateField("调整后的完成期限", null=True, blank=True)
    before = models.CharField("调整前", max_length=500, blank=True)
    reason = models.TextField("理由")
    asked_by = _person("提出人")
    asked_at = models.DateTimeField("提出时间")
    outcome = models.CharField("审批结果", max_length=8, choices=Approval.choices, blank=True)
    words = models.TextField("审批意见", blank=True)
    decided_by = _person("审批人", null=True, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    successor = models.OneToOneField(
        MajorDecision, models.PROTECT, null=True, blank=True, related_name="adjusts", verbose_name="重新决策的事项"
    )

    class Meta:
        verbose_name = "决策执行调整"
        verbose_name_plural = "决策执行调整"
        ordering = ("decision", "-number")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="execution_adjustment_number_once"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(outcome=""), name="one_open_adjustment_a_task",
                violation_error_message="这项任务已有一项调整等待审批。",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | (~Q(outcome="") & Q(decided_by__isnull=False)),
                name="decided_adjustment_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(kind=AdjustmentKind.MAJOR) | Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="adjustment_approved_by_another",
                violation_error_message="提出调整的人不能自己审批。",
            ),
            models.CheckConstraint(
                condition=Q(kind=AdjustmentKind.MAJOR, successor__isnull=False)
                | (~Q(kind=AdjustmentKind.MAJOR) & Q(successor__isnull=True)),
                name="major_adjustment_is_a_new_decision",
            ),
        ]  # fmt: skip
        triggers = [_stays("decided_adjustment_stays", old__decided_at__isnull=False)]

    def __str__(self):
        return f"第 {self.number} 次调整：{self.get_kind_display()}"


class ExecutionFollowUp(models.Model):
    """What the county asks of the execution (督办), and what the town answered (art. 7)."""

    decision = models.ForeignKey(
        MajorDecision, models.PROTECT, related_name="execution_follow_ups", verbose_name="决策"
    )
    number = models.PositiveSmallIntegerField("序号")
    demand = models.TextField("督办事项和要求")
    answer_until = models.DateField("答复期限")
    issued_on = models.DateField("督办日期")
    issued_by = _person("督办人")
    answer = models.TextField("办理情况", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = _person("答复人", null=True, blank=True)

    class Meta:
        verbose_name = "决策执行督办"
        verbose_name_plural = "决策执行督办"
        ordering = ("decision", "-number")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="execution_follow_up_number_once"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="answered_follow_up_has_words",
            ),
        ]
        triggers = [_stays("answered_follow_up_stays", old__answered_on__isnull=False)]

    def __str__(self):
        return f"第 {self.number} 次督办"


class DelayNote(models.Model):
    """Why a decision that is due is not made yet, in the town's own words (久拖不决). The newest counts."""

    append_only = True

    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="delay_notes", verbose_name="决策")
    stage = models.CharField("当时环节", max_length=40, choices=Stage.choices)
    due_on = models.DateField("应当作出决策的日期", null=True, blank=True)
    reason = models.TextField("未作出决策的原因")
    expected_on = models.DateField("预计作出决策的日期")
    written_by = _person("填写人")
    written_at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = "久拖不决原因说明"
        verbose_name_plural = "久拖不决原因说明"
        ordering = ("decision", "-pk")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="delay_note_says_why")]
        triggers = [_stays("delay_note_stays")]

    def __str__(self):
        return f"{self.get_stage_display()}：{self.reason[:40]}"
