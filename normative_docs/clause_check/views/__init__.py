"""The panel of clause hints."""
