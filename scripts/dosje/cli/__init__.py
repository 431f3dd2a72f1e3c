"""The command line: the only package that prints and exits."""

from .verbs import main

__all__ = ["main"]
