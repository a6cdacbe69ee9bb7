"""Reading a site's files: strict YAML, and the walk over resources/. The only rooms that open files of a site."""
