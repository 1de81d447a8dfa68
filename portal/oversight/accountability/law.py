"""What one answers for, and with what: the closed lists of the law (国令713 arts. 38-41; S1-14.1, S3-11, S4-17.2)."""

from django.db.models import TextChoices

LAW = "重大行政决策程序暂行条例（国令713号）"


class Ground(TextChoices):
    """Why somebody is held to account."""

    PROCEDURE = "procedure", "违反规定程序决策（第三十八条第一款）"
    SERIOUS_MISTAKE = "serious_mistake", "决策严重失误，造成重大损失、恶劣影响（第三十八条第二款）"
    DELAY = "delay", "应当及时决策而久拖不决，造成重大损失、恶劣影响（第三十八条第二款）"
    NEGLECT = "neglect", "承办单位或者有关单位未按规定履行程序，失职渎职、弄虚作假（第三十九条）"
    EXECUTION = "execution", "拒不执行、推诿执行、拖延执行，或者瞒报、谎报、漏报重大问题（第四十条）"
    EXPERT = "expert", "专家、专业机构、社会组织违反职业道德和规定（第四十一条）"


# These are looked back into however long ago (倒查责任, 终身责任追究); the others as the law on sanctions says.
FOR_LIFE = (Ground.SERIOUS_MISTAKE, Ground.DELAY)


class Responsibility(TextChoices):
    """In which capacity one answers (art. 38)."""

    HEAD = "head", "决策机关行政首长"
    LEADER = "leader", "负有责任的其他领导人员"
    DIRECT = "direct", "直接责任人员"
    EXPERT = "expert", "承担论证评估工作的专家、机构"


class Result(TextChoices):
    """What became of it."""

    NONE = "none", "查明没有责任，不予追究"
    MITIGATED = "mitigated", "按照规定减轻或者免除责任"
    CORRECT = "correct", "责令改正"
    CRITICISED = "criticised", "通报批评"
    ADMONISHED = "admonished", "批评教育、诫勉"
    REASSIGNED = "reassigned", "组织调整或者组织处理"
    SANCTIONED = "sanctioned", "处分"
    TRANSFERRED = "transferred", "移送纪检监察机关或者司法机关"
    DISQUALIFIED = "disqualified", "取消评估资格"


DISSENT_HINT = "此人在集体讨论时对决策草案表示不同意见。决策严重失误的，按照规定减免责任（第三十八条第三款）。"
