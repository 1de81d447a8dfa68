"""The appointment of a legal adviser to an organisation."""

import uuid
from decimal import Decimal

import pghistory
import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from portal.capacity.terms import Term, term_constraints
from portal.organisations.models import Organisation


@pghistory.track()
class AdviserAppointment(Term):
    """Who advises an organisation on law, on what ground and until when (法律顾问制度, S1-29.1, S4-15.1).

    A law firm appointed as such names its leading lawyer as ``name``.
    """

    class Kind(models.TextChoices):
        EXTERNAL = "external", "外聘法律顾问"
        PUBLIC_LAWYER = "public_lawyer", "公职律师"
        FIRM = "firm", "法律顾问单位"

    class Profession(models.TextChoices):
        LAWYER = "lawyer", "律师"
        SCHOLAR = "scholar", "法学专家"
        OTHER = "other", "其他法律工作者"

    class Selection(models.TextChoices):
        OPEN = "open", "公开选聘"
        COMPARED = "compared", "比选"
        DIRECT = "direct", "直接聘任"
        ASSIGNED = "assigned", "单位指派"

    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="adviser_appointments", verbose_name="聘任机关"
    )
    name = models.CharField("姓名", max_length=40)
    firm = models.CharField("律师事务所或者所在单位", max_length=120)
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    profession = models.CharField("身份", max_length=8, choices=Profession.choices)
    licence_number = models.CharField("执业证号", max_length=40, blank=True)
    selection = models.CharField("选聘方式", max_length=8, choices=Selection.choices)
    notice_number = models.CharField("聘任文号", max_length=60, blank=True)
    fee = models.DecimalField(
        "年费用（元）", max_digits=10, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    duties = models.TextField("服务范围", max_length=1000, blank=True)

    class Meta:
        verbose_name = "法律顾问聘任"
        verbose_name_plural = "法律顾问聘任"
        indexes = [models.Index(fields=["organisation", "-appointed_from"], name="advisers_of_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(profession="lawyer") | ~Q(licence_number=""),
                name="lawyer_has_a_licence",
                violation_error_message="律师应当填写执业证号。",
            ),
            *term_constraints(
                "adviser", ("organisation", "name", "firm"), "该法律顾问在这段时间内已经聘任。"
            ),
        ]  # fmt: skip
        triggers = [pgtrigger.Protect(name="adviser_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return f"{self.name}（{self.firm}）"
