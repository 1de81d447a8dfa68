"""The closed lists of words that evaluations of decisions use."""

from django.db.models import TextChoices


class Trigger(TextChoices):
    """When the deciding organ may have a decision evaluated (国令713 art. 36 para. 1)."""

    SHORT_OF_AIM = "short_of_aim", "实施后明显未达到预期效果"
    OPINIONS = "opinions", "公民、法人或者其他组织提出较多意见"
    NECESSARY = "necessary", "决策机关认为有必要"


class EvaluatorKind(TextChoices):
    OWN = "own", "自评"
    THIRD_PARTY = "third_party", "委托第三方"


class Method(TextChoices):
    QUESTIONNAIRE = "questionnaire", "网上问卷"
    MEETING = "meeting", "座谈会"
    VISIT = "visit", "实地走访"
    DATA = "data", "数据分析"
    COMPARISON = "comparison", "实施前后对比"


class Voice(TextChoices):
    """Who was heard besides the questionnaire. All but the first and last two are named by art. 36 para. 3."""

    PUBLIC = "public", "社会公众"
    DEPUTY = "deputy", "人大代表"
    ADVISORY_MEMBER = "advisory_member", "政协委员"
    MASS_ORGANISATION = "mass_organisation", "人民团体"
    GRASSROOTS = "grassroots", "基层组织"
    SOCIAL_ORGANISATION = "social_organisation", "社会组织"
    EXECUTING_UNIT = "executing_unit", "执行单位和有关部门"
    EXPERT = "expert", "专家"


TO_TAKE_PART = (
    Voice.DEPUTY, Voice.ADVISORY_MEMBER, Voice.MASS_ORGANISATION, Voice.GRASSROOTS, Voice.SOCIAL_ORGANISATION,
)  # fmt: skip


class Outcome(TextChoices):
    """What the evaluation leads to (继续实施、调整或者停止实施)."""

    CONTINUE = "continue", "继续实施"
    ADJUST = "adjust", "调整"
    STOP = "stop", "停止实施"
