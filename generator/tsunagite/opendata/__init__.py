"""Open data: lists in the standard forms, HSDS, GeoJSON and a catalogue below ``opendata/``, and csv on request."""
