"""Questions asked of the whole area. Pure: the directory in, answers out."""
