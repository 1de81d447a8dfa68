"""The case file: the one thing everything hangs on."""
