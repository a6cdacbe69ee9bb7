"""Published lists become drafts of records. Nothing here writes a file; sources/ reads and writes."""
