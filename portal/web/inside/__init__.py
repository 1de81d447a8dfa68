"""Pages of people at work, the same for every kind of file: worklist, case page, step, register."""
