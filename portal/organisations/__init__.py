"""Who governs: units of government, their posts, and the dated settings of a region."""
