"""Interpretation of what is published (政策解读): written by the drafting unit, out together with the document."""
