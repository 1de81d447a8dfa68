"""What other rooms show on the public front page and on a town's page: blocks and doors they register.

Rooms of the same floor cannot see each other; the front page asks this registry.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse


@dataclass(frozen=True)
class Block:
    """A panel of the front page.

    :param code: unique name. :param template: drawn with ``block`` only.
    :param context: ``context(organisation)`` gives what the template shows as ``block``; the organisation is
        ``None`` on the front page. ``None`` leaves the block out.
    :param order: smaller stands higher.
    """

    code: str
    template: str
    context: Callable = field(compare=False)
    order: int = 50


@dataclass(frozen=True)
class Door:
    """One of the entrances under the masthead: a label, a word on what is behind it, the name of its address."""

    label: str
    text: str
    url_name: str
    order: int = 50


_blocks: dict[str, Block] = {}
_doors: dict[str, Door] = {}


def register(block: Block) -> Block:
    """:raises ValueError: another block has this code."""
    if _blocks.setdefault(block.code, block) != block:
        raise ValueError(f"front block {block.code} is registered twice")
    return block


def unregister(code: str) -> None:
    """Take a block away again (for tests)."""
    _blocks.pop(code, None)


def register_door(door: Door) -> Door:
    """:raises ValueError: another door has this label."""
    if _doors.setdefault(door.label, door) != door:
        raise ValueError(f"front door {door.label} is registered twice")
    return door


def blocks(organisation=None) -> list[dict]:
    """The panels to draw, as {template, block}."""
    drawn = []
    for block in sorted(_blocks.values(), key=lambda one: one.order):
        shown = block.context(organisation)
        if shown is not None:
            drawn.append({"template": block.template, "block": shown})
    return drawn


def doors() -> list[dict]:
    return [
        {"label": door.label, "text": door.text, "url": reverse(door.url_name)}
        for door in sorted(_doors.values(), key=lambda one: one.order)
    ]
