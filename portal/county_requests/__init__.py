"""What a town asks the county before it acts: prior report of a decision, pre-check of a draft (请示、预审)."""
