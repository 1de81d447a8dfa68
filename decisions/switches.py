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
