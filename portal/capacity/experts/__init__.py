"""The expert pool (专家库). Other rooms ask it two things: who is suitable, and what ties one of them to a file."""

from portal.capacity.experts.choosing import Conflict, conflicts, conflicts_of, suitable

__all__ = ["Conflict", "conflicts", "conflicts_of", "suitable"]
