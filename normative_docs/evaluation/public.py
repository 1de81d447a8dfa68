"""What the public sees of a post-evaluation: the report as it was decided (P9), and the ways between it, its
questionnaire and the document.
"""

from normative_docs.evaluation import time_limits
from normative_docs.evaluation.gates import BASIS, REPORT
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.papers import report_text, report_title
from normative_docs.evaluation.workflow import WORKFLOW
from normative_docs.models import NormativeDocument
from portal.evaluations.public_lines import show_beside
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

show_beside(
    "normative_docs",
    WORKFLOW.code,
    evaluations_of=lambda file_id: Evaluation.objects.filter(document_id=file_id),
    subjects_of=lambda file_id: NormativeDocument.objects.filter(evaluations=file_id),
    heading="评估的文件",
)
