"""Figures over files of every kind, from the rooms that all procedures share."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Q

from portal.casefiles.figures import among, counted, files_behind, share
from portal.deadlines.models import Deadline
from portal.indicators.registry import Figure, Unit, indicator
from portal.meetings.models import Attendance, DeliberationItem, Meeting
from portal.moment import today
from portal.oversight.models import Filing
from portal.publishing.models import Publication

SECTION = "procedure"


def _items(scope):
    return DeliberationItem.objects.filter(
        file__organisation__path__startswith=scope.organisation.path,
        meeting__held_on__range=(scope.start, scope.end),
    )


@indicator(
    "reports.deliberated", label="提交集体讨论事项", unit=Unit.COUNT, section=SECTION,
    basis="国办发〔2018〕37号（集体审议决定）", formula="期间内召开的会议所列议题数，同一事项每上会一次计一次",
)  # fmt: skip
def deliberated(scope):
    found = _items(scope)
    return counted(found, by="file")


@indicator(
    "reports.meetings_with_head", label="主要负责人出席的集体讨论会议", unit=Unit.TIMES, section=SECTION,
    basis="法治政府建设与责任落实督察工作规定 第二十五条",
    formula="期间内讨论了本机关事项、且主要负责人以组成人员身份出席的会议数",
)  # fmt: skip
def meetings_with_head(scope):
    led = Attendance.objects.filter(is_head=True, role=Attendance.Role.MEMBER)
    items = _items(scope).filter(among(led.values("meeting"), by="meeting"))
    meetings = Meeting.objects.filter(among(items.values("meeting")))
    return Figure(Decimal(meetings.count()), files=files_behind(items.values("file")))


@indicator(
    "reports.published", label="主动公开文件", unit=Unit.COUNT, section=SECTION, basis="政府信息公开条例 第二十条",
    formula="公布日期在期间内的案卷数，同一案卷只计一次；其后撤下的仍计入",
)  # fmt: skip
def published(scope):
    found = Publication.objects.filter(
        file__organisation__path__startswith=scope.organisation.path, published_on__range=(scope.start, scope.end)
    )
    files = files_behind(found.values("file"))
    return Figure(Decimal(files.count()), files=files)


@indicator(
    "reports.filed", label="向上级报送备案", unit=Unit.COUNT, section=SECTION, basis="国办发〔2018〕37号（备案监督）",
    formula="首次报送日期在期间内的报备数；退回补正后再报的不重复计",
)  # fmt: skip
def filed(scope):
    found = Filing.objects.filter(
        organisation__path__startswith=scope.organisation.path, first_submitted_on__range=(scope.start, scope.end)
    )
    return counted(found)


@indicator(
    "reports.deadlines_kept_rate", label="法定期限按期办结率", unit=Unit.PERCENT, section=SECTION,
    basis="法治政府建设与责任落实督察工作规定 第二十五条",
    formula="期间内届满的、约束本机关的期限中按期办结的 ÷ 期间内届满的期限；撤销的、最短期限和尚未届满的不计",
)  # fmt: skip
def deadlines_kept_rate(scope):
    """Base: limits that bind the office and came to their end in the period, met or past; clocks, not files."""
    base = (
        Deadline.objects.filter(
            file__organisation__path__startswith=scope.organisation.path, binds_office=True,
            effective_end__range=(scope.start, scope.end),
        )
        .exclude(state=Deadline.State.CANCELLED)
        .exclude(rule__direction="min")
        .filter(Q(state=Deadline.State.MET) | Q(effective_end__lte=today() - timedelta(days=1)))
    )  # fmt: skip
    kept = base.filter(state=Deadline.State.MET, finished_late_by=0)
    return share(base, kept, by="file")
