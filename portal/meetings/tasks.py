"""Work of this room that outlives a request; importing it registers the work."""

from portal.meetings.printing import make_minutes

__all__ = ["make_minutes"]
