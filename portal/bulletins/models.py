"""A bulletin: its text, its frozen figures by town, and the files that were counted."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.bulletins.periods import MONTHS, Rhythm, Span
from portal.bulletins.workflow import WORKFLOW, Stage
from portal.documents.models import DocumentVersion
from portal.documents.slots import PaperSlot, register_slots
from portal.indicators.models import IndicatorValue
from portal.indicators.registry import Scope, indicators
from portal.indicators.snapshots import still_holds
from portal.organisations.models import Organisation, OrganisationKind
from portal.workflow.models import StagedFile, lawful_stages, stage_field

PDF, DOCX = register_slots(
    PaperSlot("bl_pdf", "情况通报（PDF）", "党政机关公文处理工作条例 第八条（通报）", by_system=True),
    PaperSlot("bl_docx", "情况通报（Word）", "", needed=False, by_system=True),
)


def frozen_with_its_bulletin(name: str) -> pgtrigger.Trigger:
    """The database guard of text and figures: once the bulletin is approved, they stay."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=(
            "IF EXISTS (SELECT 1 FROM bulletins_bulletin b WHERE b.frozen_at IS NOT NULL AND b.casefile_ptr_id = "
            "CASE WHEN TG_OP = 'DELETE' THEN OLD.bulletin_id ELSE NEW.bulletin_id END) "
            "THEN RAISE EXCEPTION 'an approved bulletin cannot be changed'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )


@pghistory.track()
class Bulletin(StagedFile):
    """The county's bulletin on one period. From ``frozen_at`` on it says what it said when it was approved."""

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    rhythm = models.CharField("周期", max_length=8, choices=Rhythm.choices, editable=False)
    first_day = models.DateField("期间起", editable=False)
    last_day = models.DateField("期间止", editable=False)
    document_number = models.CharField("文号", max_length=60, blank=True, editable=False)
    frozen_at = models.DateTimeField("审签时间", null=True, blank=True, editable=False)
    approved_on = models.DateField("审签日期", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审签人",
        editable=False,
    )
    final_pdf = models.ForeignKey(
        DocumentVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审签文本",
        editable=False,
    )
    published_on = models.DateField("公开日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "备案审查情况通报"
        verbose_name_plural = "备案审查情况通报"
        indexes = [models.Index(fields=["-last_day", "-casefile_ptr"], name="bulletins_by_period")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="bulletin_period_has_days"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED)
                | (Q(frozen_at__isnull=False, final_pdf__isnull=False) & ~Q(document_number="")),
                name="published_bulletin_is_frozen",
            ),
        ]
        triggers = lawful_stages(WORKFLOW, "bulletins_bulletin")

    @property
    def is_writable(self) -> bool:
        """The writers' hands are on it only while it is being composed."""
        return self.stage == Stage.COMPOSING

    @property
    def span(self) -> Span:
        """The period, as people name it."""
        return Span(self.rhythm, self.first_day.year, self.last_day.month // MONTHS[Rhythm(self.rhythm)])

    @property
    def issuing_body(self) -> Organisation:
        """The body that signs: the county's justice bureau, else the county government."""
        bureau = Organisation.objects.within(self.organisation).filter(kind=OrganisationKind.JUSTICE_BUREAU).first()
        return bureau or self.organisation

    def scope(self, unit: Organisation) -> Scope:
        """Whose figures, of which days."""
        return Scope(unit, self.first_day, self.last_day)

    def kept(self) -> dict[tuple[int, str], IndicatorValue]:
        """The kept figures by (id of the unit, code)."""
        return {(figure.unit_id, figure.code): figure.value for figure in self.figures.select_related("value")}

    def changed_figures(self) -> list[tuple[str, str]]:
        """(unit, code) of kept figures that no longer say what the records say; none once it is frozen."""
        if self.frozen_at is not None:
            return []
        return [
            (figure.unit.short_name, figure.code)
            for figure in self.figures.select_related("value", "unit")
            if not still_holds(figure.value, indicators[figure.code].compute(self.scope(figure.unit)))
        ]


@pghistory.track()
class BulletinSection(models.Model):
    """One part: the sentences composed from figures, and the text as it stands.

    ``needs_check`` is set when figures changed and the old sentences no longer stood in the text word for word.
    """

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="sections", verbose_name="通报")
    code = models.CharField("部分", max_length=40)
    position = models.PositiveSmallIntegerField("顺序")
    title = models.CharField("标题", max_length=80)
    composed = models.TextField("数据文字", blank=True)
    text = models.TextField("正文", blank=True)
    needs_check = models.BooleanField("待核对", default=False)

    class Meta:
        verbose_name = "通报部分"
        verbose_name_plural = "通报部分"
        ordering = ("bulletin", "position")
        constraints = [models.UniqueConstraint(fields=["bulletin", "code"], name="part_once_a_bulletin")]
        triggers = [frozen_with_its_bulletin("approved_bulletin_text_stays")]

    def __str__(self):
        return self.title


class BulletinFigure(models.Model):
    """A figure of one unit (a town, or the county for the whole) that the bulletin states: the snapshot in use."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="figures", verbose_name="通报")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("指标", max_length=80)
    value = models.ForeignKey(IndicatorValue, models.PROTECT, related_name="+", verbose_name="指标值")

    class Meta:
        verbose_name = "通报数据"
        verbose_name_plural = "通报数据"
        constraints = [models.UniqueConstraint(fields=["bulletin", "unit", "code"], name="figure_once_a_bulletin")]
        triggers = [frozen_with_its_bulletin("approved_bulletin_figures_stay")]

    def __str__(self):
        return self.code
