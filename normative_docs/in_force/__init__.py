"""A normative document after publication: relations between documents, and the text in force on a day."""
