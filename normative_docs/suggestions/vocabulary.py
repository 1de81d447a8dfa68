"""The closed lists of words of suggestions and incidental reviews."""

from django.db.models import TextChoices

from normative_docs.suggestions import time_limits


class Proposer(TextChoices):
    PERSON = "person", "公民"
    ORGANISATION = "organisation", "法人或者其他组织"


class Result(TextChoices):
    """What the county's legal body concluded."""

    REFUSED = "refused", "不予受理"
    SOUND = "sound", "未发现问题"
    SUGGEST = "suggest", "建议制定机关修改"
    ORDER = "order", "责令纠正"


PRESSING = (Result.SUGGEST, Result.ORDER)
"""Results after which the maker has to do something."""


class RefusalGround(TextChoices):
    NOT_NORMATIVE = "not_normative", "不属于行政规范性文件"
    NOT_OURS = "not_ours", "不属于本级审查范围"
    REPEATED = "repeated", "已经答复，没有新的事实和理由"
    UNCLEAR = "unclear", "没有明确的文件或者理由，无法审查"


class Channel(TextChoices):
    """Which body asks, and so which limit runs for the maker."""

    RECONSIDERATION = "reconsideration", "行政复议附带审查"
    TRANSFER = "transfer", "行政复议机关转送处理"
    COURT = "court", "人民法院司法建议"


REPLY_LIMIT = {
    Channel.RECONSIDERATION: time_limits.INCIDENTAL_REPLY,
    Channel.TRANSFER: time_limits.TRANSFER_REPLY,
    Channel.COURT: time_limits.COURT_REPLY,
}


class Verdict(TextChoices):
    LAWFUL = "lawful", "合法"
    UNLAWFUL = "unlawful", "不合法"
    WITHDRAWN = "withdrawn", "审查终止"
