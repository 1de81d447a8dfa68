"""Pages of filings: the town's, the county's inbox and review, supervision, and the public directory."""
