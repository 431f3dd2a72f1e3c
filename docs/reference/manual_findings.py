"""The page of the manual on findings: each code with what it means, why it is one, an example, and the remedy.

What a code means stands in the program; the example is the first case of it in tests/cases/findings.yml, which
is tested; why and remedy stand in findings.yml beside this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dosje.reading.kinds import CODES_OF_KINDS
from dosje.values.findings import CODES, WARNINGS

HERE = Path(__file__).parent
CASES = HERE.parent.parent / "tests" / "cases" / "findings.yml"
MEANINGS = CODES | CODES_OF_KINDS


def said_of_codes() -> dict[str, dict[str, str]]:
    """Return why each code is a finding, and its remedy: code -> {why, remedy}, and `case`, the name of its example."""
    said: dict[str, dict[str, str]] = yaml.safe_load((HERE / "findings.yml").read_text(encoding="utf-8"))
    return said


def example_of(code: str) -> dict[str, Any]:
    """Return the case that shows a code: that which is named, or the first that has files of text."""
    cases = [case for case in yaml.safe_load(CASES.read_text(encoding="utf-8")) if case["code"] == code]
    wanted = said_of_codes().get(code, {}).get("case")
    named = [case for case in cases if case["name"] == wanted]
    assert bool(named) == bool(wanted), f"{code} has no case {wanted}"
    found: dict[str, Any] = (named or [case for case in cases if case.get("files")] or cases)[0]
    return found


def findings_page() -> str:
    """Return the page's Markdown."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield "# Findings, code by code\n"
    yield "What `dosje check` finds has a code. An *error* stops a build; a *warning* is shown. "
    yield "[Findings](../findings.md) says how you show some of them alone, and how you change what warnings do.\n"
    for code in sorted(MEANINGS):
        said = said_of_codes()[code]
        yield f"## `{code}` {{#{code}}}\n"
        yield f"{MEANINGS[code]} ({'A warning' if code in WARNINGS else 'An error'}.)\n"
        yield f"**Why:** {said['why']}\n"
        yield f"**Remedy:** {said['remedy']}\n"
        yield from _example(example_of(code), code)


def _example(case: dict[str, Any], code: str) -> Iterator[str]:
    files: dict[str, Any] = {**case.get("files", {}), **case.get("latin1", {})}
    short = {name: text for name, text in files.items() if isinstance(text, str) and len(text) < 900}
    yield f"For example ({case['name']}):\n"
    for name, text in short.items():
        shown = "".join(sign if sign.isprintable() or sign == "\n" else f"\\x{ord(sign):02x}" for sign in text)
        yield f'````text title="{name}"\n{shown.rstrip()}\n````\n'
    lines = case["expected"].rstrip().splitlines()
    at = next(index for index, line in enumerate(lines) if f": {code}: " in line)
    more = lines[at + 1 : at + 2] if lines[at + 1 : at + 2] and lines[at + 1].startswith("  hint:") else []
    yield "````text\n" + "\n".join([lines[at], *more]) + "\n````\n"
