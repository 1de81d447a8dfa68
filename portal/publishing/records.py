"""What publication leaves in a file: each text as it went before the public."""

from collections.abc import Iterator

from portal.documents.records import Record
from portal.publishing.models import Publication


def publication_records(file) -> Iterator[Record]:
    """Every text of the file that was published, also those taken down since."""
    for publication in Publication.objects.filter(file_id=file.pk).select_related("organisation").order_by("pk"):
        yield Record(
            f"公布文本（{publication.public_number}）", lambda one=publication: _as_published(one),
            at=publication.published_on, who=publication.organisation.name,
        )  # fmt: skip


def _as_published(publication) -> str:
    facts = [f"{label}：{value}" for label, value in publication.fields]
    return "\n".join(
        [publication.title, *facts, f"公布日期：{publication.published_on:%Y-%m-%d}", "", publication.text]
    )
