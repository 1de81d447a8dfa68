"""What draws are for. The room that holds one declares its kind, and how a reader gets from the draw to its notice."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class DrawKind:
    """One use of draws. ``notice`` gives label and address of the published notice of a draw, or ``None``."""

    code: str
    label: str
    notice: Callable[..., tuple[str, str] | None]


_kinds: dict[str, DrawKind] = {}


def draw_kind(code: str, label: str, *, notice: Callable[..., tuple[str, str] | None] = lambda draw: None) -> DrawKind:
    """Declare a use of draws, in the room's ``AppConfig.ready()``.

    :raises ValueError: the code is taken.
    """
    if code in _kinds:
        raise ValueError(f"draw kind {code} is declared twice")
    _kinds[code] = DrawKind(code, label, notice)
    return _kinds[code]


def forget(code: str) -> None:
    """Take a kind out again (for tests)."""
    _kinds.pop(code, None)


def kind_named(code: str) -> DrawKind:
    """:raises LookupError: an undeclared kind."""
    if code not in _kinds:
        raise LookupError(f"draw kind {code!r} is not declared")
    return _kinds[code]
