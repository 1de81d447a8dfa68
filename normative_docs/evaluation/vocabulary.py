"""The closed lists of words that evaluations use."""

from django.db.models import TextChoices


class EvaluationKind(TextChoices):
    POST = "post", "后评估"
    EXPIRY = "expiry", "到期前评估"


class Method(TextChoices):
    QUESTIONNAIRE = "questionnaire", "网上问卷"
    MEETING = "meeting", "座谈会"
    VISIT = "visit", "实地走访"
    DATA = "data", "数据分析"
    CASES = "cases", "案卷抽查"
    THIRD_PARTY = "third_party", "委托第三方"


class Outcome(TextChoices):
    """What may follow (废止、修改或者改进行政管理工作), besides that nothing has to be changed."""

    KEEP = "keep", "继续有效"
    AMEND = "amend", "修改"
    REPEAL = "repeal", "废止"
    IMPROVE = "improve", "改进行政管理工作"


CHANGING = (Outcome.AMEND, Outcome.REPEAL)
