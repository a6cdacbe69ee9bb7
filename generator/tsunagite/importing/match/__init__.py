"""Which rows are the same facility: within a list, between lists, and between today's list and the last one. Pure."""
