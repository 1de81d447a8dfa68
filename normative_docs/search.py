"""What of a normative document can be found inside. What the public finds is its publication."""

from normative_docs.models import NormativeDocument
from portal.search.registry import EntryData, searchable


@searchable(
    NormativeDocument,
    kind="normative_document",
    label="规范性文件",
    related=("organisation", "issuing_authority", "handling_unit"),
)
def normative_document(document):
    """The file as people at work find it; the scope is that of the file."""
    yield EntryData(
        title=document.title,
        number=document.document_number or document.number,
        body=document.draft_text,
        keywords=" ".join(filter(None, [document.topic, document.number, document.registration_number])),
        published_on=document.published_on or document.opened_on,
        url_name="inside:case",
        url_args=(str(document.public_id),),
        organisation=document.organisation,
        file=document,
        valid_from=document.effective_on,
        valid_until=document.valid_until,
        repealed_on=document.repealed_on,
    )
