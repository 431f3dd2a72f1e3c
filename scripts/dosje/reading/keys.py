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


# What a key of a work may not hold. Brackets, braces and ; end it in a citation. Of the others pandoc reads none in a
# .bib file (biber 2.20 forbids most of them too).
_NO_SIGN_OF_WORK = re.compile(r"[^\w:.+/&$?*!()'-]")
# Its page is a file, and its name, with an ending, has at most 255 bytes.
_LONGEST_OF_WORK = 200


def explain_key_of_work(key: str) -> str:
    """Return why a published work cannot have this key, "" if it can. A key may be of any script."""
    if match := _NO_SIGN_OF_WORK.search(key):
        sign = "a space" if match[0].isspace() else match[0]
        return f'"{key}" cannot be a key of a work: it holds {sign}'
    if len(key.encode()) > _LONGEST_OF_WORK:
        return f'"{key[:40]}…" cannot be a key of a work: it has more than {_LONGEST_OF_WORK} bytes'
    return ""
