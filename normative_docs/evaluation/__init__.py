"""Post-evaluation (后评估) of documents that have been in force for two years, and evaluation before they expire."""
