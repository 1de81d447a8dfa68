"""The limits of an evaluation. Their lengths and sources are rows of the law."""

FINISH = "mad_evaluation"
MAKE_PUBLIC = "foi_proactive"
