"""The closed lists of words that normative documents use."""

from django.db.models import TextChoices

PRECHECK_REQUEST = "normative_docs.precheck"  # code of the request to the county


class DocumentKind(TextChoices):
    """Forms a normative document may take; 会议纪要 and 抄告单 are not among them (苏府〔2015〕12号 九)."""

    MEASURES = "measures", "办法"
    PROVISIONS = "provisions", "规定"
    RULES = "rules", "细则"
    OPINIONS = "opinions", "意见"
    NOTICE = "notice", "通知"
    CIRCULAR = "circular", "通告"
    DECISION = "decision", "决定"
    OTHER = "other", "其他"


class UrgentGround(TextChoices):
    """What allows a shorter procedure (国办发〔2018〕115号 五); the legality review stays in every case."""

    EMERGENCY = "emergency", "应对突发事件"
    ORDER = "order", "执行上级机关的紧急命令"


class IntegrityConclusion(TextChoices):
    PASSED = "passed", "未发现廉洁风险"
    AMEND = "amend", "存在廉洁风险，应当修改"


class Effect(TextChoices):
    """Whether it is in force, computed from dates at reading, never stored."""

    PENDING = "pending", "尚未施行"
    IN_FORCE = "in_force", "有效"
    LAPSED = "lapsed", "失效"
    REPEALED = "repealed", "废止"
    UNKNOWN = "unknown", "效力待核"
