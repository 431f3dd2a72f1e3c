"""Makes Python's garbage collector run less often."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Collect garbage seldom: a build makes many small values that live to its end, and each round visits them all."""
    gc.set_threshold(100_000, 20, 100)
