"""Reads the metadata of an existing normative document out of its text; knows nothing of Django or the database."""

from normative_docs.importing.metadata import ImportedMetadata, RepealedDocument, read_metadata, read_metadata_from_text
from normative_docs.importing.reading import UnreadableDocument

__all__ = ["ImportedMetadata", "RepealedDocument", "UnreadableDocument", "read_metadata", "read_metadata_from_text"]
