"""What of a decision is public once it is published: the matter, its basis and its result (国令713 art. 32; S0-4.1d).

Departments' opinions, minutes, reviews and contacts are not named here, so nothing shows them.
"""

from decisions import time_limits
from decisions.gates import FINAL_TEXT
from portal.interpretations.public import show_on
from portal.publishing.faces import Obligation, PublicFace, register

PUBLIC = register(
    PublicFace(
        kind="decisions",
        column="重大行政决策",
        title=lambda decision: decision.title,
        number=lambda decision: decision.document_number,
        text=lambda decision: f"{decision.draft_text}\n\n意见采纳情况\n{decision.adoption_notes}",
        organisation=lambda decision: decision.organisation,
        published_on=lambda decision: decision.published_on,
        fields=(
            ("决策机关", lambda decision: decision.organisation.name),
            ("文号", lambda decision: decision.document_number),
            ("决策日期", lambda decision: decision.decided_on),
            ("决策依据", lambda decision: decision.legal_basis),
            ("承办单位", lambda decision: decision.handling_unit.name if decision.handling_unit else ""),
            ("执行单位", lambda decision: decision.executing_unit.name if decision.executing_unit else ""),
            ("计划完成", lambda decision: decision.executed_until),
        ),
        papers=(FINAL_TEXT.code,),
        obligation=Obligation(
            after=("decide",),
            limit=time_limits.PUBLISH,
            basis="国令713 第三十二条；政府信息公开条例 第二十六条",
        ),
    )
)

# The interpretations stand beside the decision.
INTERPRETATIONS = show_on(PUBLIC.kind)
