"""PostgreSQL as Django knows it, except for the clean-up after a test that commits."""
