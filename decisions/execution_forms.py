"""What the pages and steps of the execution ask."""

from datetime import timedelta

from django import forms

from decisions.models import ExecutionAdjustment, ExecutionProblem, ExecutionTask
from decisions.vocabulary import AdjustmentKind, Approval, ProblemOutcome
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 4})
USUAL_DAYS = 15


def _not_later(day):
    """:raises ValidationError: the day lies ahead."""
    if day > today():
        raise forms.ValidationError("日期不能晚于今天。")
    return day


class TaskForm(forms.ModelForm):
    """One task: what, who, until when."""

    due_on = DayField(label="完成期限")

    class Meta:
        model = ExecutionTask
        fields = ["what", "unit", "due_on"]
        help_texts = {"what": "写明要做什么、做到什么程度。", "unit": "一项任务一个责任单位。"}

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.fields["unit"].queryset = Organisation.objects.within(decision.organisation).order_by("path")

    def clean_due_on(self):
        day, decision = self.cleaned_data["due_on"], self.decision
        if decision.decided_on and day < decision.decided_on:
            raise forms.ValidationError("完成期限不能早于决策日期。")
        if decision.executed_until and day > decision.executed_until:
            raise forms.ValidationError(f"完成期限不能晚于决策的计划完成日期（{decision.executed_until:%Y-%m-%d}）。")
        return day


class PlannedTaskForm(TaskForm):
    """A task of a plan that is not settled: changed, or struck out."""

    struck = forms.BooleanField(label="删去这项任务", required=False)


class TaskDoneForm(forms.Form):
    on = DayField(label="完成日期")
    result = forms.CharField(label="完成情况", max_length=2000, widget=_AREA)

    def clean_on(self):
        return _not_later(self.cleaned_data["on"])


class ProblemForm(forms.ModelForm):
    found_on = DayField(label="发现日期")

    class Meta:
        model = ExecutionProblem
        fields = ["kind", "found_on", "what"]
        widgets = {"what": _AREA}
        help_texts = {"what": "写明问题、对决策目标的影响和建议。"}

    def clean_found_on(self):
        return _not_later(self.cleaned_data["found_on"])


class ProblemAnswerForm(forms.Form):
    outcome = forms.ChoiceField(label="处理意见", choices=ProblemOutcome.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="答复", max_length=2000, widget=_AREA, help_text="中止、停止和重大调整，答复后另行办理相应步骤。"
    )


class AdjustmentForm(forms.ModelForm):
    """A minor change of the plan. What stays the same of a task that is changed is left out."""

    kind = forms.ChoiceField(
        label="调整方式", choices=[choice for choice in AdjustmentKind.choices if choice[0] != AdjustmentKind.MAJOR],
        widget=forms.RadioSelect,
    )  # fmt: skip
    due_on = DayField(label="调整后的完成期限", required=False)

    class Meta:
        model = ExecutionAdjustment
        fields = ["kind", "task", "what", "unit", "due_on", "reason"]
        widgets = {"reason": _AREA}
        help_texts = {
            "task": "增加任务的，不选。", "what": "修改任务时不填的，内容不变。",
            "unit": "修改任务时不选的，单位不变。",
            "reason": "不改变决策的目标、范围和主要措施；需要改变的，属于重大调整，须重新履行决策程序。",
        }  # fmt: skip

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = decision.execution_tasks.filter(state="open")
        self.fields["unit"].queryset = Organisation.objects.within(decision.organisation).order_by("path")
        self.decision = decision

    def clean(self):
        cleaned = super().clean()
        kind, task = cleaned.get("kind"), cleaned.get("task")
        if kind == AdjustmentKind.ADD:
            cleaned["task"] = None
            for name, label in (("what", "任务内容"), ("unit", "责任单位"), ("due_on", "完成期限")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"增加任务的，请填写{label}。")
        elif kind and not task and "task" not in self.errors:
            self.add_error("task", "请选择要调整的任务。")
        elif kind == AdjustmentKind.DROP:
            cleaned |= {"what": "", "unit": None, "due_on": None}
        elif kind == AdjustmentKind.CHANGE and task:
            if not any(cleaned.get(name) for name in ("what", "unit", "due_on")) and not self.errors:
                self.add_error("what", "请填写调整后的内容、责任单位或者期限。")
            cleaned["what"] = cleaned.get("what") or task.what
            cleaned["unit"] = cleaned.get("unit") or task.unit
            cleaned["due_on"] = cleaned.get("due_on") or task.due_on
        due_on = cleaned.get("due_on")
        if due_on and self.decision.decided_on and due_on < self.decision.decided_on:
            self.add_error("due_on", "完成期限不能早于决策日期。")
        return cleaned


