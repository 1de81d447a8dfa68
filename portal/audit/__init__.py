"""Append-only, chained record of acts and of sensitive reads."""
