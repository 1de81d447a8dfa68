"""The limits of a yearly catalogue. Their lengths and sources are rows of the law."""

YEAR = "mad_catalog_year"
FILING = "mad_catalog_filing"
MAKE_PUBLIC = "foi_proactive"
