"""Why a source is meant, or is not: a phrase and its values, which are worded when the answer is given.

The rules that find a reason run in the browser as well; there `runtime.js` words it.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from ..phrases.phrases import Phrases

# The end of the key of a phrase, behind "lookup.reason.", then name and value in turn. A value is a text, a number or
# itself a reason. Nothing at all is no reason.
Reason: TypeAlias = list[Any]
# Behind these stand any number of texts or reasons, each joined to the one before it.
_CHAINS = ("and", "or", "then")


def word_reason(reason: Reason, phrases: Phrases) -> str:
    """Return a reason in words, "" for none."""
    if not reason:
        return ""
    key, *pairs = reason
    if key in _CHAINS:
        between = phrases(f"lookup.reason.{key}", first="", second="")
        return between.join(word_reason(part, phrases) if isinstance(part, list) else part for part in pairs)
    values = {
        name: word_reason(value, phrases) if isinstance(value, list) else value
        for name, value in zip(pairs[::2], pairs[1::2], strict=True)
    }
    return phrases(f"lookup.reason.{key}", **values)
