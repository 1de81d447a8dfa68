"""Messages to people: written in the transaction, delivered after it."""
