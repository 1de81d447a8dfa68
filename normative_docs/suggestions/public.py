"""On the page of a published document: how to say that it is unlawful, and what others said before."""

from django.urls import reverse

from normative_docs.suggestions.models import ReviewSuggestion
from portal.publishing import sections


def invitation(publication) -> dict:
    """The way to the form, with the document filled in, and the number of suggestions that were answered."""
    answered = ReviewSuggestion.objects.filter(document=publication.file_id, replied_on__isnull=False).count()
    return {
        "form_url": f"{reverse('suggestions:form')}?doc={publication.year}/{publication.serial}",
        "list_url": reverse("suggestions:public"),
        "answered": answered,
    }


INVITATION = sections.register(
    sections.PublicSection(
        kind="normative_docs",
        template="normative_docs/suggestions/part_invitation.html",
        context=invitation,
        place="side",
    )
)
