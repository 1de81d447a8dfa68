"""What evaluations of every kind have in common: a plan, findings, the public asked, papers set by the worker."""