class ApprovalForm(forms.Form):
    outcome = forms.ChoiceField(label="审批结果", choices=Approval.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="审批意见", max_length=1000, required=False, widget=_AREA, help_text="不同意的，说明理由。"
    )


class RemakeForm(forms.Form):
    """A major adjustment: why, and what becomes of the decision meanwhile."""

    reason = forms.CharField(label="须作重大调整的理由", max_length=1500, widget=_AREA)
    meanwhile = forms.ChoiceField(
        label="原决策",
        choices=(("suspend", "中止执行，待新的决策作出"), ("stop", "停止执行")),
        widget=forms.RadioSelect,
    )


class DelayForm(forms.Form):
    """Why the decision is not made yet, and when it is expected."""

    reason = forms.CharField(label="未作出决策的原因", max_length=1000, widget=_AREA)
    expected_on = DayField(label="预计作出决策的日期")

    def clean_expected_on(self):
        day = self.cleaned_data["expected_on"]
        if day < today():
            raise forms.ValidationError("预计日期不能早于今天。")
        return day


class ReportForm(forms.Form):
    """The report of a period; the state of the tasks is added by the portal."""

    progress = forms.CharField(
        label="执行进展", max_length=6000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="目标完成情况、资金使用、社会反映。各项任务的状态由系统随报告保存。",
    )  # fmt: skip
    next_steps = forms.CharField(label="下一步安排", max_length=2000, required=False, widget=_AREA)
    is_final = forms.BooleanField(label="这是末次报告，此后不再定期报告", required=False)

    def __init__(self, *args, file, **kwargs):
        super().__init__(*args, file=file, **kwargs)
        self.decision = file

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_final"):
            left = self.decision.execution_tasks.filter(state="open").count()
            if left:
                self.add_error("is_final", f"还有 {left} 项任务没有完成或者取消，不能作末次报告。")
        elif not cleaned.get("next_steps", "").strip() and "next_steps" not in self.errors:
            self.add_error("next_steps", "不是末次报告的，请填写下一步安排。")
        return cleaned


class FollowUpForm(forms.Form):
    """What the county asks, and until when it wants an answer."""

    demand = forms.CharField(label="督办事项和要求", max_length=2000, widget=_AREA)
    answer_until = DayField(label="答复期限")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer_until"].initial = today() + timedelta(days=USUAL_DAYS)

    def clean_answer_until(self):
        until = self.cleaned_data["answer_until"]
        if until <= today():
            raise forms.ValidationError("答复期限应当晚于今天。")
        return until


class FollowUpAnswerForm(forms.Form):
    """The answer to one of the county's notes."""

    number = forms.TypedChoiceField(label="督办", coerce=int)
    answer = forms.CharField(label="办理情况", max_length=4000, widget=_AREA)

    def __init__(self, *args, file, **kwargs):
        super().__init__(*args, file=file, **kwargs)
        waiting = file.execution_follow_ups.filter(answered_on__isnull=True).order_by("number")
        self.fields["number"].choices = [
            (asked.number, f"{asked}（{asked.answer_until:%Y-%m-%d} 前）：{asked.demand[:60]}") for asked in waiting
        ]
