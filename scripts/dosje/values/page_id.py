"""The identity of a page: all that is known of a page is found by it."""

from __future__ import annotations

from typing import NamedTuple


class PageId(NamedTuple):
    """A page of the edition: its kind and the key of what it shows."""

    kind: str
    key: str
