"""The form check of a filing (形式审查), line by line and round by round."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.oversight.models.filing import Filing


class FormCheckLine(models.Model):
    """One question of one round. A filing that comes back is checked anew, and the earlier round stays to be read."""

    class Result(models.TextChoices):
        GOOD = "good", "符合"
        BAD = "bad", "不符合"
        NONE = "none", "不适用"

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="form_check", verbose_name="报备")
    round = models.PositiveSmallIntegerField("第几次")
    question = models.CharField("事项", max_length=80)
    result = models.CharField("结果", max_length=4, choices=Result.choices)
    note = models.CharField("需要补正的内容", max_length=300, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审查人")
    checked_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "形式审查事项"
        verbose_name_plural = "形式审查事项"
        constraints = [
            models.UniqueConstraint(fields=["filing", "round", "question"], name="form_question_once_a_round"),
            models.CheckConstraint(
                condition=~Q(result="bad") | ~Q(note=""),
                name="failed_form_question_says_why",
                violation_error_message="不符合的，应当写明需要补正的内容。",
            ),
        ]

    def __str__(self):
        return f"{self.question} {self.get_result_display()}"
