"""The words of the pool: fields of expertise and kinds of expert.

Kinds follow S4-13.1 (高等院校、专业机构、专家学者); the fields are the portal's own list.
"""

from django.db.models import TextChoices


class Field(TextChoices):
    LAW = "law", "法律"
    PLANNING = "planning", "规划建设"
    ENVIRONMENT = "environment", "生态环境"
    AGRICULTURE = "agriculture", "农业农村"
    FINANCE = "finance", "财政金融"
    HEALTH = "health", "公共卫生"
    EDUCATION = "education", "教育"
    STABILITY = "stability", "社会稳定"
    COSTING = "costing", "工程造价"
    OTHER = "other", "其他"


class Kind(TextChoices):
    UNIVERSITY = "university", "高等院校"
    INSTITUTE = "institute", "专业机构"
    ASSOCIATION = "association", "行业组织"
    INDIVIDUAL = "individual", "个人"
    PRACTITIONER = "practitioner", "实务部门"


def in_words(fields) -> str:
    """法律、规划建设; codes that the list no longer has are passed over."""
    labels = dict(Field.choices)
    return "、".join(labels[code] for code in fields if code in labels)
