"""What the law leaves to the region about normative documents."""

from portal.casefiles.numbering import checked_pattern
from portal.organisations.policy import PolicyKey, declare

REGISTERS_FIRST = declare(
    PolicyKey(
        "normative_docs.register_before_publication",
        "先由县级统一登记、再公布（登记的不再另行备案）",
        "switch",
        False,
        "山东省行政程序规定 第五十一条、第五十二条（地方示例）",
    )
)
COUNTY_PRECHECK = declare(
    PolicyKey(
        "normative_docs.county_precheck",
        "规范性文件草案制发前报县级法制机构预审",
        "switch",
        False,
        "云溪县地方规则（地方示例）",
    )
)
INTEGRITY_REVIEW = declare(
    PolicyKey(
        "normative_docs.integrity_review",
        "规范性文件草案须作制度廉洁性评估",
        "switch",
        False,
        "云溪县地方规则（地方示例）",
    )
)
CLAUSE_HINTS = declare(
    PolicyKey(
        "normative_docs.clause_hints",
        "条款提示逐条处理后，才能出具合法性审核意见书",
        "switch",
        True,
        "云溪县地方规则（地方示例）",
    )
)
COMMENCEMENT_GAP = declare(
    PolicyKey(
        "normative_docs.commencement_gap",
        "规范性文件自公布之日起满三十日后施行",
        "switch",
        True,
        "云溪县地方规则（地方示例）",
    )
)
DOCUMENT_NUMBER = declare(
    PolicyKey(
        "normative_docs.document_number_pattern",
        "发文字号的式样（{mark} 机关代字，{year} 年份，{n} 序号）",
        "pattern",
        "{mark}〔{year}〕{n}号",
        "党政机关公文格式（GB/T 9704-2012）7.2.5",
        check=checked_pattern,
    )
)
REGISTRATION_NUMBER = declare(
    PolicyKey(
        "normative_docs.registration_number_pattern",
        "统一登记号的式样（{mark} 县简称，{year} 年份，{n} 序号）",
        "pattern",
        "{mark}规登〔{year}〕{n}号",
        "国办发〔2018〕37号（统一登记、统一编号）；各地式样不同",
        check=checked_pattern,
    )
)
