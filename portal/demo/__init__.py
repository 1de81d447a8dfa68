"""A small county and its year, built through the same functions that people use."""
