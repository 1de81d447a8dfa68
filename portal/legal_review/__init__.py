"""Legality review of drafts: request, reviewer, findings, conclusion."""
