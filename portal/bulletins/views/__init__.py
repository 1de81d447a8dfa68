"""Pages of bulletins: the county's, and the public list."""
