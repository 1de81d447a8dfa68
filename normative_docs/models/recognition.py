"""Whether a paper is a normative document at all, asked before anything is drafted (认定)."""

import uuid
from dataclasses import dataclass

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from normative_docs.models.document import NormativeDocument
from normative_docs.vocabulary import DocumentKind
from portal.organisations.models import Organisation


@dataclass(frozen=True)
class RecognitionQuestion:
    """One test of the definition. ``otherwise`` says what the paper is when the answer is no."""

    code: str
    text: str
    basis: str
    otherwise: str


QUESTIONS = (
    RecognitionQuestion(
        "touches_rights",
        "是否涉及公民、法人或者其他组织的权利义务？",
        "国办发〔2018〕37号",
        "不涉及管理相对人的权利义务，属于内部管理或者一般工作文件",
    ),
    RecognitionQuestion(
        "binds_generally",
        "是否对不特定的人普遍适用，具有普遍约束力？",
        "国办发〔2018〕37号",
        "针对特定的人或者特定的事，属于具体行政行为或者个案处理",
    ),
    RecognitionQuestion(
        "applies_repeatedly",
        "是否在一定期限内反复适用？",
        "国办发〔2018〕37号",
        "一次用完，不反复适用",
    ),
    RecognitionQuestion(
        "is_made_public",
        "是否向社会公开发布？",
        "国办发〔2018〕37号",
        "不公开发布的，不得作为行政管理的依据，也不是规范性文件",
    ),
    RecognitionQuestion(
        "is_no_internal_paper",
        "是否不属于内部管理制度、机构编制、会议纪要、工作方案、请示报告、表彰奖惩、人事任免？",
        "国办发〔2018〕115号 三",
        "属于不纳入规范性文件管理的公文",
    ),
)
# Papers that may never carry rules (苏府〔2015〕12号 九): named here so that the page can say so.
FORBIDDEN_FORMS = (("minutes", "会议纪要"), ("transfer_slip", "抄告单"))
FORMS = (*DocumentKind.choices, *FORBIDDEN_FORMS)


@pghistory.track()
class Recognition(models.Model):
    """The questions answered for one paper, and what follows. ``document`` is what was then drafted, if anything.

    ``answers`` maps the codes of ``QUESTIONS`` to yes or no. A paper in a forbidden form that touches rights and
    duties is an alarm: it may not be issued so.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="recognitions", verbose_name="拟制发机关"
    )
    title = models.CharField("标题", max_length=200)
    form = models.CharField("拟用文种", max_length=16, choices=FORMS)
    answers = models.JSONField("逐项回答")
    is_normative = models.BooleanField("属于行政规范性文件")
    reason = models.TextField("认定理由")
    recognised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="认定人")
    recognised_on = models.DateField("认定日期")
    document = models.OneToOneField(
        NormativeDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recognition",
        verbose_name="起草的文件",
    )

    class Meta:
        verbose_name = "规范性文件认定"
        verbose_name_plural = "规范性文件认定"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=True) | Q(is_normative=True), name="only_recognised_papers_are_drafted"
            ),
            models.CheckConstraint(
                condition=~Q(form__in=[code for code, _ in FORBIDDEN_FORMS]) | Q(is_normative=False),
                name="minutes_and_slips_carry_no_rules",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="recognition_stays", exclude=["document"]),
            pgtrigger.Protect(name="recognition_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.title

    @property
    def is_alarm(self) -> bool:
        """Rules in a form that may carry none: rights and duties, in general, in minutes or a transfer slip."""
        forbidden = self.form in dict(FORBIDDEN_FORMS)
        return forbidden and self.answers.get("touches_rights") and self.answers.get("binds_generally")

    @property
    def failed(self) -> list[RecognitionQuestion]:
        """The tests that the paper doesn't meet."""
        return [question for question in QUESTIONS if not self.answers.get(question.code)]
