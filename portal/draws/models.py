"""A draw in public (公开抽取): the pool as it was frozen, the seed, and the order that follows from both.

Each table only grows, and each row is written once: the pool with its freezing, the result with the draw. Which is why
a draw has no state that anybody could set: it is frozen when it exists, and drawn when it has a result.
"""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.audit.models import append_only_triggers
from portal.casefiles.models import CaseFile
from portal.draws.registry import kind_named
from portal.organisations.models import Organisation

# A row beyond what the draw said of its size when it was frozen: the digest would no longer be true.
_NOTHING_IS_ADDED = """
    IF NEW."column" > (SELECT size FROM draws_draw WHERE id = NEW.draw_id) THEN
        RAISE EXCEPTION 'frozen: nothing is added to the pool of draw %', NEW.draw_id;
    END IF;
    RETURN NEW;
"""


def _closed_by(size: str, column: str) -> pgtrigger.Trigger:
    """Count ``column`` no further than the ``size`` of the draw."""
    return pgtrigger.Trigger(
        name=f"{column}_within_{size}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=_NOTHING_IS_ADDED.replace("column", column).replace("size", size, 1),
    )


class Draw(models.Model):
    """One draw: what for, and the pool that it is bound to (``pool_digest``) since ``frozen_at``."""

    append_only = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("类别", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="draws", verbose_name="组织单位")
    file = models.ForeignKey(
        CaseFile, models.PROTECT, null=True, blank=True, related_name="draws", verbose_name="案卷"
    )  # fmt: skip
    purpose = models.CharField("抽取事项", max_length=300)
    group_count = models.PositiveSmallIntegerField("组数")
    pool_size = models.PositiveIntegerField("名册编号数")
    pool_digest = models.CharField("名册摘要", max_length=64)
    frozen_at = models.DateTimeField("名册固定时间")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="名册固定人"
    )  # fmt: skip

    class Meta:
        verbose_name = "公开抽取"
        verbose_name_plural = "公开抽取"
        ordering = ("-id",)
        triggers = append_only_triggers("draw")

    def __str__(self):
        return self.purpose

    @property
    def kind_label(self) -> str:
        return kind_named(self.kind).label

    @property
    def is_drawn(self) -> bool:
        """Whether it has its result; needs no query where ``result`` was selected along."""
        return hasattr(self, "result")


class DrawGroup(models.Model):
    """One group of a draw, such as one side to be heard, with its places."""

    append_only = True

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="groups", verbose_name="抽取")
    order = models.PositiveSmallIntegerField("组号")
    name = models.CharField("名称", max_length=60)
    places = models.PositiveSmallIntegerField("名额")

    class Meta:
        verbose_name = "抽取组别"
        verbose_name_plural = "抽取组别"
        ordering = ("draw", "order")
        constraints = [
            models.UniqueConstraint(fields=["draw", "order"], name="draw_group_once"),
            models.CheckConstraint(condition=Q(order__gte=1, places__gte=1), name="draw_group_has_number_and_places"),
        ]
        triggers = [_closed_by("group_count", "order"), *append_only_triggers("draw_group")]

    def __str__(self):
        return self.name


class DrawEntry(models.Model):
    """One lot of the pool. The public sees group, number and label; ``reference`` leads back to the person."""

    append_only = True

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="entries", verbose_name="抽取")
    group = models.ForeignKey(DrawGroup, models.PROTECT, related_name="entries", verbose_name="组别")
    position = models.PositiveIntegerField("名册次序")
    number = models.PositiveIntegerField("编号")
    label = models.CharField("公开标识", max_length=60)
    reference = models.CharField("内部关联", max_length=60, blank=True)

    class Meta:
        verbose_name = "抽取名册编号"
        verbose_name_plural = "抽取名册编号"
        ordering = ("draw", "position")
        constraints = [
            models.UniqueConstraint(fields=["draw", "position"], name="draw_entry_position_once"),
            models.UniqueConstraint(fields=["group", "number"], name="draw_entry_number_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="draw_entry_counts_from_one"),
        ]
        triggers = [_closed_by("pool_size", "position"), *append_only_triggers("draw_entry")]

    def __str__(self):
        return self.label


class DrawResult(models.Model):
    """That it was drawn: the seed with both its parts, when, and before which witness (见证人). Once for each draw."""

    append_only = True

    draw = models.OneToOneField(Draw, models.PROTECT, related_name="result", verbose_name="抽取")
    system_part = models.CharField("系统随机数", max_length=32)
    spoken = models.CharField("见证人所报", max_length=40)
    seed = models.CharField("种子", max_length=80)
    witness_name = models.CharField("见证人姓名", max_length=60)
    witness_post = models.CharField("见证人职务", max_length=100)
    drawn_at = models.DateTimeField("抽取时间")
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="抽取人")

    class Meta:
        verbose_name = "抽取结果"
        verbose_name_plural = "抽取结果"
        constraints = [
            models.CheckConstraint(
                condition=~Q(spoken="") & ~Q(witness_name="") & ~Q(witness_post=""), name="draw_had_a_witness"
            ),
        ]
        triggers = append_only_triggers("draw_result")

    def __str__(self):
        return f"{self.drawn_at:%Y-%m-%d} {self.seed}"


class DrawnPlace(models.Model):
    """What the draw gave to one lot: its rank within the group. Without a draw in its group it has no digest."""

    class Outcome(models.TextChoices):
        DRAWN = "drawn", "抽中"
        RESERVE = "reserve", "候补"
        FILLED = "filled", "直接入选"

    append_only = True

    result = models.ForeignKey(DrawResult, models.PROTECT, related_name="places", verbose_name="抽取结果")
    entry = models.OneToOneField(DrawEntry, models.PROTECT, related_name="place", verbose_name="名册编号")
    rank = models.PositiveIntegerField("位次")
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    digest = models.CharField("摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = "抽取位次"
        verbose_name_plural = "抽取位次"
        ordering = ("result", "entry__group__order", "rank")
        constraints = [
            models.CheckConstraint(
                condition=(Q(outcome="filled") & Q(digest="")) | (~Q(outcome="filled") & ~Q(digest="")),
                name="who_was_drawn_has_a_digest",
            ),
        ]
        triggers = append_only_triggers("drawn_place")

    def __str__(self):
        return f"第 {self.rank} 位"
