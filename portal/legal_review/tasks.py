"""Work of this room that outlives a request; importing it registers the work."""

from portal.legal_review.letters import make_letter

__all__ = ["make_letter"]
