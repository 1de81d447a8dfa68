"""An opinion on its way in: typed, checked once more, handed in once, and its query code shown for a short while.

No session stands behind it: the draft lives under an address that nobody can guess, and only that address opens
the query code again.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from portal.consultation.conducting import receive_comment
from portal.consultation.models import CommentDraft, PublicConsultation
from portal.moment import now
from portal.receipts.models import Receipt

DRAFT_KEPT = timedelta(hours=24)
CODE_SHOWN = timedelta(minutes=15)
FIELDS = ("article", "content", "sent_from", "name", "contact", "name_is_public")


@dataclass(frozen=True)
class HandedIn:
    """What the receipt page shows; ``code`` is empty once its minutes are over."""

    receipt: Receipt
    code: str


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _sealed(code: str, token: str) -> str:
    """The code under a key that only the address knows: whoever reads the table alone learns nothing."""
    key = hmac.digest(token.encode(), b"query code", "sha256")
    return bytes(sign ^ mask for sign, mask in zip(code.encode(), key, strict=False)).hex()


def _unsealed(sealed: str, token: str) -> str:
    key = hmac.digest(token.encode(), b"query code", "sha256")
    return bytes(sign ^ mask for sign, mask in zip(bytes.fromhex(sealed), key, strict=False)).decode()


def keep_draft(consultation: PublicConsultation, answers: dict, token: str = "") -> str:
    """Keep what was typed and return the token of its address; with the token of a draft, that one is changed.

    Drafts older than a day are removed on the way, confirmed or not.
    """
    CommentDraft.objects.filter(created_at__lt=now() - DRAFT_KEPT).delete()
    answers = {name: answers.get(name, "") for name in FIELDS}
    with transaction.atomic():
        draft = find_draft(consultation, token, lock=True) if token else None
        if draft is not None and draft.comment_id is None:
            draft.answers, draft.created_at = answers, now()
            draft.save(update_fields=["answers", "created_at"])
            return token
        token = secrets.token_urlsafe(24)
        CommentDraft.objects.create(
            token_digest=_digest(token), consultation=consultation, answers=answers, created_at=now()
        )
    return token


def find_draft(consultation: PublicConsultation, token: str, *, lock: bool = False) -> CommentDraft | None:
    """The draft behind this address, unless it is too old."""
    drafts = CommentDraft.objects.select_for_update(of=("self",)) if lock else CommentDraft.objects
    return drafts.filter(
        token_digest=_digest(token), consultation=consultation, created_at__gte=now() - DRAFT_KEPT
    ).first()


@transaction.atomic
def hand_in(consultation: PublicConsultation, token: str) -> CommentDraft | None:
    """Make the draft an opinion; handed in twice, it is the same opinion with the same receipt.

    :returns: ``None`` when there is no such draft.
    :raises ConsultationRefused: the period ended meanwhile.
    """
    draft = find_draft(consultation, token, lock=True)
    if draft is None or draft.comment_id is not None:
        return draft
    comment, _, code = receive_comment(consultation, **draft.answers)
    draft.comment, draft.handed_in_at, draft.answers = comment, now(), {}
    draft.sealed_code = _sealed(code, token)
    draft.save(update_fields=["comment", "handed_in_at", "answers", "sealed_code"])
    return draft


def receipt_of(draft: CommentDraft, token: str) -> HandedIn:
    """The receipt of an opinion that was handed in; the code for some minutes, then it is gone for good."""
    receipt = Receipt.objects.select_related("organisation").get(
        kind="consultation_comment", subject_uuid=draft.comment.public_id
    )
    if draft.sealed_code and draft.handed_in_at < now() - CODE_SHOWN:
        draft.sealed_code = ""
        draft.save(update_fields=["sealed_code"])
    return HandedIn(receipt, _unsealed(draft.sealed_code, token) if draft.sealed_code else "")
