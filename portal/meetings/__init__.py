"""Meetings; collective deliberation is one kind."""
