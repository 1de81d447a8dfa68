"""On the public site: an evaluation beside what it evaluates, that beside its report and its questionnaire."""

from collections.abc import Callable

from django.urls import reverse

from portal.casefiles.titles import quoted
from portal.consultation import subjects
from portal.consultation.models import Questionnaire
from portal.moment import today
from portal.publishing import sections
from portal.publishing.models import Publication
from portal.publishing.pages import document_url

_LINES = "evaluations/public_lines.html"


def show_beside(subject_kind: str, kind: str, *, evaluations_of: Callable, subjects_of: Callable, heading: str) -> None:
    """Tie the public pages of one kind of file to those of its evaluations.

    :param evaluations_of: from the pk of a file the evaluations of it. :param subjects_of: the other way round.
    :param heading: over what was evaluated, such as 评估的文件.
    """

    def evaluated(publication) -> dict | None:
        """Beside the file: the questionnaire that is open about it, and the reports on it."""
        files = evaluations_of(publication.file_id).values("pk")
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
        items += [
            {"label": one.title, "url": document_url(one), "note": f"{one.published_on:%Y-%m-%d}"} for one in reports
        ]
        moments = [*(one.opened_at for one in asked), *(one.published_at for one in reports)]
        return {"heading": "实施情况评估", "items": items, "changed_at": max(moments)} if items else None

    def publication_of_subject(file_id: int) -> Publication | None:
        return Publication.objects.live().filter(file_id__in=subjects_of(file_id).values("pk")).first()

    def evaluates(publication) -> dict | None:
        """Beside the report: what was evaluated."""
        found = publication_of_subject(publication.file_id)
        if found is None:
            return None
        item = {"label": found.title, "url": document_url(found), "note": found.number}
        return {"heading": heading, "items": [item], "changed_at": found.published_at}

    def asked_about(file) -> subjects.Subject | None:
        found = publication_of_subject(file.pk)
        return subjects.Subject(quoted(found.title), document_url(found)) if found is not None else None

    sections.register(sections.PublicSection(subject_kind, _LINES, evaluated, place="side"))
    sections.register(sections.PublicSection(kind, _LINES, evaluates, place="side"))
    subjects.register(kind, asked_about)
