"""The limits that a decision starts and stops. Their lengths and sources are rows of the law."""

PUBLIC_COMMENT = "mad_public_comment_min"
REVIEW_MIN = "mad_legality_review_min"
PUBLISH = "mad_publish"
CATALOGUE = "mad_catalog_year"
DECIDE = "mad_decide"
EXECUTION_REPORT = "mad_execution_report"
FOLLOW_UP = "mad_follow_up"
