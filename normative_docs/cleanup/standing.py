"""Where a town stands with its clean-ups: when the last was, what is running, when the next is due."""

from dataclasses import dataclass, field

from django.db.models import Count

from normative_docs.cleanup import time_limits
from normative_docs.cleanup.models import CleanupCampaign, CleanupItem, Totals
from normative_docs.cleanup.outcomes import CampaignKind, CleanupOutcome
from normative_docs.cleanup.workflow import Stage
from portal.deadlines.lamps import Lamp
from portal.deadlines.models import Deadline
from portal.moment import today

NEVER = Lamp("late", "没有全面清理记录")


@dataclass
class Listed:
    """A campaign with its numbers and its own limit."""

    campaign: CleanupCampaign
    totals: Totals
    deadline: Deadline | None = None

    @property
    def lamp(self) -> Lamp | None:
        return self.deadline.lamp(today()) if self.deadline else None

    @property
    def percent(self) -> int:
        """Documents with a conclusion, of a hundred."""
        return self.totals.concluded * 100 // self.totals.in_scope if self.totals.in_scope else 0


@dataclass
class TownState:
    """One town: the duty of the cycle, the last full clean-up, everything under way."""

    town: object
    cycle: Deadline | None = None
    last: Listed | None = None
    running: list[Listed] = field(default_factory=list)

    @property
    def lamp(self) -> Lamp:
        """The lamp of the two-yearly duty; red for a town that never did its duty here."""
        return self.cycle.lamp(today()) if self.cycle else NEVER

    @property
    def is_overdue(self) -> bool:
        return self.cycle is None or self.cycle.effective_end < today()


def totals_of(campaigns) -> dict[int, Totals]:
    """The numbers of many campaigns with one query."""
    counts: dict[int, dict[str, int]] = {campaign.pk: {} for campaign in campaigns}
    found = (
        CleanupItem.objects.filter(campaign__in=counts, in_scope=True)
        .order_by()
        .values_list("campaign_id", "verdict")
        .annotate(count=Count("pk"))
    )
    for pk, verdict, count in found:
        counts[pk][verdict] = count
    return {
        pk: Totals({code: found.get(code, 0) for code in CleanupOutcome.values}, found.get("", 0))
        for pk, found in counts.items()
    }


def town_states(towns) -> list[TownState]:
    """The state of each town, with three queries for all of them."""
    states = {town.pk: TownState(town) for town in towns}
    campaigns = list(
        CleanupCampaign.objects.filter(town__in=states).exclude(stage=Stage.TERMINATED).order_by("opened_on", "pk")
    )
    totals = totals_of(campaigns)
    clocks = {
        (clock.file_id, clock.code): clock
        for clock in Deadline.objects.open().filter(
            code__in=(time_limits.CYCLE, time_limits.CAMPAIGN), file__in=[campaign.pk for campaign in campaigns]
        )
    }
    for campaign in campaigns:
        state = states[campaign.town_id]
        listed = Listed(campaign, totals[campaign.pk], clocks.get((campaign.pk, time_limits.CAMPAIGN)))
        if campaign.stage != Stage.PUBLISHED:
            state.running.append(listed)
        elif campaign.campaign_kind == CampaignKind.FULL:
            state.last = listed
        if (campaign.pk, time_limits.CYCLE) in clocks:
            state.cycle = clocks[campaign.pk, time_limits.CYCLE]
    return list(states.values())
