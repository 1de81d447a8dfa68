"""Whether a decision did what it was made for, and what follows from that (决策后评估)."""
