"""What the law leaves to the region about major decisions."""

from portal.casefiles.numbering import checked_pattern
from portal.organisations.policy import PolicyKey, declare

COUNTY_REQUEST = declare(
    PolicyKey(
        "decisions.county_request",
        "重大决策事先向县人民政府或者有关部门请示报告",
        "switch",
        True,
        "云溪县地方规则（地方示例）",
    )
)
INTEGRITY_REVIEW = declare(
    PolicyKey(
        "decisions.integrity_review",
        "重大决策须作廉洁性审查",
        "switch",
        True,
        "云溪县地方规则（地方示例）",
    )
)
CATALOGUE_FIRST = declare(
    PolicyKey(
        "decisions.catalogue_first",
        "启动决策前须列入年度决策事项目录，或者说明未列入的理由",
        "switch",
        True,
        "苏府〔2015〕12号（地方示例）；国令713 第三条第三款",
    )
)
DOCUMENT_NUMBER = declare(
    PolicyKey(
        "decisions.number_pattern",
        "决策文号的式样（{mark} 机关简称，{year} 年份，{n} 序号）",
        "pattern",
        "{mark}重大决策〔{year}〕{n}号",
        "党政机关公文格式（GB/T 9704-2012）7.2.5；决策按年编号（目录化管理）",
        check=checked_pattern,
    )
)
REPORT_PERIOD = declare(
    PolicyKey(
        "decisions.report_period",
        "决策执行情况定期报告的周期",
        "choice",
        "3",
        "国令713 第三十四条（向决策机关报告执行情况）；决策事项的定期报告制度，周期由地方规定",
        choices=(("1", "每月"), ("3", "每季度"), ("6", "每半年"), ("12", "每年")),
    )
)
DUE_SOON = declare(
    PolicyKey(
        "decisions.due_soon_days",
        "应当作出决策的日期前多少日列入久拖不决预警",
        "number",
        30,
        "国令713 第三十八条（依法应当及时作出决策的）；预警的天数由地方规定",
    )
)
LONG_IN_STAGE = declare(
    PolicyKey(
        "decisions.long_in_stage_days",
        "在同一环节停留超过多少日列入久拖不决清单",
        "number",
        90,
        "国令713 第三十八条（依法应当及时作出决策的）；停留的天数由地方规定",
    )
)
