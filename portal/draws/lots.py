"""The arithmetic of a draw. Nothing here that ``sha256sum`` and ``sort`` could not do as well.

A lot's digest is the SHA-256 of ``seed:group:number`` in lower-case hexadecimal; within its group the lowest digest
comes first. The pool's digest is that of its lines, each ended by a line feed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

GROUP, LOT = "组别", "名册"


@dataclass(frozen=True)
class PoolGroup:
    """One group of a pool: its number (from 1), how many places it has, and its name."""

    order: int
    places: int
    name: str


@dataclass(frozen=True)
class Lot:
    """One entry of a pool: the number of its group, its own number, and what the public calls it (never a name)."""

    group: int
    number: int
    label: str


def pool_lines(groups: Iterable[PoolGroup], lots: Iterable[Lot]) -> list[str]:
    """The pool as it is published, line by line, its columns divided by tabs."""
    return [
        *(f"{GROUP}\t{group.order}\t{group.places}\t{group.name}" for group in groups),
        *(f"{LOT}\t{lot.group}\t{lot.number}\t{lot.label}" for lot in lots),
    ]


def pool_digest(groups: Iterable[PoolGroup], lots: Iterable[Lot]) -> str:
    """What binds everybody to this pool, in this order, from the moment it is published."""
    return sha256("".join(f"{line}\n" for line in pool_lines(groups, lots)).encode()).hexdigest()


def joined_seed(system_part: str, spoken: str) -> str:
    """The seed: the system's random part and the witness's word. Neither of them alone decides anything."""
    return f"{system_part}-{spoken}"


def lot_digest(seed: str, group: int, number: int) -> str:
    return sha256(f"{seed}:{group}:{number}".encode()).hexdigest()


def in_order(seed: str, group: int, numbers: Iterable[int]) -> list[tuple[str, int]]:
    """Digest and number of each lot of a group, in the order of the draw."""
    return sorted((lot_digest(seed, group, number), number) for number in numbers)
