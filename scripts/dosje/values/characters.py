"""Characters that may stand in no text: controls of direction, and characters that no output can hold.

Controls of direction can make a line show what it does not say (CVE-2021-42574, "Trojan Source"; Unicode Technical
Report 36, 3.6). They are errors. Arabic and Hebrew letters stay, and so do the marks U+200E, U+200F and U+061C beside
them. XML 1.0 and PDF/A have no place for controls and noncharacters, and a terminal obeys them. They are left out, and
a warning says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Finding, Span

_TURNING = "\u202a-\u202e\u2066-\u2069"
_UNFIT = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
_LAST = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
_ANY = re.compile(f"[{_TURNING}{_UNFIT}{_LAST}]")
_DROPPED = re.compile(f"[{_UNFIT}{_LAST}]")
TURNING = re.compile(f"[{_TURNING}]")
# Line and page ends that an editor's program does not treat as the end of a line.
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")


def drop_signs(text: str, instead: str = "") -> str:
    """Return a text without the characters that no output can hold."""
    return _DROPPED.sub(instead, _BREAKS.sub(" ", text)) if not text.isprintable() else text


def find_signs(text: str, path: str, first_line: int = 1) -> Iterator[Finding]:
    """Yield a finding, with its place, for each character in a file's text that may not stand there."""
    for match in _ANY.finditer(text) if not text.isascii() or _ANY.search(text) else ():
        before = text[: match.start()]
        span = Span(path, first_line + before.count("\n"), len(before) - before.rfind("\n"))
        yield explain_sign(match[0], span)


def signs_in(text: str) -> list[str]:
    """Return the characters in a text that may not stand there, each once."""
    return list(dict.fromkeys(_ANY.findall(text))) if not text.isprintable() else []


def refuse_sign(finding: Finding) -> Finding:
    """Return a finding, made an error if its character would only be left out: other programs read mkdocs.yml too."""
    if finding.code != "control-sign":
        return finding
    return Finding(
        finding.span, "settings", finding.message.partition(" is left out")[0] + " cannot be shown", finding.hint
    )


def explain_sign(sign: str, span: Span) -> Finding:
    """Return the finding for one sign."""
    if TURNING.match(sign):
        message = f"the sign U+{ord(sign):04X} turns the direction of the text behind it, and cannot be seen"
        return Finding(span, "bidi-control", message, "delete it; letters of Arabic and Hebrew turn by themselves")
    message = f"the sign U+{ord(sign):04X} is left out, as no page or book can hold it"
    return Finding(span, "control-sign", message, "delete it; it may not be seen in the editor")
