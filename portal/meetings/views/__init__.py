"""Pages of meetings: the list, one meeting, each entry of its record, and the deliberation of a file."""
