"""Pages of this room: for everyone, and for people at work."""
