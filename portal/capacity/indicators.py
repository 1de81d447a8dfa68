"""The figures of the room: experts and advisers in force at the end of the period, and towns that have an adviser.

They count appointments as they stand on the last day, not acts of the period: the question is who is there.
"""

from decimal import Decimal

from django.db.models import Prefetch
from django.urls import reverse

from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.experts.models import Expert
from portal.indicators.registry import Figure, Record, Unit, indicator, percentage
from portal.organisations.models import Organisation

SECTION = "capacity"


@indicator(
    "capacity.experts", label="在聘专家", unit=Unit.PEOPLE, section=SECTION,
    basis="重大行政决策程序暂行条例 第十九条、第二十一条；建立专家库（S4-13.1）",
    formula="本机关及下级专家库中，期间最后一日在聘的专家逐人相加",
)  # fmt: skip
def experts(scope):
    rows = Expert.objects.in_force(scope.end).filter(owner__path__startswith=scope.organisation.path)
    records = tuple(
        Record(f"{expert}，{expert.fields_in_words}", reverse("capacity:expert", args=[expert.public_id]))
        for expert in rows.order_by("owner__path", "id")
    )
    return Figure(Decimal(len(records)), records=records)


def _advisers(scope):
    rows = AdviserAppointment.objects.in_force(scope.end).select_related("organisation")
    return rows.filter(organisation__path__startswith=scope.organisation.path).order_by("organisation__path", "id")


def _adviser_record(adviser) -> Record:
    label = f"{adviser.organisation.short_name}：{adviser}，{adviser.get_kind_display()}"
    return Record(label, reverse("capacity:adviser", args=[adviser.public_id]))


@indicator(
    "capacity.advisers", label="在聘法律顾问", unit=Unit.PEOPLE, section=SECTION,
    basis="建立政府法律顾问制度（S1-29.1、S4-15.1）",
    formula="本机关及下级机关期间最后一日在聘的法律顾问、公职律师逐人相加",
)  # fmt: skip
def advisers(scope):
    records = tuple(_adviser_record(adviser) for adviser in _advisers(scope))
    return Figure(Decimal(len(records)), records=records)


@indicator(
    "capacity.towns_with_adviser", label="乡镇（街道）法律顾问覆盖率", unit=Unit.PERCENT, section=SECTION,
    basis="建立政府法律顾问制度（S1-29.1、S4-15.1）",
    formula="期间最后一日有在聘法律顾问的乡镇（街道）数 ÷ 乡镇（街道）总数 × 100%",
)  # fmt: skip
def towns_with_adviser(scope):
    """The records name every town, those without an adviser as well, since they are what keeps the rate down."""
    towns = (
        Organisation.objects.towns()
        .within(scope.organisation)
        .exclude(valid_from__gt=scope.end)
        .exclude(valid_until__lt=scope.end)
        .order_by("path")
        .prefetch_related(Prefetch("adviser_appointments", _advisers(scope), "advising"))
    )
    records, having = [], 0
    for town in towns:
        having += bool(town.advising)
        records += [_adviser_record(adviser) for adviser in town.advising] or [Record(f"{town.short_name}：无", "")]
    return Figure(percentage(having, len(towns)), of=Decimal(len(towns)), records=tuple(records))
