"""What a town's law-based government rests on: so far the expert pool and the legal advisers."""
