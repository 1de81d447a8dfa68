"""Citizens' review suggestions (审查建议), and review of documents asked for by courts and reconsideration bodies."""
