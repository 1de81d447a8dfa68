"""Places for papers, as plain data: workflow apps declare them without touching the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def always(file: Any) -> bool:
    """The paper is needed whatever the facts of the file."""
    return True


@dataclass(frozen=True)
class PaperSlot:
    """A place for a paper in a kind of file.

    `basis` is the article that asks for it; `needed=False` marks what may but need not be there; `applies` decides by
    the facts of the file. `by_system` marks what only the system puts in (回执、意见书): nobody hands it in or
    withdraws it by hand.
    """

    code: str
    label: str
    basis: str
    needed: bool = True
    applies: Callable[[Any], bool] = always
    by_system: bool = False


_slots: dict[str, PaperSlot] = {}


def register_slots(*slots: PaperSlot) -> tuple[PaperSlot, ...]:
    """Makes slots known by their code, so that pages and indexes show the right name; returns them.

    Raises ValueError when a code is already taken by another slot.
    """
    for slot in slots:
        if _slots.setdefault(slot.code, slot) != slot:
            raise ValueError(f"paper slot {slot.code!r} is declared twice")
    return slots


OTHER = register_slots(PaperSlot("other", "其他材料", "", needed=False))[0]
"""Every kind of file has a place for whatever else belongs to it."""


def slot_label(code: str) -> str:
    """The name of a slot; the code itself for one that was never registered."""
    return _slots[code].label if code in _slots else code


def is_filled_by_system(code: str) -> bool:
    """Whether only the system puts papers into this slot."""
    return code in _slots and _slots[code].by_system
