"""Working days, limits in law, running clocks and their reminders."""
