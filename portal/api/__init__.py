"""The interface for machines: the same files, the same scope and the same `perform()` as the pages."""
