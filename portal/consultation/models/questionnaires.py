"""Questionnaires (问卷): questions to the public for some days, answered without account, counted and published."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.casefiles.models import CaseFile
from portal.moment import today


class QuestionnaireQuerySet(models.QuerySet):
    def public(self):
        return self.filter(withdrawn_at__isnull=True)

    def running(self, on=None):
        on = on or today()
        return self.public().filter(opens_on__lte=on, closes_on__gte=on)


@pghistory.track()
class Questionnaire(models.Model):
    """Questions put to the public from ``opens_on`` to ``closes_on``, both included; they never change."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="questionnaires", verbose_name="案卷")
    number = models.PositiveSmallIntegerField("次序")
    title = models.CharField("标题", max_length=200)
    purpose = models.TextField("调查目的")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    question_count = models.PositiveSmallIntegerField("题数")
    contact_unit = models.CharField("联系单位", max_length=100, blank=True)
    contact_phone = models.CharField("联系电话", max_length=60, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人")
    opened_at = models.DateTimeField("发布时间")
    findings = models.TextField("结果说明", blank=True)
    results_published_at = models.DateTimeField("结果公布时间", null=True, blank=True)
    results_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结果公布人"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤下理由", max_length=300, blank=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "问卷"
        verbose_name_plural = "问卷"
        ordering = ("-opens_on", "-id")
        indexes = [models.Index(fields=["-opens_on", "-id"], name="questionnaires_by_opening")]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="questionnaire_number_once"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="questionnaire_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawn_questionnaire_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="questionnaire_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="questionnaire_stays_as_opened",
                fields=["public_id", "file", "number", "title", "purpose", "opens_on", "question_count", "opened_at"],
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.opens_on <= today() <= self.closes_on

    @property
    def days_left(self) -> int:
        """Calendar days left, the closing day included; 0 once it is over."""
        return max((self.closes_on - today()).days + 1, 0)

    @property
    def state_label(self) -> str:
        if self.withdrawn_at:
            return "已撤下"
        if today() < self.opens_on:
            return "未开始"
        if self.is_open:
            return "正在进行"
        return "已公布结果" if self.results_published_at else "已截止"


class Question(models.Model):
    """One question. ``options`` are the words of the choices; a scale has the steps 1 to 5 and no options."""

    class Kind(models.TextChoices):
        SINGLE = "single", "单选"
        MULTIPLE = "multiple", "多选"
        SCALE = "scale", "评分（1—5 分）"
        TEXT = "text", "文字"

    SCALE_STEPS = (1, 2, 3, 4, 5)

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="questions", verbose_name="问卷")
    order = models.PositiveSmallIntegerField("题号")
    kind = models.CharField("题型", max_length=8, choices=Kind.choices)
    text = models.CharField("题目", max_length=300)
    options = ArrayField(models.CharField(max_length=100), verbose_name="选项", default=list, blank=True)
    required = models.BooleanField("必答", default=True)

    class Meta:
        verbose_name = "题目"
        verbose_name_plural = "题目"
        ordering = ("questionnaire", "order")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "order"], name="question_order_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("single", "multiple"), options__len__gte=2)
                | Q(kind__in=("scale", "text"), options__len=0),
                name="question_has_the_options_of_its_kind",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="question_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            # All of them are there from the opening on: a later one would make earlier answers incomplete.
            pgtrigger.Trigger(
                name="no_question_after_opening",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW."order" > (SELECT question_count FROM consultation_questionnaire
                                      WHERE id = NEW.questionnaire_id) THEN
                        RAISE EXCEPTION 'questions of an open questionnaire never change';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def choices(self) -> tuple[tuple[int, str], ...]:
        """Number and words of what can be chosen; empty for a question answered in words."""
        if self.kind == self.Kind.SCALE:
            return tuple((step, f"{step} 分") for step in self.SCALE_STEPS)
        return tuple(enumerate(self.options, start=1))


class Answer(models.Model):
    """One questionnaire filled in by somebody unknown. ``form_token`` makes a form sent twice one answer."""

    append_only = True

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="answers", verbose_name="问卷")
    number = models.PositiveIntegerField("序号")
    form_token = models.UUIDField("表单编号", unique=True, editable=False)
    submitted_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "答卷"
        verbose_name_plural = "答卷"
        ordering = ("questionnaire", "number")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="answer_number_once")]
        triggers = [pgtrigger.Protect(name="answer_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"第 {self.number} 份答卷"


class AnswerItem(models.Model):
    """One choice, one score or one text within an answer; a multiple choice has several rows."""

    append_only = True

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="items", verbose_name="答卷")
    question = models.ForeignKey(Question, models.PROTECT, related_name="items", verbose_name="题目")
    choice = models.PositiveSmallIntegerField("所选", null=True, blank=True)
    text = models.TextField("文字", blank=True)

    class Meta:
        verbose_name = "答题"
        verbose_name_plural = "答题"
        ordering = ("answer", "question", "choice")
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "question", "choice"], nulls_distinct=False, name="choice_once_in_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(choice__isnull=False, text="") | Q(choice__isnull=True) & ~Q(text=""),
                name="answer_item_is_choice_or_text",
            ),
        ]
        indexes = [models.Index(fields=["question", "choice"], name="answer_items_by_choice")]
        triggers = [pgtrigger.Protect(name="answer_item_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.text or str(self.choice)
