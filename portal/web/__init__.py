"""Shared pages and components."""
