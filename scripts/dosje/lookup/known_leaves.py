"""Says through which work a leaf is known that nobody here has seen. The rules are those of notes (`edition.vias`).

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from .rows import KnownThrough


def known_through(known: KnownThrough, wanted: list[list[int]]) -> str:
    """Return in words through which work the leaves that are asked for are known, "" if that is not said."""
    if not wanted or not known["leaves"]:
        return known["rest"] if wanted else known["whole"]
    found: list[str] = []
    for run in wanted:
        for words in _words_of_run(known, run):
            if words not in found:
                found.append(words)
    return "; ".join(found) if found else known["rest"]


def with_known(words: str, known: str) -> str:
    """Return the full note of a source with what says through which work it is known: "…, fl. 40, cited in Marku."."""
    if not words or not known:
        return words
    return f"{words[:-1]}, {known}." if words.endswith(".") else f"{words}, {known}"


def _words_of_run(known: KnownThrough, run: list[int]) -> list[str]:
    """Return the words of these very leaves; else of the fewest that hold them; else of all that share one."""
    same = [words for leaves, words in known["leaves"] if leaves == run]
    if same:
        return same
    around: list[str] = []
    fewest = 0
    shared: list[str] = []
    for leaves, words in known["leaves"]:
        if leaves[0] <= run[1] and run[0] <= leaves[1]:
            shared.append(words)
        count = leaves[1] - leaves[0] + 1
        if leaves[0] <= run[0] and run[1] <= leaves[1] and (not around or count < fewest):
            around = [words]
            fewest = count
    return around or shared
