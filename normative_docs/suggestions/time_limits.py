"""The limits of suggestions and incidental reviews. Their lengths and sources are rows of the law."""

REVIEW = "nd_citizen_review"
STATEMENT = "nd_suggestion_statement"
CORRECT = "nd_filing_correct"

INCIDENTAL_REPLY = "nd_incidental_reply"
INCIDENTAL_DECIDE = "nd_incidental_decide"
INCIDENTAL_FORWARD = "nd_incidental_forward"
TRANSFER_REPLY = "nd_incidental_transfer_reply"
COURT_REPLY = "nd_court_suggestion_reply"
