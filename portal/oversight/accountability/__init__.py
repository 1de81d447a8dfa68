"""Lifelong accountability and look-back (终身责任追究、责任倒查): who had a hand in a decision, and in which post."""
