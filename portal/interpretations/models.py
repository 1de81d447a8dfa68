"""The interpretation of one document."""

import pghistory
from django.db import models
from django.db.models import Q

from portal.casefiles.models import CaseFile
from portal.interpretations.workflow import WORKFLOW, Stage
from portal.workflow.models import StagedFile, lawful_stages, stage_field


@pghistory.track()
class Interpretation(StagedFile):
    """What a document means, in plain words, by the unit that drafted it (谁起草、谁解读)."""

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    subject = models.ForeignKey(
        CaseFile, models.PROTECT, related_name="interpretations", verbose_name="所解读的文件", editable=False
    )
    text = models.TextField("解读文字", blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "政策解读"
        verbose_name_plural = "政策解读"
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED) | Q(published_on__isnull=False),
                name="published_interpretation_has_day",
            ),
        ]
        triggers = lawful_stages(WORKFLOW, "interpretations_interpretation")

    @property
    def is_writable(self) -> bool:
        return self.stage == Stage.WRITING
