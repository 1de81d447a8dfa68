"""An opinion on its way in."""

from portal.consultation.conducting import receive_comment
from portal.consultation.models import CommentDraft, PublicConsultation
from portal.receipts.handing_in import Counter

FIELDS = ("article", "draft_number", "content", "sent_from", "name", "contact", "name_is_public")
COUNTER = Counter(CommentDraft, made="comment", fields=FIELDS, kind="consultation_comment")


def hand_in(consultation: PublicConsultation, token: str) -> CommentDraft | None:
    """Make the draft an opinion. :raises ConsultationRefused: the period ended meanwhile."""

    def opinion(answers):
        comment, _, code = receive_comment(
            consultation, **answers | {"draft_number": int(answers["draft_number"] or 1)}
        )
        return comment, code

    return COUNTER.hand_in(token, opinion, consultation=consultation)
