"""Runs everything the portal needs on one machine: PostgreSQL, Valkey, the web server, the worker and the clock.

Plain Python without packages of its own, so that it works before Django does and can be read alone.
`bin/portal` is its only caller; a production site with its own servers never needs it.
"""
