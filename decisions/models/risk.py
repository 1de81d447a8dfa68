"""Risk assessments of a decision draft (风险评估). Each is a row that stays; a new one follows a reworked draft."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.models.decision import MajorDecision
from decisions.vocabulary import ACCEPTABLE, Assessor, RiskLevel

# 合法性、合理性、可行性、廉洁性、可控性 (S4-13.1b): every assessment answers all five.
PROPERTIES = (
    ("lawful", "合法性"), ("reasonable", "合理性"), ("feasible", "可行性"), ("integrity", "廉洁性"),
    ("controllable", "可控性"),
)  # fmt: skip


class RiskAssessment(models.Model):
    """What may go wrong, how likely, and what is ready for it (国令713 arts. 22-24; S1-12.6)."""

    append_only = True

    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="risk_assessments", verbose_name="决策")
    number = models.PositiveSmallIntegerField("次序")
    assessor_kind = models.CharField("评估主体", max_length=12, choices=Assessor.choices)
    assessor = models.CharField("评估单位", max_length=120)
    assessed_on = models.DateField("评估日期")
    public_views = models.TextField("听取意见的情况", help_text="走访、问卷、舆情、座谈等")
    stability = models.TextField("社会稳定风险")
    environment = models.TextField("生态环境风险")
    economy = models.TextField("经济风险")
    lawful = models.BooleanField("合法性")
    reasonable = models.BooleanField("合理性")
    feasible = models.BooleanField("可行性")
    integrity = models.BooleanField("廉洁性")
    controllable = models.BooleanField("可控性")
    level = models.CharField("风险等级", max_length=8, choices=RiskLevel.choices)
    measures = models.TextField("风险防范措施")
    response_plan = models.TextField("处置预案")
    draft_digest = models.CharField("评估稿摘要值", max_length=64, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "风险评估"
        verbose_name_plural = "风险评估"
        ordering = ("decision", "number")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="risk_assessment_number_once"),
            models.CheckConstraint(
                condition=~Q(level__in=["low", "medium"])
                | Q(lawful=True, reasonable=True, feasible=True, integrity=True, controllable=True),
                name="acceptable_risk_passes_all_five",
                violation_error_message="五项中有不通过的，风险等级不能是低风险或者一般风险。",
            ),
        ]
        triggers = [pgtrigger.Protect(name="risk_assessment_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"第 {self.number} 次评估：{self.get_level_display()}"

    @property
    def is_acceptable(self) -> bool:
        return self.level in ACCEPTABLE

    @property
    def failed(self) -> list[str]:
        """Which of the five tests it did not pass."""
        return [label for name, label in PROPERTIES if not getattr(self, name)]
