"""The demo's major decisions: in every stage, one lawfully secret, one of a street, one that was not lawful."""

from decisions.demo.year import build

__all__ = ["build"]
