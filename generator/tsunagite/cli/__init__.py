"""The command line: thin commands that call the engine, print findings and choose the exit code (0, 1 or 2)."""

from tsunagite.cli.app import main

__all__ = ["main"]
