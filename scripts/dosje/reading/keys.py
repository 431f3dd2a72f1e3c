"""What a key may be: the name of a record's file, of its page, and of the page's address."""

from __future__ import annotations

import re

# Microsoft, "Naming Files, Paths, and Namespaces".
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
KEY_PATTERN = r"[a-z0-9][a-z0-9-]*"


def is_valid_key(text: str) -> bool:
    """Say whether `text` has the form of a key."""
    return re.fullmatch(KEY_PATTERN, text) is not None


def is_reserved(text: str) -> bool:
    """Say whether Windows reserves the name for a device. A key is the name of a file, so it may not be one."""
    return text.lower() in _RESERVED


def is_key(text: str) -> bool:
    """Say whether `text` could be a key. A plain name has a capital or a space."""
    return text == text.lower() and " " not in text
