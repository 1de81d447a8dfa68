"""What the public sees of a post-evaluation: the report as it was decided (P9), and the ways between it, its
questionnaire and the document.
"""

from django.urls import reverse

from normative_docs.evaluation import time_limits
from normative_docs.evaluation.gates import BASIS, REPORT
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.papers import report_text, report_title
from normative_docs.evaluation.workflow import WORKFLOW
from portal.casefiles.titles import quoted
from portal.consultation import subjects
from portal.consultation.models import Questionnaire
from portal.moment import today
from portal.publishing import sections
from portal.publishing.faces import Obligation, PublicFace, register
from portal.publishing.models import Publication
from portal.publishing.pages import document_url

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


def _evaluations_of(publication) -> dict | None:
    """Beside a document: the questionnaire that is open about it, and the reports on it."""
    files = Evaluation.objects.filter(document_id=publication.file_id).values("pk")
    asked = Questionnaire.objects.public().filter(
        file_id__in=files, opens_on__lte=today(), closes_on__gte=today()
    )  # fmt: skip
    reports = Publication.objects.live().filter(file_id__in=files).order_by("-published_on", "-pk")
    items = [
        {
            "label": "填写问卷：实施情况调查",
            "url": reverse("consultation:public-questionnaire", args=[one.public_id]),
            "note": f"{one.closes_on:%Y-%m-%d} 截止",
        }
        for one in asked
    ]
    items += [{"label": one.title, "url": document_url(one), "note": f"{one.published_on:%Y-%m-%d}"} for one in reports]
    moments = [*(one.opened_at for one in asked), *(one.published_at for one in reports)]
    return {"heading": "实施情况评估", "items": items, "changed_at": max(moments)} if items else None


def _evaluated_by(publication) -> dict | None:
    """Beside a report: the document."""
    documents = Evaluation.objects.filter(pk=publication.file_id).values("document_id")
    found = Publication.objects.live().filter(file_id__in=documents).first()
    if found is None:
        return None
    item = {"label": found.title, "url": document_url(found), "note": found.number}
    return {"heading": "评估的文件", "items": [item], "changed_at": found.published_at}


def _asked_about(file) -> subjects.Subject | None:
    documents = Evaluation.objects.filter(pk=file.pk).values("document_id")
    found = Publication.objects.live().filter(file_id__in=documents).first()
    return subjects.Subject(quoted(found.title), document_url(found)) if found is not None else None


_LINES = "normative_docs/evaluation/public_lines.html"
EVALUATED = sections.register(sections.PublicSection("normative_docs", _LINES, _evaluations_of, place="side"))
EVALUATES = sections.register(sections.PublicSection(WORKFLOW.code, _LINES, _evaluated_by, place="side"))
subjects.register(WORKFLOW.code, _asked_about)
