"""Lists of events become events of the calendar, and newer lists update them."""
