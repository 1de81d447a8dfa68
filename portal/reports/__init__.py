"""The annual report on law-based government."""
