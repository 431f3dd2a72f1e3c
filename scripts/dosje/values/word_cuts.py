"""Cuts words (`values.words`) apart at a place in their text, and joins them."""

from __future__ import annotations

from .words import Run, Words, plain


def split_words(words: Words, at: int) -> tuple[Words, Words]:
    """Return the words before and behind the place `at` in their text."""
    before: list[Run] = []
    behind: list[Run] = []
    for run in words:
        cut = min(max(at, 0), len(run.text))
        at -= len(run.text)
        before += [run._replace(text=run.text[:cut])] if cut else []
        behind += [run._replace(text=run.text[cut:])] if cut < len(run.text) else []
    return tuple(before), tuple(behind)


def join_words(*parts: Words) -> Words:
    """Return the words one after another. Neighbours in the same style become one run."""
    joined: list[Run] = []
    for run in (run for part in parts for run in part if run.text):
        if joined and (joined[-1].styles, joined[-1].url) == (run.styles, run.url):
            joined[-1] = run._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def cut_out(words: Words, start: int, end: int) -> Words:
    """Return the words without what stands from `start` to `end` in their text."""
    return join_words(split_words(words, start)[0], split_words(words, end)[1])


def trim_start(words: Words, signs: str) -> Words:
    """Return the words without any of the signs at their beginning."""
    text = plain(words)
    return split_words(words, len(text) - len(text.lstrip(signs)))[1]


def trim_end(words: Words, signs: str) -> Words:
    """Return the words without any of the signs at their end."""
    return split_words(words, len(plain(words).rstrip(signs)))[0]
