"""What the public holds in hand: number and query code."""
