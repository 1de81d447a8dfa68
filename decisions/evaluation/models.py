"""Evaluations of decisions, what speaks for choosing one, whom it heard, and what was put right afterwards."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from decisions.evaluation.vocabulary import EvaluatorKind, Method, Outcome, Trigger, Voice
from decisions.evaluation.workflow import WORKFLOW, Stage
from decisions.models import MajorDecision
from portal.documents.models import DocumentVersion
from portal.organisations.models import Organisation
from portal.workflow.models import StagedFile, lawful_stages, stage_field

OVER = (Stage.FINISHED, Stage.ABANDONED)


class Cue(models.Model):
    """Something that speaks for evaluating a decision, noted when it is heard of (国令713 art. 36 para. 1)."""

    append_only = True

    decision = models.ForeignKey(
        MajorDecision, models.PROTECT, related_name="evaluation_cues", verbose_name="决策", editable=False
    )
    trigger = models.CharField("情形", max_length=16, choices=Trigger.choices)
    words = models.CharField("具体情况", max_length=500)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    noted_on = models.DateField("登记日期")

    class Meta:
        verbose_name = "后评估线索"
        verbose_name_plural = "后评估线索"
        ordering = ("decision", "pk")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="evaluation_cue_says_what")]
        triggers = [pgtrigger.Protect(name="evaluation_cue_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.get_trigger_display()}：{self.words}"


@pghistory.track()
class DecisionEvaluation(StagedFile):
    """One evaluation of one decision: why it was chosen, plan, findings, advice, outcome, and what followed."""

    PLAN = ("scope", "evaluator_kind", "evaluator", "methods", "participants", "finish_by")
    ASPECTS = (
        ("effect", "目标实现情况和实施效果"),
        ("performance", "绩效数据"),
        ("cost", "投入和成本效益"),
        ("views", "社会公众和各方面意见"),
        ("problems", "存在的问题和原因"),
    )

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    decision = models.ForeignKey(
        MajorDecision, models.PROTECT, related_name="evaluations", verbose_name="评估的决策", editable=False
    )
    triggers = ArrayField(
        models.CharField(max_length=16, choices=Trigger.choices), verbose_name="评估情形", editable=False
    )
    choice_reason = models.CharField("选择理由", max_length=500, editable=False)
    # ── plan ──
    scope = models.TextField("评估范围", blank=True)
    evaluator_kind = models.CharField("评估方式", max_length=12, choices=EvaluatorKind.choices, blank=True)
    evaluator = models.CharField("承担评估具体工作的单位", max_length=120, blank=True)
    methods = ArrayField(
        models.CharField(max_length=16, choices=Method.choices), verbose_name="评估方法", default=list, blank=True
    )
    participants = models.CharField("参与评估的代表和组织", max_length=300, blank=True)
    finish_by = models.DateField("完成日期", null=True, blank=True)
    # ── findings ──
    effect = models.TextField("目标实现情况和实施效果", blank=True)
    performance = models.TextField("绩效数据", blank=True)
    cost = models.TextField("投入和成本效益", blank=True)
    views = models.TextField("社会公众和各方面意见", blank=True)
    problems = models.TextField("存在的问题和原因", blank=True)
    advice = models.CharField("评估建议", max_length=8, choices=Outcome.choices, blank=True, editable=False)
    advice_reason = models.TextField("建议的理由", blank=True, editable=False)
    report = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评估报告",
        editable=False,
    )  # fmt: skip
    # ── outcome ──
    outcome = models.CharField("评估结论", max_length=8, choices=Outcome.choices, blank=True, editable=False)
    outcome_reason = models.TextField("结论的理由", blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作出结论的人",
        editable=False,
    )  # fmt: skip
    decided_on = models.DateField("结论日期", null=True, blank=True, editable=False)
    conclusion = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评估结论文书",
        editable=False,
    )  # fmt: skip
    published_on = models.DateField("公开日期", null=True, blank=True, editable=False)
    follow_up = models.ForeignKey(
        MajorDecision, models.PROTECT, null=True, blank=True, related_name="adjusts_after", verbose_name="调整的决策",
        editable=False,
    )  # fmt: skip
    stopped_on = models.DateField("停止实施日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "决策后评估"
        verbose_name_plural = "决策后评估"
        indexes = [models.Index(fields=["stage", "-casefile_ptr"], name="decision_evaluations_by_stage")]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=~Q(stage__in=OVER), name="one_running_decision_evaluation",
                violation_error_message="这件决策正在评估。",
            ),
            models.CheckConstraint(
                condition=~Q(triggers=[]) & ~Q(choice_reason=""), name="decision_evaluation_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.FOLLOW_UP, Stage.FINISHED])
                | (~Q(outcome="") & ~Q(outcome_reason="") & Q(decided_on__isnull=False)),
                name="concluded_evaluation_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.FINISHED)
                | Q(outcome=Outcome.CONTINUE)
                | Q(follow_up__isnull=False)
                | Q(stopped_on__isnull=False),
                name="finished_evaluation_is_carried_out",
            ),
        ]  # fmt: skip
        triggers = [
            *lawful_stages(WORKFLOW, "decisions_evaluation_decisionevaluation"),
            # What was concluded stands in a paper and before the public; it never changes afterwards.
            pgtrigger.Trigger(
                name="concluded_outcome_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.outcome <> ''"),
                func=(
                    "IF (NEW.outcome, NEW.outcome_reason, NEW.decided_on, NEW.advice, NEW.effect, NEW.performance, "
                    "NEW.cost, NEW.views, NEW.problems) IS DISTINCT FROM (OLD.outcome, OLD.outcome_reason, "
                    "OLD.decided_on, OLD.advice, OLD.effect, OLD.performance, OLD.cost, OLD.views, OLD.problems) THEN "
                    "RAISE EXCEPTION 'a concluded evaluation cannot be changed'; END IF; RETURN NEW;"
                ),
            ),
        ]

    @property
    def is_planned(self) -> bool:
        """Whether the plan is still to be written."""
        return self.stage == Stage.PLANNING

    @property
    def is_under_study(self) -> bool:
        return self.stage == Stage.STUDY

    @property
    def takes_corrections(self) -> bool:
        """Once something was found, until the file is closed."""
        return self.stage in (Stage.STUDY, Stage.DELIBERATION, Stage.FOLLOW_UP)

    @property
    def is_carried_out(self) -> bool:
        return self.follow_up_id is not None or self.stopped_on is not None

    @property
    def trigger_words(self) -> str:
        return "；".join(Trigger(trigger).label for trigger in self.triggers)

    @property
    def method_words(self) -> str:
        return "、".join(Method(method).label for method in self.methods)

    @property
    def plan_words(self) -> str:
        return f"{self.get_evaluator_kind_display()}：{self.evaluator}；{self.method_words}"


class HeardOpinion(models.Model):
    """What a delegate, an organisation or a citizen said to the evaluators, besides the questionnaire."""

    append_only = True

    evaluation = models.ForeignKey(
        DecisionEvaluation, models.PROTECT, related_name="opinions", verbose_name="评估", editable=False
    )
    number = models.PositiveSmallIntegerField("序号", editable=False)
    voice = models.CharField("意见来源", max_length=20, choices=Voice.choices)
    source = models.CharField("姓名或者单位", max_length=120)
    heard_on = models.DateField("听取日期")
    opinion = models.TextField("意见")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "评估意见来源"
        verbose_name_plural = "评估意见来源"
        ordering = ("evaluation", "number")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="heard_opinion_number_once"),
        ]
        triggers = [pgtrigger.Protect(name="heard_opinion_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.get_voice_display()}：{self.source}"


@pghistory.track()
class Correction(models.Model):
    """What has to be put right after an evaluation (反馈纠偏): who, until when, and what was done."""

    evaluation = models.ForeignKey(
        DecisionEvaluation, models.PROTECT, related_name="corrections", verbose_name="评估", editable=False
    )
    number = models.PositiveSmallIntegerField("序号", editable=False)
    task = models.CharField("纠偏措施", max_length=500)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("完成期限")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_on = models.DateField("登记日期", editable=False)
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_note = models.CharField("完成情况", max_length=1000, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记完成的人"
    )

    class Meta:
        verbose_name = "纠偏措施"
        verbose_name_plural = "纠偏措施"
        ordering = ("evaluation", "number")
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="corrections_not_done")]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="correction_number_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_note="")
                | (Q(done_on__gte=F("entered_on")) & ~Q(done_note="")),
                name="done_correction_says_how",
                violation_error_message="请填写完成情况，完成日期不能早于登记日期。",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(
                name="done_correction_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__done_on__isnull=False),
            )
        ]

    def __str__(self):
        return self.task
