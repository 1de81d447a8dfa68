"""Sealing the chain of acts: with the step that decides, each step after it, and before somebody is held to account.

Law: 国令713 art. 38 (终身责任追究); S1-14.1 (responsible persons are kept for good, whatever becomes of accounts).
"""

import hashlib
import json
from collections.abc import Iterable

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.moment import now
from portal.oversight.accountability.chain import chain_of
from portal.oversight.accountability.models import ChainSeal, SealedAct
from portal.workflow.acts import Act, answerable_kind
from portal.workflow.perform import follow

SEALED = verbs.declare("accountability.sealed", "封存责任链")
_WORDS = ("key", "kind", "label", "name", "post", "unit", "view", "words", "record", "page")


def _line(act: SealedAct) -> list:
    """What of an act goes into the digest."""
    return [act.order, act.acted_on.isoformat(), act.person_id, act.dissents, *(getattr(act, name) for name in _WORDS)]


def digest_of(number: str, previous: str, acts: Iterable[SealedAct]) -> str:
    """Digest over the file's number, the previous seal and all acts in order."""
    text = json.dumps([number, previous, [_line(act) for act in acts]], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def seal(file, *, by, occasion: str) -> ChainSeal | None:
    """Seal what was done on the file since the last seal; ``None`` when nothing was.

    :param file: of its own kind, one whose people answer for it. :param occasion: with which step, in Chinese.
    """
    CaseFile.objects.select_for_update(no_key=True).only("pk").get(pk=file.pk)
    known = set(SealedAct.objects.filter(file_id=file.pk).values_list("key", flat=True))
    new = [act for act in chain_of(file) if act.key not in known]
    if not new:
        return None
    last = ChainSeal.objects.filter(file_id=file.pk).order_by("-number").first()
    previous = last.digest if last else ""
    rows = [_row(file, act, order) for order, act in enumerate(new, start=1)]
    sealed = ChainSeal.objects.create(
        file_id=file.pk, number=last.number + 1 if last else 1, occasion=occasion, act_count=len(rows),
        previous=previous, digest=digest_of(file.number, previous, rows), sealed_at=now(),
    )  # fmt: skip
    for row in rows:
        row.seal = sealed
    SealedAct.objects.bulk_create(rows)
    record(
        SEALED, by=by, file=file, summary=f"{sealed}，{sealed.act_count} 项行为",
        payload={"seal": sealed.number, "digest": sealed.digest, "previous": previous},
    )  # fmt: skip
    return sealed


def _row(file, act: Act, order: int) -> SealedAct:
    fields = {name: getattr(act, name) for name in ("key", "kind", "dissents", "words", "page")}
    limits = {"label": 160, "name": 160, "post": 200, "unit": 160, "view": 80, "record": 200}
    return SealedAct(
        file_id=file.pk, organisation_id=file.organisation_id, order=order, acted_on=act.on, person=act.person,
        **fields, **{name: str(getattr(act, name))[:most] for name, most in limits.items()},
    )  # fmt: skip


def broken_seals(seals: Iterable[ChainSeal], number: str) -> list[ChainSeal]:
    """Those whose digest no longer fits. ``seals``: all of one file in order, with their acts at hand."""
    broken, previous = [], ""
    for sealed in seals:
        acts = sorted(sealed.acts.all(), key=lambda act: act.order)
        if sealed.previous != previous or sealed.digest != digest_of(number, previous, acts):
            broken.append(sealed)
        previous = sealed.digest
    return broken


@follow
def seal_with_the_step(file, taken) -> None:
    """Follower of every step: the one that decides seals the chain, and so does each one after it."""
    declared = answerable_kind(file.kind)
    if taken is None or declared is None:
        return
    if taken.code in declared.sealed_by or ChainSeal.objects.filter(file_id=file.pk).exists():
        seal(file, by=taken.performed_by, occasion=taken.label)
