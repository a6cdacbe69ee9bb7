"""Pure functions on Japanese text: normal forms, readings, dates, phones."""
