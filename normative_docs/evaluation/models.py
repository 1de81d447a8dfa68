"""Evaluations, and which documents are important enough to be evaluated."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from normative_docs.evaluation.vocabulary import CHANGING, EvaluationKind, Method, Outcome
from normative_docs.evaluation.workflow import WORKFLOW, Stage
from normative_docs.models import NormativeDocument
from portal.documents.models import DocumentVersion
from portal.workflow.models import StagedFile, lawful_stages, stage_field

OVER = (Stage.FINISHED, Stage.ABANDONED)


@pghistory.track()
class ImportanceMark(models.Model):
    """A document is important (重要规范性文件) and therefore evaluated after two years, with the reason.

    A document on a matter of people's livelihood (重大民生) is important without a mark.
    """

    document = models.OneToOneField(
        NormativeDocument, models.PROTECT, related_name="importance", verbose_name="规范性文件"
    )
    reason = models.CharField("列为重要文件的理由", max_length=300)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    marked_on = models.DateField("登记日期")

    class Meta:
        verbose_name = "重要文件标记"
        verbose_name_plural = "重要文件标记"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="importance_says_why", violation_error_message="请填写理由。"
            )
        ]

    def __str__(self):
        return f"{self.document_id}"


@pghistory.track()
class Evaluation(StagedFile):
    """One evaluation of one document: plan, findings, outcome, report, and what was done about it."""

    PLAN = ("methods", "team", "respondents", "finish_by")
    ASPECTS = (
        ("legality", "合法性"),
        ("fairness", "合理性和协调性"),
        ("operability", "可操作性"),
        ("effect", "实施效果"),
        ("problems", "存在的问题和建议"),
    )

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="evaluations", verbose_name="评估对象", editable=False
    )
    evaluation_kind = models.CharField("评估种类", max_length=8, choices=EvaluationKind.choices, editable=False)
    methods = ArrayField(
        models.CharField(max_length=16, choices=Method.choices), verbose_name="评估方法", default=list, blank=True
    )
    team = models.CharField("评估人员", max_length=300, blank=True)
    respondents = models.CharField("调查对象", max_length=300, blank=True)
    finish_by = models.DateField("完成日期", null=True, blank=True)
    legality = models.TextField("合法性", blank=True)
    fairness = models.TextField("合理性和协调性", blank=True)
    operability = models.TextField("可操作性", blank=True)
    effect = models.TextField("实施效果", blank=True)
    problems = models.TextField("存在的问题和建议", blank=True)
    outcome = models.CharField("评估结论", max_length=8, choices=Outcome.choices, blank=True, editable=False)
    outcome_reason = models.TextField("结论的理由", blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定人",
        editable=False,
    )  # fmt: skip
    decided_on = models.DateField("审定日期", null=True, blank=True, editable=False)
    report = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评估报告",
        editable=False,
    )  # fmt: skip
    published_on = models.DateField("公开日期", null=True, blank=True, editable=False)
    follow_up = models.ForeignKey(
        NormativeDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="落实结论的文件",
        editable=False,
    )  # fmt: skip
    improvement = models.TextField("改进措施", blank=True, editable=False)

    class Meta:
        verbose_name = "规范性文件评估"
        verbose_name_plural = "规范性文件评估"
        indexes = [models.Index(fields=["stage", "-casefile_ptr"], name="evaluations_by_stage")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "evaluation_kind"], condition=~Q(stage__in=OVER), name="one_running_evaluation",
                violation_error_message="这件文件正在评估。",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.FOLLOW_UP, Stage.FINISHED])
                | (~Q(outcome="") & ~Q(outcome_reason="") & Q(decided_on__isnull=False)),
                name="decided_evaluation_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.FINISHED, evaluation_kind=EvaluationKind.POST)
                | Q(published_on__isnull=False, report__isnull=False),
                name="finished_evaluation_is_public",
            ),
        ]  # fmt: skip
        triggers = [
            *lawful_stages(WORKFLOW, "normative_docs_evaluation_evaluation"),
            # What the head decided stands in a public report; it never changes afterwards.
            pgtrigger.Trigger(
                name="decided_outcome_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.outcome <> ''"),
                func=(
                    "IF (NEW.outcome, NEW.outcome_reason, NEW.decided_on, NEW.legality, NEW.fairness, "
                    "NEW.operability, NEW.effect, NEW.problems) IS DISTINCT FROM (OLD.outcome, OLD.outcome_reason, "
                    "OLD.decided_on, OLD.legality, OLD.fairness, OLD.operability, OLD.effect, OLD.problems) THEN "
                    "RAISE EXCEPTION 'a decided evaluation cannot be changed'; END IF; RETURN NEW;"
                ),
            ),
        ]

    @property
    def is_post(self) -> bool:
        return self.evaluation_kind == EvaluationKind.POST

    @property
    def method_words(self) -> str:
        return "、".join(Method(method).label for method in self.methods)

    @property
    def plan_words(self) -> str:
        return f"{self.method_words}；{self.team}"

    @property
    def is_carried_out(self) -> bool:
        """The draft is opened, or what is to be done better is written down."""
        return self.follow_up_id is not None if self.outcome in CHANGING else bool(self.improvement)

    @property
    def is_planned(self) -> bool:
        """Whether the plan is still to be written."""
        return self.stage == Stage.PLANNING

    @property
    def is_under_study(self) -> bool:
        return self.stage == Stage.STUDY
