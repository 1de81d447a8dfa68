"""The two acts of a draw: the pool is frozen, and later, before a witness, it is drawn.

The pool comes first and is published with its digest, so that nobody can choose it to fit a seed; the seed comes last
and has a part that nobody in the office knows beforehand, so that nobody can choose it to fit the pool.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.draws.lots import Lot, PoolGroup, in_order, joined_seed, pool_digest
from portal.draws.models import Draw, DrawEntry, DrawGroup, DrawnPlace, DrawResult
from portal.draws.registry import kind_named
from portal.moment import now
from portal.workflow.refusals import StepRefused

FROZEN = verbs.declare("draw.frozen", "固定抽取名册")
DRAWN = verbs.declare("draw.drawn", "公开抽取")

RANDOM_BYTES = 16
# What a person says aloud and anybody types again: no blanks, no signs that a shell or a file would read as its own.
_SPOKEN = re.compile(r"[0-9A-Za-z一-鿿]{1,40}")

Outcome = DrawnPlace.Outcome


class DrawRefused(StepRefused):
    """The act on a draw can't be done now; the message says why, in Chinese. ``field`` names the input it is about."""

    def __init__(self, message: str = "", field: str = ""):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Entrant:
    """Who stands in the pool: a number, a label that says nothing of the person, and the caller's own reference."""

    number: int
    label: str
    reference: str = ""


@dataclass(frozen=True)
class Side:
    """One group to draw from."""

    name: str
    places: int
    entrants: tuple[Entrant, ...] = field(default=())

    @property
    def is_contested(self) -> bool:
        """More entrants than places. Otherwise all of them are in, and there is nothing to draw."""
        return len(self.entrants) > self.places


@transaction.atomic
def freeze(*, by, kind: str, organisation, purpose: str, sides: Iterable[Side], file=None) -> Draw:
    """Fix the pool (名册), its order and its digest; from now on its page is public.

    :param kind: a declared kind of draw.
    :param sides: the groups in their order; within each, lots are put in the order of their numbers.
    :param file: the case file it belongs to, where there is one.
    :raises DrawRefused: no purpose, a number twice in one group, or no group with more entrants than places.
    :raises LookupError: an undeclared kind.
    """
    kind_named(kind)
    sides, purpose = list(sides), _one_line(purpose)
    _require_drawable(sides, purpose)
    groups = [PoolGroup(order, side.places, _one_line(side.name)) for order, side in enumerate(sides, start=1)]
    entrants = [
        (group, entrant)
        for group, side in zip(groups, sides, strict=True)
        for entrant in sorted(side.entrants, key=lambda each: each.number)
    ]
    lots = [Lot(group.order, entrant.number, _one_line(entrant.label)) for group, entrant in entrants]
    frozen = Draw.objects.create(
        kind=kind, organisation=organisation, file_id=file.pk if file is not None else None, purpose=purpose,
        group_count=len(groups), pool_size=len(lots), pool_digest=pool_digest(groups, lots), frozen_at=now(),
        frozen_by=by,
    )  # fmt: skip
    rows = DrawGroup.objects.bulk_create(
        DrawGroup(draw=frozen, order=group.order, name=group.name, places=group.places) for group in groups
    )
    DrawEntry.objects.bulk_create(
        DrawEntry(
            draw=frozen, group=rows[group.order - 1], position=position, number=lot.number, label=lot.label,
            reference=entrant.reference,
        )
        for position, ((group, entrant), lot) in enumerate(zip(entrants, lots, strict=True), start=1)
    )  # fmt: skip
    record(
        FROZEN, by=by, file=file, organisation=organisation, summary=f"{purpose}，{len(lots)} 个编号",
        payload={"draw": str(frozen.public_id), "pool": frozen.pool_digest},
    )  # fmt: skip
    return frozen


def _one_line(text: str) -> str:
    """Without line breaks and tabs: they divide lines and columns of the published text."""
    return " ".join(text.split())


def _require_drawable(sides: list[Side], purpose: str) -> None:
    if not purpose:
        raise DrawRefused("请填写抽取事项。")
    for side in sides:
        if side.places < 1:
            raise DrawRefused(f"“{side.name}”的名额至少是 1 个。")
        if len({entrant.number for entrant in side.entrants}) < len(side.entrants):
            raise DrawRefused(f"“{side.name}”的名册中有重复的编号。")
    if not any(side.is_contested for side in sides):
        raise DrawRefused("各组都不多于名额，不用抽取。")


@transaction.atomic
def draw(frozen: Draw, *, by, spoken: str, witness_name: str, witness_post: str) -> DrawResult:
    """Make the seed of 128 random bits and the word just spoken, and keep the order that follows. It happens once.

    :param spoken: the word or number that the witness (见证人) says aloud on the spot.
    :param witness_post: what the public is told of the witness.
    :raises DrawRefused: nothing said of the witness, a word that can't be typed again, or drawn already.
    """
    spoken = unicodedata.normalize("NFKC", spoken).strip()
    witness_name, witness_post = _one_line(witness_name), _one_line(witness_post)
    if not _SPOKEN.fullmatch(spoken):
        raise DrawRefused("请填写见证人现场报出的词语或者数字，只用汉字、字母和数字，不超过 40 个字。", "spoken")
    if not witness_name:
        raise DrawRefused("请填写见证人的姓名。", "witness_name")
    if not witness_post:
        raise DrawRefused("请填写见证人的职务。", "witness_post")
    system_part = secrets.token_hex(RANDOM_BYTES)
    try:
        # Of two at once the second waits here for the first to commit, and then finds that there is a result.
        with transaction.atomic():
            result = DrawResult.objects.create(
                draw=frozen, system_part=system_part, spoken=spoken, seed=joined_seed(system_part, spoken),
                witness_name=witness_name, witness_post=witness_post, drawn_at=now(), drawn_by=by,
            )  # fmt: skip
    except IntegrityError as twice:
        raise DrawRefused("已经抽取过了。一次抽取只有一个结果，请查看公开页面。") from twice
    DrawnPlace.objects.bulk_create(_places(result, frozen))
    record(
        DRAWN, by=by, file=frozen.file, organisation=frozen.organisation,
        summary=f"{frozen.purpose}，见证人{witness_name}（{witness_post}）",
        payload={"draw": str(frozen.public_id), "pool": frozen.pool_digest, "seed": result.seed},
    )  # fmt: skip
    return result


def _places(result: DrawResult, frozen: Draw) -> list[DrawnPlace]:
    by_group: dict[DrawGroup, dict[int, DrawEntry]] = {group: {} for group in frozen.groups.all()}
    for entry in frozen.entries.select_related("group"):
        by_group[entry.group][entry.number] = entry
    places = []
    for group, entries in by_group.items():
        if len(entries) <= group.places:
            places += [
                DrawnPlace(result=result, entry=entry, rank=rank, outcome=Outcome.FILLED)
                for rank, entry in enumerate(entries.values(), start=1)
            ]
            continue
        for rank, (digest, number) in enumerate(in_order(result.seed, group.order, entries), start=1):
            outcome = Outcome.DRAWN if rank <= group.places else Outcome.RESERVE
            places.append(
                DrawnPlace(result=result, entry=entries[number], rank=rank, outcome=outcome, digest=digest)
            )  # fmt: skip
    return places
