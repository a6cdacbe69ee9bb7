"""Which published form a list has, how sure that is, and the description drafted for it."""
