"""The words of a clean-up: what a campaign is, what sets it off, and what may become of a document."""

from django.db.models import TextChoices


class CampaignKind(TextChoices):
    FULL = "full", "全面清理"
    SPECIAL = "special", "专项清理"


class Trigger(TextChoices):
    """What sets a campaign off (S4-10.1: 上位法变动、公平竞争、改革)."""

    TWO_YEARS = "two_years", "每两年一次全面清理"
    HIGHER_LAW = "higher_law", "上位法制定、修改或者废止"
    FAIR_COMPETITION = "fair_competition", "清理妨碍统一市场和公平竞争的规定"
    REFORM = "reform", "落实改革部署"
    OTHER = "other", "其他"


class CleanupOutcome(TextChoices):
    """The four conclusions (S1-10.4: 及时予以修改、宣布失效或者废止)."""

    RETAIN = "retain", "保留"
    AMEND = "amend", "修改"
    REPEAL = "repeal", "废止"
    LAPSE = "lapse", "宣布失效"


ENDINGS = (CleanupOutcome.REPEAL, CleanupOutcome.LAPSE)
"""Conclusions that end a document; they need a basis."""


class FairCompetition(TextChoices):
    """The answer to the question whether a document hinders the unified market or fair competition (S3-2)."""

    CLEAN = "clean", "未发现妨碍统一市场和公平竞争的内容"
    FOUND = "found", "有妨碍统一市场和公平竞争的内容"


class Settlement(TextChoices):
    """What the publication of the result did with a document."""

    KEPT = "kept", "继续有效"
    DRAFT_OPENED = "draft_opened", "已开修改草案"
    ENDED = "ended", "已终止效力"
    ENDED_BEFORE = "ended_before", "此前已废止"
