"""The page around the content: the theme's layout rendered once, the words of its head, and the Jinja environment."""
