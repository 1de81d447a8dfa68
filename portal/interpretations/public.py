"""What the public sees of an interpretation, and the links between it and its document."""

from portal.interpretations.gates import MATERIAL
from portal.interpretations.models import Interpretation
from portal.interpretations.workflow import WORKFLOW
from portal.publishing import sections
from portal.publishing.faces import PublicFace, register
from portal.publishing.models import Publication
from portal.publishing.pages import document_url

COLUMN = "政策解读"

PUBLIC = register(
    PublicFace(
        kind=WORKFLOW.code,
        column=COLUMN,
        title=lambda interpretation: interpretation.title,
        text=lambda interpretation: interpretation.text,
        fields=(
            ("解读单位", lambda interpretation: (interpretation.handling_unit or interpretation.organisation).name),
        ),
        published_on=lambda interpretation: interpretation.published_on,
        papers=(MATERIAL.code,),
    )
)


def _lines(publications) -> dict | None:
    found = list(publications.order_by("pk"))
    if not found:
        return None
    items = [{"label": one.title, "url": document_url(one), "note": f"{one.published_on:%Y-%m-%d}"} for one in found]
    return {"items": items, "changed_at": max(one.published_at for one in found)}


def _interpretations_of(publication) -> dict | None:
    ids = Interpretation.objects.filter(subject_id=publication.file_id).values("pk")
    return _lines(Publication.objects.live().filter(file_id__in=ids))


def _interpreted_by(publication) -> dict | None:
    ids = Interpretation.objects.filter(pk=publication.file_id).values("subject_id")
    return _lines(Publication.objects.live().filter(file_id__in=ids))


INTERPRETED = sections.register(
    sections.PublicSection(WORKFLOW.code, "interpretations/public_subject.html", _interpreted_by, place="side")
)


def show_on(kind: str) -> sections.PublicSection:
    """Show the interpretations beside the public documents of this kind."""
    return sections.register(
        sections.PublicSection(kind, "interpretations/public_part.html", _interpretations_of, place="side")
    )
