"""Who acts: people, sign-in, roles, posts held, and the one permission question."""
