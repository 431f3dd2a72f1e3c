"""Makes the answer for one cite: each source that it means, with the statements that cite this source.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

from ..phrases.phrases import Phrases
from .answered import AnsweredCite, CitedStatement, Confidence, Match, NearMatch, Neighbour, SaidLocator
from .hits import Hit, SearchResult
from .known_leaves import known_through, with_known
from .leaves import read_folios
from .queries import Reading
from .reasons import word_reason
from .rows import SourceRow
from .shards import Shards, card_at, row_at

_CONFIDENCES: list[Confidence] = ["possible", "likely", "exact"]


def answer_cite(
    reading: Reading, found: SearchResult, shards: Shards, missing: list[str], phrases: Phrases
) -> AnsweredCite:
    """Return the answer for one cite."""
    locator: SaidLocator | None = {"label": reading.label, "value": reading.value} if reading.value else None
    wanted = read_folios(reading.value) if reading.value and reading.label != "note" else []
    matches: list[Match] = []
    for hit in found.hits:
        match = _match(hit, wanted, reading.label, reading.value, shards, missing, phrases)
        if match is not None:
            matches.append(match)
    near: list[NearMatch] = []
    for hit in found.near:
        other = _point_at(hit, shards, missing, phrases)
        if other is not None:
            near.append(other)
    return {
        "text": reading.text,
        "locator": locator,
        "read": {part.name: {"value": part.value, "span": [part.start, part.end]} for part in reading.parts or []},
        "matches": matches,
        "near": near,
        "looked_for": word_reason(found.looked_for, phrases),
    }


def _point_at(hit: Hit, shards: Shards, missing: list[str], phrases: Phrases) -> NearMatch | None:
    """Return a source that comes near, or None if its row is not loaded yet."""
    row = row_at(hit.row, shards, missing) if hit.row >= 0 else None
    if row is None:
        return None
    return {
        "key": row["key"],
        "title": row["title"],
        "reference": row["reference"],
        "why": word_reason(hit.why, phrases),
        "url": _url_of(row["key"], shards),
    }


def _url_of(key: str, shards: Shards) -> str:
    page: str = shards["core"]["source_page"]
    name = shards["core"]["page_names"].get(key, key)
    return f"{shards['core']['base']}{page.replace('KEY', name)}"


def _match(  # noqa: PLR0917
    hit: Hit, wanted: list[list[int]], label: str, value: str, shards: Shards, missing: list[str], phrases: Phrases
) -> Match | None:
    """Return a match with the statements that cite it. First come those that cite a leaf or page that is asked for.

    None if its row or card is not loaded yet.
    """
    row = row_at(hit.row, shards, missing)
    card = card_at(hit.row, shards, missing)
    if row is None or card is None:
        return None
    cited: list[CitedStatement] = []
    for page, number, statement, url, own_label, own_value in card["cited"]:
        runs = read_folios(own_value) if own_label == (label or own_label) else []
        overlaps = any(run[0] <= last and first <= run[1] for run in wanted for first, last in runs)
        cited.append(
            {
                "page": page,
                "note": number,
                "statement": statement,
                "url": shards["core"]["base"] + url,
                "locator": {"label": own_label, "value": own_value} if own_value else None,
                "overlaps": overlaps,
            }
        )
    if wanted:
        cited = [cite for cite in cited if cite["overlaps"]] + [cite for cite in cited if not cite["overlaps"]]
    known = known_through(card["known"], wanted)
    sureness = hit.sureness
    why = hit.why
    if card["is_draft"]:
        # What nobody has compared with its source is never exact.
        sureness = 2 if sureness > 2 else sureness
        why = ["unchecked", "first", why]
    return {
        "key": row["key"],
        "title": row["title"],
        "confidence": _CONFIDENCES[sureness - 1],
        "why": word_reason(why, phrases),
        "url": _url_of(row["key"], shards),
        "cited_in": cited,
        "words": with_known(with_place(card["words"], row, label, value, phrases), known),
        "known_through": known,
        "reference": row["reference"],
        "before": _neighbour(card["before"], shards),
        "after": _neighbour(card["after"], shards),
    }


def with_place(words: str, row: SourceRow, label: str, value: str, phrases: Phrases) -> str:
    """Return the full note of a source with the page or leaf that was asked for: "…, 40."

    That of a document has its own leaves; the one that was asked for takes their place.
    """
    if not words or not value or row["level"] in ("fonds", "series"):
        return words
    place = value
    if label == "note":
        place = word_reason(["at-note", "value", value], phrases)
    elif row["level"] != "work" and row["leaf_label"]:
        place = f"{row['leaf_label']} {value}"
    at = words.rfind(row["leaf_words"]) if row["leaf_words"] else -1
    if at >= 0:
        return words[:at] + place + words[at + len(row["leaf_words"]) :]
    return f"{words[:-1]}, {place}." if words.endswith(".") else f"{words}, {place}"


def _neighbour(pair: list[str], shards: Shards) -> Neighbour | None:
    if not pair:
        return None
    return {"key": pair[0], "title": pair[1], "url": _url_of(pair[0], shards)}
