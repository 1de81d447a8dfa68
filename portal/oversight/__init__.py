"""Everything addressed upward: filings and their review."""
