"""Opening a request about a file."""

from django.db import IntegrityError, transaction

from portal.casefiles.models import Disclosure, FileLink
from portal.county_requests.kinds import request_kind
from portal.county_requests.models import OPEN, CountyRequest
from portal.documents.attach import attach_version
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

AUTHORITY = "oversight.file"


def open_request(subject, kind_code: str) -> CountyRequest | None:
    """The request of this kind that the county has not answered."""
    return CountyRequest.objects.filter(subject_id=subject.pk, request_kind=kind_code, stage__in=OPEN).first()


def require_none_open(subject, kind_code: str) -> None:
    """Before somebody writes another request. :raises StepRefused: one is under way; what is typed would be lost."""
    if open_request(subject, kind_code) is not None:
        raise StepRefused(
            "已经拟出一件，县级还没有答复：请在案卷的“请示和预审”中报送、补充；草案已修改的，撤回后重新拟出。"
        )


@transaction.atomic
def ask_county(subject, kind_code: str, *, by, matter: str) -> CountyRequest:
    """Open a request about a file, with the papers already at hand taken over by reference.

    Asked again before the answer, it gives the request that is already there (asked once, not twice).

    :param matter: what the county is asked, and why. :raises NotAuthorised: the person files nothing for that town.
    """
    known = open_request(subject, kind_code)
    if known is not None:
        return known
    kind = request_kind(kind_code)
    try:
        with transaction.atomic():
            request = open_file(
                CountyRequest, by=by, organisation=subject.organisation, authority=AUTHORITY,
                title=f"{kind.label}：{subject.title}"[:200], disclosure=Disclosure.ON_REQUEST,
                disclosure_reason="请示、预审的过程材料", request_kind=kind_code, subject_id=subject.pk,
                recipient=subject.organisation.county(), matter=matter.strip(),
            )  # fmt: skip
    except IntegrityError:
        # Somebody asked in the same moment; the constraint let one through.
        known = open_request(subject, kind_code)
        if known is None:
            raise
        return known
    FileLink.objects.create(source_id=request.pk, target_id=subject.pk, kind=FileLink.Kind.RELATED)
    for slot, version in kind.collect(subject).items():
        attach_version(request, slot, version, by=by)
    return request
