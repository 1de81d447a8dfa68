"""What the county does with a suggestion besides its steps: which document is meant, and who wrote."""

from django.db import transaction

from normative_docs.models import NormativeDocument
from normative_docs.suggestions.models import ReviewSuggestion
from normative_docs.suggestions.receiving import SuggestionRefused
from normative_docs.suggestions.workflow import Stage
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import FileLink

IDENTIFIED = verbs.declare("suggestion.identified", "对应规范性文件")
PROPOSER_SEEN = verbs.declare("suggestion.proposer_seen", "查看建议人信息")


@transaction.atomic
def identify(suggestion: ReviewSuggestion, document: NormativeDocument, *, by) -> ReviewSuggestion:
    """Say which document the suggestion is about.

    :raises SuggestionRefused: accepted already, or the document is another body's or not public.
    """
    held = ReviewSuggestion.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=suggestion.pk)
    if held.stage != Stage.RECEIVED:
        raise SuggestionRefused("已经受理或者处理，不能再改。")
    if document.organisation_id != held.organisation_id or document.published_on is None:
        raise SuggestionRefused(f"只能对应到{held.organisation.name}已经公布的文件。")
    # Until it is accepted, the only file it is related to is the document that was taken for the one meant.
    FileLink.objects.filter(source_id=held.pk, kind=FileLink.Kind.RELATED).delete()
    held.document = document
    held.save(update_fields=["document"])
    FileLink.objects.create(source_id=held.pk, target_id=document.pk, kind=FileLink.Kind.RELATED)
    record(IDENTIFIED, by=by, file=held, summary=f"《{document.title}》{document.document_number}")
    return held


def note_proposer_seen(suggestion: ReviewSuggestion, *, by) -> None:
    """Record that a person looked at who made a suggestion and how to reach them."""
    record(PROPOSER_SEEN, by=by, file=suggestion, summary="建议人姓名和联系方式")
