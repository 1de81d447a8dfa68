"""The county's inspections of document work: what was looked at, what was found, and how it was put right."""
