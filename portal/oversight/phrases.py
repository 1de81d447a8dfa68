"""Stock phrases for findings (常用语): what a reviewer of normative documents finds again and again.

Only a start: the reviewer names the clause and rewrites the words before they are put down.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Phrase:
    """A prepared finding. ``fault`` is a value of ``FilingFinding.Fault``."""

    code: str
    label: str
    fault: str
    problem: str
    basis: str
    suggestion: str

    def fields(self) -> dict[str, str]:
        """What it puts into the form."""
        return {name: value for name, value in asdict(self).items() if name not in ("code", "label")}


PHRASES = (
    Phrase(
        "penalty", "设定行政处罚", "power", "设定了行政处罚，规范性文件不得设定行政处罚。",
        "行政处罚法 第十六条", "删去处罚内容；确需处罚的，写明所依据的法律、法规、规章条款。",
    ),
    Phrase(
        "licence", "设定行政许可", "power", "设定了行政许可或者以备案、登记、审核等名义变相设定许可。",
        "行政许可法 第十七条", "删去该事项，或者改为事中事后监管措施。",
    ),
    Phrase(
        "coercion", "设定行政强制", "power", "设定了查封、扣押等行政强制措施。",
        "行政强制法 第十条", "删去强制措施，改为告知有权机关依法处理。",
    ),
    Phrase(
        "fee", "违规收费、摊派", "power", "要求交纳费用、保证金或者提供劳务，没有法律、法规依据。",
        "国办发〔2018〕37号（严禁越权发文）", "删去收费内容。",
    ),
    Phrase(
        "burden", "减损权利、增加义务", "power", "没有法律、法规依据，减损公民、法人和其他组织合法权益或者增加其义务。",
        "国办发〔2018〕37号（严禁越权发文）", "删去该规定，或者改为倡导性表述。",
    ),
    Phrase(
        "proof", "要求提供证明", "unreasonable", "要求提供没有法律、法规依据的证明材料。",
        "国办发〔2018〕37号（严禁越权发文）", "取消该证明，改由部门核查或者当事人承诺。",
    ),
    Phrase(
        "competition", "影响公平竞争", "conflict",
        "对经营者设置不合理的准入条件或者给予特定经营者优惠，没有公平竞争审查结论。",
        "公平竞争审查条例 第八条、第九条、第十四条", "补作公平竞争审查，删去限制竞争的内容。",
    ),
    Phrase(
        "conflict", "与上位规定不一致", "conflict", "与上位规定的内容不一致。",
        "国办发〔2018〕37号（不得与上位法相抵触）", "与上位规定保持一致。",
    ),
    Phrase(
        "gap", "公布至施行不足三十日", "procedure", "自公布之日起不满三十日施行，没有说明理由。",
        "云溪县地方规则（地方示例）", "说明提前施行的理由，或者调整施行日期。",
    ),
    Phrase(
        "validity", "未载明有效期或者过长", "form", "没有载明有效期，或者有效期超过规定的最长年限。",
        "云溪县地方规则（地方示例）", "载明有效期：一般不超过五年，试行、暂行不超过两年。",
    ),
    Phrase(
        "wording", "文字、格式不规范", "form", "表述前后不一致，或者引用文件名称、文号、条款有误。",
        "党政机关公文处理工作条例 第十九条", "统一表述，核对引用。",
    ),
)  # fmt: skip

phrases = {phrase.code: phrase for phrase in PHRASES}
