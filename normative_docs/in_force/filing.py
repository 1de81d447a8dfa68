"""What this room adds to the filing of a document: what it is compared with, and its end when the county revokes it."""

from datetime import timedelta

from normative_docs.in_force.acts import OutsideAct, repeal
from normative_docs.in_force.models import Relation, RelationKind
from normative_docs.in_force.versions import version_on
from normative_docs.models import NormativeDocument
from normative_docs.papers import NORMATIVE_DOCUMENT
from normative_docs.workflow import Stage
from portal.moment import today
from portal.oversight.kinds import EarlierText, filing_kinds
from portal.publishing.pages import document_url
from portal.publishing.register import publication_of
from portal.workflow.perform import perform

_COMPARED = (RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.CONTINUES)


def revoked(filing, by, on, reason: str) -> None:
    """The county's revocation ends the document on that day, and its way there.

    :raises ActRefused: the document is closed, unpublished, or has ended already.
    """
    act = OutsideAct(
        title=f"{filing.revocation_organ}关于撤销《{filing.subject.title}》的决定"[:200],
        number=filing.revocation_number,
    )
    document = NormativeDocument.objects.get(pk=filing.subject_id)
    repeal(
        document,
        by=by, on=on, kind=RelationKind.REVOKES, reason=reason[:500], basis=filing.revocation_basis, act=act,
    )  # fmt: skip
    document.refresh_from_db()
    if document.stage == Stage.FILING:
        perform(document, "confirm_revocation", by=None)


def earlier(subject) -> list[EarlierText]:
    """The documents that this one replaces, repeals, amends or continues, each as it read the day before."""
    relations = (
        Relation.objects.filter(source_id=subject.pk, kind__in=_COMPARED)
        .select_related("target")
        .order_by("-on", "-id")
    )
    texts = []
    for relation in relations:
        version = version_on(relation.target, min(relation.on, today()) - timedelta(days=1))
        words = version.text if version is not None else relation.target.draft_text
        if words.strip():
            texts.append(
                EarlierText(f"r{relation.pk}", f"《{relation.target.title}》（{relation.get_kind_display()}）", words)
            )  # fmt: skip
    return texts


def address(subject) -> str:
    """The public page of the document; empty while it has none."""
    publication = publication_of(subject)
    return document_url(publication) if publication is not None else ""


filing_kinds.extend(NORMATIVE_DOCUMENT.code, revoked=revoked, earlier=earlier, address=address)
