"""The limits of a clean-up. Their lengths and sources are rows of the law."""

CYCLE = "nd_cleanup"
CAMPAIGN = "nd_cleanup_campaign"
PUBLISH = "nd_publish"
