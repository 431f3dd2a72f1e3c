"""`python -m dosje.cli`."""

from . import main

main()
