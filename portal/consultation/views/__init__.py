"""Pages of consultation: for the public, and for the people who answer."""
