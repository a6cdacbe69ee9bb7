"""``python -m tsunagite.cli``: the command line without its script."""

from tsunagite.cli import main

main()
