"""The map page and its points. The only package that imports folium."""
