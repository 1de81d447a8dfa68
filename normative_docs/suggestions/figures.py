"""What the public reads of suggestions: how many, how many in time, and what came of each."""

from django.db.models import Count, F, Q, QuerySet

from normative_docs.suggestions import time_limits
from normative_docs.suggestions.models import ReviewSuggestion
from normative_docs.suggestions.vocabulary import Result
from portal.deadlines.models import Deadline


def answered() -> QuerySet[ReviewSuggestion]:
    """Suggestions with a reply, without the columns that tell who made them."""
    return (
        ReviewSuggestion.objects.filter(replied_on__isnull=False)
        .select_related("document", "organisation")
        .only(
            "public_id", "organisation", "document__title", "document__document_number", "named_document", "clause",
            "result", "public_summary", "received_on", "replied_on", "correction", "corrected_on", "stage",
        )
    )  # fmt: skip


def statistics(year: int) -> dict:
    """Received and answered in the year, and of the answered how many within the limit and with which result."""
    rows = ReviewSuggestion.objects.aggregate(
        received=Count("pk", filter=Q(received_on__year=year)),
        answered=Count("pk", filter=Q(replied_on__year=year)),
        **{result.value: Count("pk", filter=Q(replied_on__year=year, result=result)) for result in Result},
    )
    in_time = Deadline.objects.filter(
        code=time_limits.REVIEW, state=Deadline.State.MET, met_on__lte=F("effective_end"), met_on__year=year
    ).count()
    return {
        "year": year,
        "received": rows["received"],
        "answered": rows["answered"],
        "in_time": in_time,
        "results": [(result.label, rows[result.value]) for result in Result],
    }
