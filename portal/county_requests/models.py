"""One request of a town to the county, and what the county answered."""

import hashlib

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.casefiles.models import CaseFile
from portal.county_requests.vocabulary import Conclusion
from portal.county_requests.workflow import WORKFLOW, Stage
from portal.organisations.models import Organisation
from portal.workflow.models import StagedFile, lawful_stages, stage_field

OPEN = [Stage.PREPARING, Stage.SUBMITTED]


@pghistory.track()
class CountyRequest(StagedFile):
    """A file of its own, about the town's file (``subject``). The county sees it once submitted."""

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    request_kind = models.CharField("种类", max_length=40, editable=False)
    subject = models.ForeignKey(
        CaseFile, models.PROTECT, related_name="county_requests", verbose_name="事项", editable=False
    )
    recipient = models.ForeignKey(
        Organisation, models.PROTECT, related_name="received_requests", verbose_name="报送单位", editable=False
    )
    matter = models.TextField("请示、报审的事项和理由", blank=True)
    subject_digest = models.CharField("所报草案摘要值", max_length=64, blank=True, editable=False)
    submitted_on = models.DateField("报送日期", null=True, blank=True, editable=False)
    conclusion = models.CharField("答复", max_length=8, choices=Conclusion.choices, blank=True, editable=False)
    reply = models.TextField("答复意见", blank=True, editable=False)
    reply_number = models.CharField("答复文号", max_length=60, blank=True, editable=False)
    answered_on = models.DateField("答复日期", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人",
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = "请示和预审"
        verbose_name_plural = "请示和预审"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "request_kind"], condition=Q(stage__in=OPEN), name="asked_once_at_a_time",
                violation_error_message="这件事项已有一件尚未答复的请示。",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.ANSWERED)
                | (~Q(conclusion="") & ~Q(reply="") & ~Q(reply_number="") & Q(answered_on__isnull=False)),
                name="answered_request_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.SUBMITTED, Stage.ANSWERED])
                | (Q(submitted_on__isnull=False) & ~Q(subject_digest="") & ~Q(matter="")),
                name="submitted_request_says_what",
            ),
        ]  # fmt: skip
        triggers = lawful_stages(WORKFLOW, "county_requests_countyrequest")

    @property
    def is_writable(self) -> bool:
        return self.stage == Stage.PREPARING

    def facts_digest(self) -> str:
        """Identifies what a person saw before writing."""
        return hashlib.sha256(self.matter.encode()).hexdigest()
