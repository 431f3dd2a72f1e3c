"""Makes Python-Markdown faster: `quicken()` skips rules that cannot match. The output is the same to the letter.

Python-Markdown tries each of its twenty inline rules on each piece of text between two marks. Pages with many notes
have thousands of such pieces, which took half the time of a build. Here a rule is tried only on a text with a character
that every match of the rule must have. The regular expression of the rule tells these characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from markdown.inlinepatterns import InlineProcessor as Rule
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER, AtomicString

PLACEHOLDER = f"{INLINE_PLACEHOLDER}0123456789"
Signs = frozenset[str]
# Python-Markdown's own method.
PLAIN = InlineProcessor._InlineProcessor__handleInline  # type: ignore[attr-defined]


def quicken() -> None:
    """Patch Python-Markdown for this process."""
    InlineProcessor._InlineProcessor__handleInline = _handle_inline  # type: ignore[attr-defined]


@cache
def signs_of(rule: re.Pattern[str]) -> Signs:
    """Return characters of which every match of a regular expression has at least one; none if there are none."""
    if rule.flags & re.IGNORECASE:
        return frozenset()
    return _signs_of_sequence(_parser.parse(rule.pattern, rule.flags))


def _signs_of_sequence(parts: Any) -> Signs:
    found = [signs for part in parts if (signs := _signs_of_part(*part))]
    # Most texts have a space, so it would skip nothing.
    return min(found, key=lambda signs: " " in signs, default=frozenset())


def _signs_of_part(kind: Any, value: Any) -> Signs:
    if kind is sre.LITERAL:
        return frozenset(chr(value))
    if kind is sre.SUBPATTERN:
        _, added, _, inner = value
        # "(?i:a)" matches "A" as well.
        return frozenset() if added & re.IGNORECASE else _signs_of_sequence(inner)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and value[0] > 0:
        return _signs_of_sequence(value[-1])
    if kind is sre.IN and all(one is sre.LITERAL for one, _ in value):
        return frozenset(chr(code) for _, code in value)
    if kind is sre.BRANCH:
        branches = [_signs_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    return frozenset()


class _Rules:
    """The inline rules of one converter, and which of them a text may match, by the signs that are in it."""

    def __init__(self, rules: Iterable[Any]) -> None:
        self.rules = list(rules)
        self._signs = [_signs_of_rule(rule) for rule in self.rules]
        every = "".join(re.escape(sign) for sign in sorted(frozenset().union(*self._signs)))
        self._find_signs = re.compile(f"[{every}]" if every else "(?!)").findall
        self._picks: dict[Signs, list[int]] = {}

    def pick(self, text: str) -> list[int]:
        """Return the places of the rules that may match; what a match puts into the text has no sign of any."""
        present = frozenset(self._find_signs(text))
        if present not in self._picks:
            self._picks[present] = [at for at, signs in enumerate(self._signs) if not signs or signs & present]
        return self._picks[present]


def _handle_inline(self: Any, data: str, patternIndex: int = 0) -> str:
    """Do what the method of Python-Markdown 3.11 does, but skip rules that cannot match."""
    if isinstance(data, AtomicString):
        return data
    rules = self.__dict__.get("_dosje_rules")
    if rules is None:
        rules = self._dosje_rules = _Rules(self.inlinePatterns)
    for at in rules.pick(data):
        if at >= patternIndex:
            start, is_matched = 0, True
            while is_matched:  # the same rule once more, behind its match
                data, is_matched, start = self._InlineProcessor__applyPattern(rules.rules[at], data, at, start)
    return data


def _signs_of_rule(rule: Any) -> Signs:
    signs = signs_of(rule.getCompiledRegExp()) if isinstance(rule, Rule) else frozenset()
    # A placeholder stands for what an earlier rule has made, and may bring its own signs into the text.
    return frozenset() if signs & frozenset(PLACEHOLDER) else signs
