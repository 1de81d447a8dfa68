"""Pages of a clean-up: opening and scope, the list, one document, many at once, the county's look, the public's."""
