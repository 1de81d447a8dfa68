"""A sign-up on its way in."""

from portal.consultation.models import Session, SignUpDraft
from portal.consultation.taking_part import RECEIPT_KIND, sign_up
from portal.receipts.handing_in import Counter

FIELDS = ("wish", "group", "sent_from", "represents", "name", "contact", "views")
COUNTER = Counter(SignUpDraft, made="sign_up", fields=FIELDS, kind=RECEIPT_KIND)


def hand_in(session: Session, token: str) -> SignUpDraft | None:
    """Make the draft a sign-up. :raises SessionRefused: sign-up ended, or this person has signed up already."""

    def entry(answers):
        number = answers.pop("group")
        group = session.groups.filter(order=number).first() if number else None
        signed_up, _, code = sign_up(session, group=group, **answers)
        return signed_up, code

    return COUNTER.hand_in(token, entry, session=session)
