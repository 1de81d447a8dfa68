"""Hints on clauses of a draft that a reviewer should stop at (条款提示); never a verdict."""
