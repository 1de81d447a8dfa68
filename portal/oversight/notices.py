"""公开通报: which revocations are before the public, and where everyone reads them."""

from datetime import datetime

from django.urls import reverse

from portal.casefiles.models import Disclosure
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing


def announced_revocations():
    """Revocations before the public; of subjects that are open to the public only."""
    kinds = [kind.code for kind in filing_kinds.all() if kind.in_directory]
    found = Filing.objects.filter(
        announced_on__isnull=False, filing_kind__in=kinds, subject__disclosure=Disclosure.PROACTIVE
    )
    return found.select_related("organisation", "subject")


def public_notice(file_id: int) -> tuple[str, datetime] | None:
    """Where everyone reads why this document was revoked, and since when; ``None`` before it is announced."""
    filing = announced_revocations().filter(subject_id=file_id).first()
    if filing is None:
        return None
    announced_at = filing.transition_records.filter(code="announce").values_list("occurred_at", flat=True).first()
    return reverse("oversight:revoked-notice", kwargs={"public_id": filing.public_id}), announced_at
