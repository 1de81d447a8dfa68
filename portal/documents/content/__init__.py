"""What is really inside a file: one module per family of formats."""
