"""Lets Python's garbage collector wait."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Look for cycles seldom: a build makes many small values that live to its end, and each round goes through all."""
    gc.set_threshold(100_000, 20, 100)
