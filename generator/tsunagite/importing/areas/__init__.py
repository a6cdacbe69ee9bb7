"""``tsunagite areas build``: public tables of towns become records of districts and towns."""
