"""What all papers share: entries, cover, head, map, words, and which records have room."""
