"""How a procedure is declared and performed."""
