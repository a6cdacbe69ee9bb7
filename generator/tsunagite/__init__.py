"""tsunagite: YAML records of local resources and Markdown guides become a searchable, printable site."""

__version__ = "0.1.0"
