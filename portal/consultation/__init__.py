"""Public participation: consultation on drafts, comments and their answers."""
