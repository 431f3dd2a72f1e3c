"""Finds in the index of a build what pasted footnotes cite, and words the answers: `dosje cite`.

Reads no records and starts no other program, so that the answer comes at once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..edition.index_folder import INDEX_FOLDER
from ..phrases.phrases import Phrases
from ..reading.settings import Settings
from ..values.errors import DosjeError
from ..values.findings import make_visible, to_printable_json
from ..values.formats import EXPORT_FORMATS
from .answered import Answer, AnsweredCite, CitedStatement, Match
from .hits import NOTHING_BEFORE
from .search import answer_note
from .sharding import unwrap_shard
from .shards import Shards

# The files with the entry of a source, which lie beside its page, by format.
ENTRIES = {name: form.ending for name, form in EXPORT_FORMATS.items() if form.is_answer}
_RECORDS = ("content", "bibliography", "mkdocs.yml")
_STATEMENTS = 4


class IndexMissingError(DosjeError, LookupError):
    """There is no index yet, or only one that this version does not read."""


@dataclass(frozen=True)
class Index:
    """The folder of a site, and the shards of its index that were read. A shard is read when it is needed.

    `phrases` word the answers; `folio_label` is what stands before a leaf in them.
    """

    site: Path
    shards: Shards
    phrases: Phrases
    folio_label: str = "fl."


def open_index(settings: Settings) -> Index:
    """Return the index of the last build. Raises IndexMissingError."""
    site = settings.root / settings.site_dir
    core = site / INDEX_FOLDER / "core.js"
    if not core.is_file():
        is_other = any((site / INDEX_FOLDER).parent.glob("v*/core.js"))
        what = "the index was made by another version of dosje" if is_other else "there is no index yet"
        raise IndexMissingError(f"{what}; dosje build makes it")
    return Index(site, {"core": _read_shard(core)}, settings.phrases, settings.folio_label)


def is_stale(settings: Settings, index: Index) -> bool:
    """Say whether a record was changed after the last build."""
    # `workplace` writes it, because a site that stays the same keeps its times.
    stamp = settings.root / ".build" / "built"
    made = (stamp if stamp.is_file() else index.site / INDEX_FOLDER / "core.js").stat().st_mtime
    return any(changed > made for name in _RECORDS for changed in _times(settings.root / name))


def _times(path: Path) -> Iterator[float]:
    if not path.is_dir():
        if path.is_file():
            yield path.stat().st_mtime
        return
    folders = [str(path)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif not entry.name.startswith("."):
                    yield entry.stat(follow_symlinks=False).st_mtime  # because a link may lead to nothing


def cite_notes(notes: Iterable[str], index: Index) -> Iterator[Answer]:
    """Yield the answer to each note. An Ibid. looks back to the note before."""
    memory = NOTHING_BEFORE
    for note in notes:
        answer = answer_note(note, memory, index.shards, index.phrases)
        while answer["missing"]:
            for name in answer["missing"]:
                index.shards[name] = _read_shard(index.site / INDEX_FOLDER / f"{name}.js")
            answer = answer_note(note, memory, index.shards, index.phrases)
        memory = answer["memory"]
        yield answer


def _read_shard(path: Path) -> Any:
    return unwrap_shard(path.read_text(encoding="utf-8"))


def find_folio(text: str, index: Index) -> Answer:
    """Return all that cites a leaf: "aqsh-mpkk-1960-d4:12" -> the file, and its documents that have the leaf.

    Only statements remain that cite this leaf, or that cite the whole without a leaf.
    """
    key, _, leaf = text.rpartition(":")  # a key of a work may have a colon
    answer = next(iter(cite_notes([f"{key.strip()}, fl. {leaf.strip()}"], index)))
    for citation in answer["citations"]:
        for match in citation["matches"]:
            match["cited_in"] = [cited for cited in match["cited_in"] if cited["overlaps"] or not cited["locator"]]
    return answer


def answer_as_text(answer: Answer, index: Index) -> str:
    """Return an answer as lines for people, in the language of the edition."""
    say = index.phrases
    lines = [] if answer["citations"] else [say("lookup.said.nothing-cited", note=answer["query"])]
    for citation in answer["citations"]:
        lines.append(_say_asked(citation, index))
        for match in citation["matches"]:
            lines += _format_match(match, say)
        if not citation["matches"]:
            lines += _format_nothing(citation, say)
        lines.append("")
    return "\n".join(map(make_visible, lines)).rstrip()


def _say_asked(citation: AnsweredCite, index: Index) -> str:
    locator, text = citation["locator"], citation["text"]
    if not locator:
        return index.phrases("lookup.quoted", text=text)
    place = index.phrases(f"locator.{locator['label']}", label=index.folio_label, value=locator["value"])
    return index.phrases("lookup.said.asked", text=text, place=place)


def _format_match(match: Match, say: Phrases) -> Iterator[str]:
    sure = say(f"lookup.confidence.{match['confidence']}")
    yield f"  {say('lookup.said.match', confidence=sure, words=match['words'] or match['title'])}"
    yield f"    {match['key']} · {match['url']}"
    yield f"    {say('lookup.said.why', why=match['why'])}"
    for cited in match["cited_in"][:_STATEMENTS]:
        yield f"    - {_say_cited(cited, say)}"
    more = len(match["cited_in"]) - _STATEMENTS
    if more > 0:
        yield f"    - {say('lookup.said.more', n=more)}"


def _say_cited(cited: CitedStatement, say: Phrases) -> str:
    where, statement = say("lookup.cited", page=cited["page"], number=cited["note"]), cited["statement"]
    if not cited["locator"]:
        return say("lookup.said.cited", where=where, statement=statement)
    return say("lookup.said.cited-place", where=where, place=cited["locator"]["value"], statement=statement)


def _format_nothing(citation: AnsweredCite, say: Phrases) -> Iterator[str]:
    what = citation["looked_for"]
    yield f"  {say('lookup.said.nothing-for', what=what) if what else say('lookup.said.nothing')}"
    for near in citation["near"]:
        yield f"    {say('lookup.said.nearest', title=near['title'], source=near['key'], why=near['why'])}"


def answer_as_json(answer: Answer) -> str:
    """Return an answer as one line of JSON, in the form that docs/manual/api.md describes."""
    citations = []
    for citation in answer["citations"]:
        found: dict[str, Any] = {name: citation[name] for name in ("text", "locator", "read")}
        found["matches"] = [_pick(match) for match in citation["matches"]]
        if not citation["matches"]:
            nearest = [{name: near[name] for name in ("key", "title", "why", "url")} for near in citation["near"]]
            found["nothing"] = {"looked_for": citation["looked_for"], "nearest": nearest}
        citations.append(found)
    return to_printable_json({"query": answer["query"], "citations": citations})


def _pick(match: Match) -> dict[str, Any]:
    cited = [{name: each[name] for name in ("page", "note", "statement", "url")} for each in match["cited_in"]]
    return {name: match[name] for name in ("key", "confidence", "why", "known_through", "url")} | {"cited_in": cited}


def format_entries(answers: Iterable[Answer], form: str, index: Index) -> str:
    """Return the entries of the first match of each cite, each source once. Raises IndexMissingError."""
    keys = {c["matches"][0]["key"]: None for answer in answers for c in answer["citations"] if c["matches"]}
    entries = []
    for key in keys:
        path = index.site / "sources" / f"{key}.{ENTRIES[form]}"
        if not path.is_file():
            raise IndexMissingError(f"the last build made no {form} of {key}; dosje build makes it")
        entries.append(path.read_bytes().decode("utf-8"))
    if form == "csl-json":
        items = [item for entry in entries for item in json.loads(entry)]
        return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    return "\n".join(entries)
