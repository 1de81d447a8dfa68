"""A suggestion on its way in."""

from django.db import transaction

from normative_docs.models import NormativeDocument
from normative_docs.suggestions import time_limits
from normative_docs.suggestions.models import ReviewSuggestion, SuggestionDraft
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure, FileLink
from portal.deadlines import clocks
from portal.moment import now, today
from portal.organisations.models import Organisation
from portal.receipts.handing_in import Counter
from portal.receipts.issue import issue_receipt
from portal.receipts.models import Receipt
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

RECEIVED = verbs.declare("suggestion.received", "收到审查建议")
RECEIPT_KIND = "review_suggestion"
FIELDS = ("document", "town", "named_document", "clause", "reason", "proposer", "proposer_name", "contact")
COUNTER = Counter(SuggestionDraft, made="suggestion", fields=FIELDS, kind=RECEIPT_KIND)


class SuggestionRefused(StepRefused):
    """The suggestion can't be taken or handled now; the message says why, in Chinese."""


@transaction.atomic
def receive_suggestion(
    *, organisation: Organisation, document: NormativeDocument | None = None, named_document: str, clause: str = "",
    reason: str, proposer: str, proposer_name: str, contact: str = "",
) -> tuple[ReviewSuggestion, Receipt, str]:  # fmt: skip
    """Open the file of a suggestion at the county's legal body; its limit runs from today (收到之日).

    :param organisation: the body that issued the document.
    :returns: the file, its receipt and the query code, which is stored nowhere.
    :raises SuggestionRefused: nobody at the county handles suggestions.
    """
    in_charge = holders("suggestions.review", organisation).first()
    if in_charge is None:
        raise SuggestionRefused("受理机关没有登记经办人员，请改用书面方式提出。")
    named = document.title if document is not None else named_document
    suggestion = open_file(
        ReviewSuggestion, by=in_charge, organisation=organisation, authority="suggestions.review", handed_in=True,
        title=f"对《{named}》的审查建议"[:200], disclosure=Disclosure.ON_REQUEST,
        disclosure_reason="含建议人个人信息，结果隐去个人信息后公开", addressed_to_county_at=now(), document=document,
        named_document=named[:200], clause=clause, reason=reason, proposer=proposer, proposer_name=proposer_name,
        contact=contact, received_on=today(),
    )  # fmt: skip
    if document is not None:
        FileLink.objects.create(source_id=suggestion.pk, target_id=document.pk, kind=FileLink.Kind.RELATED)
    clocks.start_clock(suggestion, time_limits.REVIEW, today(), by=None)
    suggestion.work_items.filter(closed_at__isnull=True).update(deadline=suggestion.next_deadline())
    receipt, code = issue_receipt(RECEIPT_KIND, suggestion.public_id, organisation.county(), file=suggestion)
    record(RECEIVED, file=suggestion, summary=f"公众提交，回执 {receipt.number}")
    return suggestion, receipt, code


def hand_in(token: str) -> SuggestionDraft | None:
    """Make the draft a suggestion. :raises SuggestionRefused: it can't be taken."""

    def suggestion(answers):
        document, town = answers.pop("document"), answers.pop("town")
        found = NormativeDocument.objects.filter(pk=document).first() if document else None
        organisation = Organisation.objects.filter(code=town).first()
        if organisation is None:
            raise SuggestionRefused("没有找到制定机关，请重新填写。")
        received, _, code = receive_suggestion(organisation=organisation, document=found, **answers)
        return received, code

    return COUNTER.hand_in(token, suggestion)
