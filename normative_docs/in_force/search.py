"""A document is found by the words it was amended to as well as by those it was published with."""

from normative_docs.in_force.models import TextVersion, VersionSource
from portal.publishing.models import Publication
from portal.search.registry import add_words


def amended_texts(publication) -> dict[bool, str]:
    """The confirmed consolidated texts, as everyone may read them."""
    if not publication.has_validity:
        return {}
    versions = TextVersion.objects.filter(
        document_id=publication.file_id, source=VersionSource.CONSOLIDATED, confirmed_at__isnull=False
    )
    return {True: "\n".join(versions.order_by("number").values_list("public_text", flat=True))}


def _publication(version: TextVersion) -> Publication | None:
    return Publication.objects.live().filter(file_id=version.document_id).first() if version.is_confirmed else None


add_words("publication", amended_texts, follows={TextVersion: _publication})
