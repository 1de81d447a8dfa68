"""The demo's normative documents: in every stage, near due and overdue, seen from the given day."""

from normative_docs.demo.year import build

__all__ = ["build"]
