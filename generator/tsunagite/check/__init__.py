"""Rules that need more than one record, or the day: each is a function from the directory to findings."""
