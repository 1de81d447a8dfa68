"""What the public sees of a post-evaluation: the report as it was decided (P9)."""

from normative_docs.evaluation import time_limits
from normative_docs.evaluation.gates import BASIS, REPORT
from normative_docs.evaluation.papers import report_text, report_title
from normative_docs.evaluation.workflow import WORKFLOW
from portal.publishing.faces import Obligation, PublicFace, register

PUBLIC = register(
    PublicFace(
        kind=WORKFLOW.code,
        column="文件评估报告",
        title=report_title,
        text=report_text,
        fields=(
            ("发文机关", lambda evaluation: evaluation.organisation.name),
            ("评估对象", lambda evaluation: f"《{evaluation.document.title}》"),
            ("文号", lambda evaluation: evaluation.document.document_number),
            ("评估结论", lambda evaluation: evaluation.get_outcome_display()),
            ("成文日期", lambda evaluation: evaluation.decided_on),
        ),
        published_on=lambda evaluation: evaluation.published_on,
        papers=(REPORT.code,),
        obligation=Obligation(
            after=("decide",), limit=time_limits.MAKE_PUBLIC, basis=f"{BASIS}；政府信息公开条例 第二十六条"
        ),
    )
)
