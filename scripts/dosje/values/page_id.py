"""The name of a page, by which all that is said of the page is found."""

from __future__ import annotations

from typing import NamedTuple


class PageId(NamedTuple):
    """A page of the edition: its kind and the key of what it shows."""

    kind: str
    key: str
