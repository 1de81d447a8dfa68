"""An expert of a pool, and a list of experts that was handed in to be entered at once."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from portal.capacity.experts.vocabulary import Field, Kind, in_words
from portal.capacity.terms import Term, TermQuerySet, term_constraints
from portal.documents.models import Blob
from portal.organisations.models import Organisation


class ExpertQuerySet(TermQuerySet):
    def public(self, on):
        """Whom the public may see: in force, and only with the expert's own consent (个人信息保护法 第二十五条)."""
        return self.in_force(on).filter(consents_to_publication=True)


@pghistory.track()
class Expert(Term):
    """A person who may be asked for an expert opinion (国令713 第十九条、第二十一条).

    ``interests`` holds what could tie the person to a matter, one per line: employers, companies, relatives' units.
    ``contact`` is shown only on request, and every look is recorded.
    """

    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="experts", verbose_name="所属专家库", editable=False
    )
    name = models.CharField("姓名", max_length=40)
    expertise = ArrayField(models.CharField(max_length=16, choices=Field.choices), verbose_name="专业领域")
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    employer = models.CharField("工作单位", max_length=120)
    title = models.CharField("职称或者职业资格", max_length=80, blank=True)
    interests = models.TextField("已知利益关联", max_length=1000, blank=True)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    consents_to_publication = models.BooleanField("本人同意公开", default=False)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = "专家"
        verbose_name_plural = "专家"
        indexes = [
            models.Index(fields=["owner", "name", "id"], name="experts_of_pool"),
            GinIndex(fields=["expertise"], name="experts_by_field"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(expertise__len__gt=0), name="expert_has_a_field"),
            *term_constraints(
                "expert", ("owner", "name", "employer"), "该专家在这段时间内已在库。"
            ),
        ]  # fmt: skip
        triggers = [pgtrigger.Protect(name="expert_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return f"{self.name}（{self.employer}）"

    @property
    def fields_in_words(self) -> str:
        return in_words(self.expertise)

    @property
    def interest_lines(self) -> list[str]:
        return [line.strip() for line in self.interests.splitlines() if line.strip()]


class ExpertList(models.Model):
    """A list that was uploaded. Nobody of it is in the pool before a person has confirmed it."""

    class State(models.TextChoices):
        READ = "read", "待确认"
        DONE = "done", "已登记"
        DROPPED = "dropped", "已放弃"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="expert_lists", verbose_name="所属专家库")
    name = models.CharField("文件名", max_length=255)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="上传的文件")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.READ)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    handed_in_at = models.DateTimeField("上传时间")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    entered = models.PositiveIntegerField("登记人数", default=0)

    class Meta:
        verbose_name = "专家名单批次"
        verbose_name_plural = "专家名单批次"
        indexes = [models.Index(fields=["owner", "-id"], name="expert_lists_of_pool")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(confirmed_by__isnull=False), name="experts_entered_only_by_a_person"
            )
        ]
        triggers = [pgtrigger.Protect(name="expert_list_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return self.name
