"""The annual report on law-based government (法治政府建设年度报告): chapters, figures, recipients."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.documents.models import DocumentVersion
from portal.documents.slots import PaperSlot, register_slots
from portal.indicators.models import IndicatorValue
from portal.indicators.registry import Scope, indicators
from portal.indicators.snapshots import still_holds
from portal.organisations.models import Organisation
from portal.organisations.policy import PolicyKey, declare
from portal.reports.workflow import WORKFLOW, Stage
from portal.workflow.models import StagedFile, lawful_stages, stage_field

PDF, DOCX = register_slots(
    PaperSlot("ar_pdf", "年度报告（PDF）", "法治政府建设与责任落实督察工作规定 第二十三条", by_system=True),
    PaperSlot("ar_docx", "年度报告（Word）", "", needed=False, by_system=True),
)
STREET_OFFICES_PUBLISH = declare(
    PolicyKey(
        "reports.street_offices_publish", "街道办事处也按期公开年度报告", "switch", True,
        "法治政府建设与责任落实督察工作规定 第二十四条（街道办事处由县规定）",
    )
)  # fmt: skip


def frozen_with_its_report(name: str) -> pgtrigger.Trigger:
    """The database guard of chapters and figures: once the report is approved, they stay."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=(
            "IF EXISTS (SELECT 1 FROM reports_annualreport r WHERE r.frozen_at IS NOT NULL AND r.casefile_ptr_id = "
            "CASE WHEN TG_OP = 'DELETE' THEN OLD.report_id ELSE NEW.report_id END) "
            "THEN RAISE EXCEPTION 'an approved annual report cannot be changed'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )


@pghistory.track()
class AnnualReport(StagedFile):
    """One organisation's report on one year. From ``frozen_at`` on, its text and figures stand as approved."""

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    town = models.ForeignKey(
        Organisation, models.PROTECT, related_name="annual_reports", verbose_name="报告机关", editable=False
    )
    year = models.PositiveSmallIntegerField("报告年度", editable=False)
    frozen_at = models.DateTimeField("审定时间", null=True, blank=True, editable=False)
    approved_on = models.DateField("审定日期", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审定人",
        editable=False,
    )
    final_pdf = models.ForeignKey(
        DocumentVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审定文本",
        editable=False,
    )
    final_docx = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定文本（Word）",
        editable=False,
    )  # fmt: skip
    submitted_on = models.DateField("上报日期", null=True, blank=True, editable=False)
    published_on = models.DateField("公开日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "法治政府建设年度报告"
        verbose_name_plural = "法治政府建设年度报告"
        indexes = [models.Index(fields=["-year", "town"], name="annual_reports_by_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "year"], name="one_report_a_year", violation_error_message="该年度的报告已经立卷。"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.SUBMITTED, Stage.PUBLISHED])
                | Q(frozen_at__isnull=False, final_pdf__isnull=False),
                name="submitted_report_is_approved",
            ),
        ]
        triggers = lawful_stages(WORKFLOW, "reports_annualreport")

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def is_writable(self) -> bool:
        """The writers' hands are on it only while it is being drafted."""
        return self.stage == Stage.DRAFTING

    @property
    def scope(self) -> Scope:
        """Whose figures, of which days."""
        return Scope.of_year(self.town, self.year)

    def snapshots(self) -> dict[str, IndicatorValue]:
        """The kept figures by code."""
        return {figure.code: figure.value for figure in self.figures.select_related("value")}

    def changed_figures(self) -> list[str]:
        """Codes of kept figures that no longer say what the records say; none once it is frozen."""
        if self.is_frozen:
            return []
        scope = self.scope
        return [
            code for code, kept in self.snapshots().items() if not still_holds(kept, indicators[code].compute(scope))
        ]


@pghistory.track()
class ReportSection(models.Model):
    """One chapter: the sentences composed from figures, and the text as it stands.

    ``needs_check`` is set when figures changed and the old sentences no longer stood in the text word for word.
    """

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="sections", verbose_name="年度报告")
    code = models.CharField("部分", max_length=40)
    position = models.PositiveSmallIntegerField("顺序")
    title = models.CharField("标题", max_length=80)
    composed = models.TextField("数据文字", blank=True)
    text = models.TextField("正文", blank=True)
    needs_check = models.BooleanField("待核对", default=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人"
    )
    edited_at = models.DateTimeField("修改时间", null=True, blank=True)

    class Meta:
        verbose_name = "年度报告部分"
        verbose_name_plural = "年度报告部分"
        ordering = ("report", "position")
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="chapter_once_a_report")]
        triggers = [frozen_with_its_report("approved_text_stays")]

    def __str__(self):
        return self.title


class ReportFigure(models.Model):
    """A figure that the report states: the snapshot in use. Earlier snapshots stay in the table of values."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="figures", verbose_name="年度报告")
    code = models.CharField("指标", max_length=80)
    value = models.ForeignKey(IndicatorValue, models.PROTECT, related_name="+", verbose_name="指标值")

    class Meta:
        verbose_name = "年度报告数据"
        verbose_name_plural = "年度报告数据"
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="figure_once_a_report")]
        triggers = [frozen_with_its_report("approved_figures_stay")]

    def __str__(self):
        return self.code


class ReportRecipient(models.Model):
    """Who was sent the report, and when (督察规定 art. 23 para. 2)."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="recipients", verbose_name="年度报告")
    position = models.PositiveSmallIntegerField("顺序", default=0)
    name = models.CharField("收件机关", max_length=120)
    sent_on = models.DateField("报送日期")

    class Meta:
        verbose_name = "报送对象"
        verbose_name_plural = "报送对象"
        ordering = ("report", "position")
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="recipient_once_a_report")]
        triggers = [pgtrigger.Protect(name="recipient_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.name
