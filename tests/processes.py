"""What the system knows of processes and their families."""

from pathlib import Path


def parent_of(number: int) -> int:
    return int(Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


def children_of(number: int) -> list[int]:
    """Those that its main thread started."""
    return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()]
