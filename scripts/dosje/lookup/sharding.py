"""Cuts the lookup's index into shards, and writes each as a script.

A page that is opened from disk may load only scripts, so a shard is one: `dosjeShard("rows-3", […])`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ..values.spelling import sound_of
from .rows import FileEntry, UnitEntry
from .shards import Shards

# The length of a shard, in characters. Compressed, it has a third to a fifth of that.
_WORDS_SIZE, ROWS_SIZE, CARDS_SIZE, _FILES_SIZE = 24_000, 9_000, 16_000, 24_000


def wrap_shard(name: str, value: Any) -> str:
    """Return a shard as the script that hands it to the page."""
    # "<" is escaped, because "</script>" would end the script if it stood in a page. U+2028 needs no escape: only
    # browsers older than ES2019 take it for the end of a line.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'dosjeShard("{name}",{text});\n'


def unwrap_shard(text: str) -> Any:
    """Return the value in a script of `wrap_shard`."""
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def cut_words(postings: Mapping[str, Iterable[int]], shards: Shards) -> list[str]:
    """Cut the words into shards, in the order of their sound. Return the beginning of each shard."""
    starts: list[str] = []
    shard: dict[str, list[int]] = {}
    size = 0
    for word in sorted(postings, key=lambda word: sound_of(word) + word):
        rows = sorted(postings[word])
        steps = [row - before for before, row in zip([0, *rows], rows, strict=False)]
        length = len(word) + 4 + sum(len(str(step)) + 1 for step in steps)
        if size and size + length > _WORDS_SIZE:
            shards[f"words-{len(starts) - 1}"] = shard
            shard, size = {}, 0
        if not size:
            starts.append(sound_of(word) + word)
        shard[word] = steps
        size += length
    shards[f"words-{max(len(starts) - 1, 0)}"] = shard
    return starts or [""]


def cut_list(name: str, values: list[Any], limit: int, shards: Shards) -> list[int]:
    """Cut a list into shards of about the same length. Return the place at which each begins."""
    starts = [0]
    size = 0
    for at, value in enumerate(values):
        length = len(json.dumps(value, ensure_ascii=False))
        if size and size + length > limit:
            shards[f"{name}-{len(starts) - 1}"] = values[starts[-1] : at]
            starts.append(at)
            size = 0
        size += length
    shards[f"{name}-{len(starts) - 1}"] = values[starts[-1] :]
    return starts


def cut_files(units: list[UnitEntry], files: list[list[FileEntry]], shards: Shards) -> None:
    """Cut the files of all units into shards, small series together. Tell each unit in which shards its files are."""
    bucket, size = 0, 0
    shard: dict[str, list[FileEntry]] = {}
    for at, own in enumerate(files):
        for file in own:
            length = len(json.dumps(file, ensure_ascii=False))
            if size and size + length > _FILES_SIZE:
                shards[f"files-{bucket}"] = shard
                bucket, size, shard = bucket + 1, 0, {}
            shard.setdefault(str(at), []).append(file)
            if bucket not in units[at]["shards"]:
                units[at]["shards"].append(bucket)
            size += length
    shards[f"files-{bucket}"] = shard
