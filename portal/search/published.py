"""What the rooms below put before the public: publications and consultations.

They stand on a lower floor than the index and cannot declare themselves searchable, so it is done here. What an app
adds beyond them, it declares in its own `search.py`.
"""

from portal.consultation.models import PublicConsultation
from portal.publishing.models import Publication
from portal.search.registry import EntryData, searchable


@searchable(Publication, kind="publication", label="已公开文件", related=("organisation", "file"))
def publication(publication):
    """The text as it went out; nothing once it was taken down."""
    if not publication.is_live:
        return
    yield EntryData(
        title=publication.title,
        number=publication.number,
        body=publication.text,
        keywords=publication.column,
        published_on=publication.published_on,
        url_name="publishing:document",
        url_args=(str(publication.year), str(publication.serial)),
        public=True,
        organisation=publication.organisation,
        file=publication.file,
        has_validity=publication.has_validity,
        valid_from=publication.starts_on,
        valid_until=publication.ends_on,
        repealed_on=publication.repealed_on,
    )


@searchable(PublicConsultation, kind="consultation", label="征求意见", related=("file__organisation",))
def consultation(consultation):
    """The notice, the draft and the drafting notes; nothing once it was withdrawn."""
    if consultation.withdrawn_at is not None:
        return
    yield EntryData(
        title=consultation.title,
        body="\n".join([consultation.summary, consultation.draft_text, consultation.notes_text]),
        keywords="公开征求意见",
        published_on=consultation.opened_on,
        url_name="consultation:public-detail",
        url_args=(str(consultation.public_id),),
        public=True,
        organisation=consultation.file.organisation,
        file=consultation.file,
    )
