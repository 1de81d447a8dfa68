"""Further versions of a draft while it is before the public."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.consultation.models.opinions import PublicConsultation


class DraftVersion(models.Model):
    """A later version of the draft (修改稿) of one consultation, from the second on; the first is the one opened.

    What was before the public is never changed or removed.
    """

    append_only = True

    consultation = models.ForeignKey(
        PublicConsultation, models.PROTECT, related_name="versions", verbose_name="征求意见"
    )
    number = models.PositiveSmallIntegerField("稿次")
    text = models.TextField("修改稿")
    reason = models.CharField("修改说明", max_length=500)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="公布人")
    published_at = models.DateTimeField("公布时间")

    class Meta:
        verbose_name = "修改稿"
        verbose_name_plural = "修改稿"
        ordering = ("consultation", "number")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="draft_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=2), name="first_draft_is_the_one_opened"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(reason=""), name="draft_version_says_what_and_why"),
        ]
        triggers = [
            pgtrigger.Protect(name="draft_version_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"第{self.number}稿"
