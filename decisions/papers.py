"""What goes to the county before a decision is put to the public: the prior report (事先请示)."""

from decisions.gates import COUNTY_REPLY, DRAFT, NOTES
from decisions.models import MajorDecision
from decisions.vocabulary import PRIOR_REPORT
from portal.county_requests.kinds import RequestKind, register_kind
from portal.documents.papers import newest_papers
from portal.documents.slots import PaperSlot, register_slots

REPORTED_DRAFT = PaperSlot("mr_draft", "决策草案", COUNTY_REPLY.basis)
REPORTED_NOTES = PaperSlot("mr_notes", "起草说明", COUNTY_REPLY.basis, needed=False)

PRIOR_REPORT_KIND = register_kind(
    RequestKind(
        code=PRIOR_REPORT,
        label="重大决策事先请示",
        basis=COUNTY_REPLY.basis,
        papers=register_slots(REPORTED_DRAFT, REPORTED_NOTES),
        reply_slot=COUNTY_REPLY,
        collect=lambda subject: newest_papers(
            subject, {DRAFT.code: REPORTED_DRAFT.code, NOTES.code: REPORTED_NOTES.code}
        ),
        digest=lambda subject: MajorDecision.objects.get(pk=subject.pk).draft_digest(),
    )
)
