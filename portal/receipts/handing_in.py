"""What a member of the public types, checks once more and hands in once; its query code is shown for a short while.

No session stands behind it: the draft lives under an address that nobody can guess, and only that address opens the
query code again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.moment import now
from portal.receipts.models import Receipt, TypedDraft
from portal.receipts.sealing import CODE_SHOWN, DRAFT_KEPT, digest, new_token, sealed, unsealed


@dataclass(frozen=True)
class HandedIn:
    """What the receipt page shows; ``code`` is empty once its minutes are over."""

    receipt: Receipt
    code: str


@dataclass(frozen=True)
class Counter:
    """Where one kind of thing is handed in.

    :param draft: its model. :param made: the draft's field for what it became. :param fields: what is kept of the
        form. :param kind: the kind of its receipts. ``place``, in every call, names the fields that say where it is
        handed in (``consultation=…``).
    """

    draft: type[TypedDraft]
    made: str
    fields: tuple[str, ...]
    kind: str

    def keep(self, answers: dict, token: str = "", **place) -> str:
        """Keep what was typed and return the token of its address; with the token of a draft, that one is changed.

        Drafts older than a day are removed on the way, handed in or not.
        """
        self.draft.objects.filter(created_at__lt=now() - DRAFT_KEPT).delete()
        answers = {name: answers.get(name, "") for name in self.fields}
        with transaction.atomic():
            held = self.find(token, lock=True, **place) if token else None
            if held is not None and not self.is_handed_in(held):
                held.answers, held.created_at = answers, now()
                held.save(update_fields=["answers", "created_at"])
                return token
            token = new_token()
            self.draft.objects.create(token_digest=digest(token), answers=answers, created_at=now(), **place)
        return token

    def find(self, token: str, *, lock: bool = False, **place) -> TypedDraft | None:
        """The draft behind this address, unless it is too old."""
        drafts = self.draft.objects.select_for_update(of=("self",)) if lock else self.draft.objects
        return drafts.filter(token_digest=digest(token), created_at__gte=now() - DRAFT_KEPT, **place).first()

    def is_handed_in(self, held: TypedDraft) -> bool:
        return getattr(held, f"{self.made}_id") is not None

    @transaction.atomic
    def hand_in(self, token: str, make: Callable[[dict], tuple[Any, str]], **place) -> TypedDraft | None:
        """Make the draft what it is for; handed in twice, it is the same thing with the same receipt.

        :param make: from the answers to the thing and its query code; what it raises leaves the draft as it was.
        :returns: ``None`` when there is no such draft.
        """
        held = self.find(token, lock=True, **place)
        if held is None or self.is_handed_in(held):
            return held
        thing, code = make(dict(held.answers))
        setattr(held, self.made, thing)
        held.handed_in_at, held.answers, held.sealed_code = now(), {}, sealed(code, token)
        held.save(update_fields=[self.made, "handed_in_at", "answers", "sealed_code"])
        return held

    def receipt_of(self, held: TypedDraft, token: str) -> HandedIn:
        """The receipt of what was handed in; the code for some minutes, then it is gone for good."""
        receipt = Receipt.objects.select_related("organisation").get(
            kind=self.kind, subject_uuid=getattr(held, self.made).public_id
        )
        if held.sealed_code and held.handed_in_at < now() - CODE_SHOWN:
            held.sealed_code = ""
            held.save(update_fields=["sealed_code"])
        return HandedIn(receipt, unsealed(held.sealed_code, token) if held.sealed_code else "")
