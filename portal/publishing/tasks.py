"""Work of this room that outlives a request; importing it registers the work."""

from portal.publishing.making import make_renditions

__all__ = ["make_renditions"]
