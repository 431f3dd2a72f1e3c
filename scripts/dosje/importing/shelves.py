"""Reads where a document lies, as a note says it: archive, fonds, series, file, box, year, leaf, in any country's form.

The lookup reads references to archives that the edition has; here those are read of which it knows nothing, so that
their units can be drafted. Knows nothing of records.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from .shelf_words import (
    ARCHIVE,
    BIG_LABELS,
    COLLECTION,
    LABEL,
    PRINTED,
    QUOTES,
    ROLES,
    SHORT,
    SIGN,
    TOWNS,
    UNQUOTES,
    VALUE,
)

_BREAK = re.compile(
    r"\s*//\s*|[,;:]\s+|(?<=[,.][”\"’»])\s+|(?<=\w)\.\s+(?=(?:Ф|Оп|Д|Л|Лл|К|Картон|П|F|Fond|Op|Opis|D|Delo|L|Ll)\.?\s*[№0-9A-ZА-Я])"
)
_WITHIN = re.compile(r"(?:in|at|from|aus|dans|nel|në|в)\s+(?:the\s+)?(?=[A-ZÀ-ŽА-Я])")
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}(?:\s?[–/-]\s?(?:(?:1[5-9]|20)?[0-9]{2}))?")
_NUMBERS = re.compile(r"[0-9]{1,5}[rv]?(?:\s?[–-]\s?[0-9]{1,5}[rv]?)?(?:,\s[0-9]{1,5}(?:[–-][0-9]{1,5})?)*")
_DOTTED = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)(?:\.([0-9]+(?:[–-][0-9]+)?))?")
_SMALL_WORD = re.compile(r"\b[a-zà-žа-я]{3,}")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_CODE = re.compile(
    r"(?:M[Ss]\.?\s)?(?:(?:[A-Z][A-Za-zÄÖÜ]{0,4}|[0-9]{1,3}\s[A-Z]{1,4})?[ -]?[A-Z0-9.-]*[0-9][A-Za-z]?)(?:[/#].+)?"
)


@dataclass(frozen=True)
class Shelf:
    """What a note says of the place of a document. Numbers stand without their labels, "" for what it does not say.

    `archive` as written, `short` its short name where one is given with it. `labels`: the label before each number, by
    the name of its field. `fonds_title`: its name beside its number. `start` and `end`: where all this stands.
    """

    archive: str = ""
    short: str = ""
    town: str = ""
    fonds: str = ""
    series: str = ""
    file: str = ""
    box: str = ""
    year: str = ""
    leaf: str = ""
    leaf_label: str = ""  # of CSL: "folio" or "page"
    fonds_title: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    spans: tuple[tuple[int, int], ...] = ()

    def words_around(self, text: str) -> str:
        """Return what a cite says beside the place: what stands before, between and behind its parts."""
        parts: list[str] = []
        at = 0
        for start, end in sorted(self.spans):
            parts.append(text[at:start])
            at = max(at, end)
        return ", ".join(part for part in (*(one.strip(" ,;.") for one in parts), text[at:].strip(" ,;")) if part)


@dataclass(frozen=True)
class _Piece:
    """A part of a cite between two commas, and what it is: "archive", a role of `ROLES`, "code", "name", "other"."""

    text: str
    start: int
    end: int
    kind: str = ""
    label: str = ""
    value: str = ""


def read_shelf(text: str, known: Collection[str]) -> Shelf | None:
    """Return where a document lies, None where a cite names no place in an archive. `known`: names of archives."""
    if PRINTED.search(text):
        return None
    pieces = [_classify(piece, known) for piece in _split(text, known)]
    at = next((number for number, piece in enumerate(pieces) if piece.kind == "archive"), -1)
    if at < 0:
        at = _find_named(pieces)
        if at >= 0:
            pieces[at] = replace(pieces[at], kind="archive")
    behind = _run(pieces, at + 1, 1) if at >= 0 else _run_alone(pieces)
    before = _run(pieces, at - 1, -1) if at >= 0 and not any(_is_number(pieces[number]) for number in behind) else []
    places = _in_order(pieces, before) if any(_is_number(pieces[number]) for number in before) else behind
    if not _is_founded(pieces, at, places, text):
        return None
    return _fill(pieces, at, places)


def _split(text: str, known: Collection[str]) -> Iterator[_Piece]:
    """Yield the parts of a cite. What stands in quotation marks or brackets is not cut."""
    depth, quoted, start = 0, "", 0
    at = 0
    while at < len(text):
        sign = text[at]
        if quoted:
            if sign in quoted:
                quoted = ""
        elif sign in QUOTES and (at == 0 or not text[at - 1].isalnum()):
            quoted = UNQUOTES if sign != "'" else "'’"
            if not any(mark in text[at + 1 :] for mark in quoted):
                quoted = ""
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(depth - 1, 0)
        brk = _BREAK.match(text, at) if not quoted and not depth else None
        if brk and at > start:
            yield from _trimmed(text, start, at, known)
            start = at = brk.end()
            continue
        at += 1
    yield from _trimmed(text, start, len(text), known)


def _trimmed(text: str, start: int, end: int, known: Collection[str]) -> Iterator[_Piece]:
    """Yield a part without the spaces around it; an archive's short name before a sign is a part of its own."""
    while start < end and text[start] in " .,;(":
        start += 1
    while end > start and (text[end - 1] in " ,;" or (text[end - 1] == "." and end == len(text))):
        end -= 1
    if start == end:
        return
    if (within := _WITHIN.match(text, start, end)) is not None:
        start = within.end()
    part = text[start:end]
    cut = _end_of_archive(part, known)
    if cut:
        yield _Piece(part[:cut], start, start + cut, "archive")
        rest = part[cut:].lstrip(" :")
        yield _Piece(rest, end - len(rest), end)
        return
    yield _Piece(part, start, end)


def _end_of_archive(part: str, known: Collection[str]) -> int:
    """Return where the name of an archive ends that has a sign behind it without a comma, 0 where none stands there."""
    named = [name for name in known if part.startswith((f"{name} ", f"{name}:"))]
    if named:
        at = max(map(len, named))
        return at if part[at:].lstrip(" :")[:1].isalnum() and not _is_town(part[at:].strip(" :")) else 0
    word = part.partition(" ")[0].rstrip(":")
    rest = part[len(word) :].lstrip(" :")
    return len(word) if len(word) > 2 and SIGN.fullmatch(word) and _is_sign_behind(rest) else 0


def _is_sign_behind(rest: str) -> bool:
    """Say whether "FO 371/15" stands behind the name of an archive, or four numbers with points."""
    return _DOTTED.fullmatch(rest) is not None or re.match(r"[A-Z]{1,5} ?[0-9]+/[0-9]", rest) is not None


def _classify(piece: _Piece, known: Collection[str]) -> _Piece:
    text = piece.text
    bare = _IN_BRACKETS.sub("", text).strip()
    bare = " ".join(bare.split(" ")[:-1]) if len(bare.split(" ")) == 2 and _is_town(bare.split(" ")[1]) else bare
    if piece.kind:
        return piece
    if text[0] in QUOTES:
        return replace(piece, kind="other")
    if (
        bare in known
        or text in known
        or (ARCHIVE.search(bare) and len(bare.split()) < 12 and not _NUMBERS.search(bare))
    ):
        return replace(piece, kind="archive")
    label = LABEL.match(text)
    word = re.sub(r"[. ]", "", label[1].lower()).replace("recordgroup", "rg") if label else ""
    is_big = label is not None and label[1].isupper() and not label[2] and label[1] not in BIG_LABELS
    if label and not is_big and (word in ROLES or label[1].lower() in ROLES):
        role = ROLES.get(word) or ROLES[label[1].lower()]
        rest = text[label.end() :]
        value = VALUE.match(rest)
        if value and not _IN_BRACKETS.sub("", rest[value.end() :]).strip(" .)") and not _is_day(text, value[0]):
            return replace(piece, kind=role, label=text[: label.end()].strip(), value=value[0].strip())
        if rest and rest[0] in QUOTES and role in ("file", "box"):
            return replace(
                piece, kind=role, label=text[: label.end()].strip(), value=rest.strip(QUOTES + UNQUOTES + ",")
            )
    if _DOTTED.fullmatch(text):
        return replace(piece, kind="dotted")
    if _YEAR.fullmatch(text):
        return replace(piece, kind="date")
    if _NUMBERS.fullmatch(text):
        return replace(piece, kind="numbers", value=text)
    code = _CODE.fullmatch(_IN_BRACKETS.sub("", text))
    if code and not _SMALL_WORD.search(bare) and re.search(r"[A-Z#/.]", bare):
        return replace(piece, kind="code", value=bare)
    if re.fullmatch(r"[IVXLC]+(?: ?[A-Z])?/[0-9A-Z/-]+", bare):
        return replace(piece, kind="code", value=bare)
    if re.match(r"(?i)fond[os]?\s+[A-ZÀ-ŽА-Я]", text):
        return replace(piece, kind="name")
    if text[0].isupper() and len(text.split()) < 9 and not re.search(r"[0-9]{1,2}\.? \w+\.? [0-9]{4}|\sto\s", text):
        return replace(piece, kind="name")
    return replace(piece, kind="other")


def _is_day(text: str, value: str) -> bool:
    return re.fullmatch(r"(?:1[5-9]|20)[0-9]{2}", value) is not None and not re.match(r"(?i)v|y|g|j", text)


def _is_number(piece: _Piece) -> bool:
    return piece.kind in ("code", "dotted") or piece.kind in ROLES.values()


def _find_named(pieces: Sequence[_Piece]) -> int:
    """Return the place of an archive that is known by what stands behind its name alone, -1 for none."""
    numbers = [number for number, piece in enumerate(pieces) if _is_number(piece)]
    for number in range(len(pieces) - 1, (numbers or [len(pieces)])[-1], -1):
        bare = _IN_BRACKETS.sub("", pieces[number].text).strip()
        if pieces[number].kind == "name" and SIGN.fullmatch(bare) and number - numbers[-1] < 3:
            return number
    for number, piece in enumerate(pieces):
        if piece.kind != "name":
            continue
        bare = _IN_BRACKETS.sub("", piece.text).strip()
        later = pieces[number + 1 :]
        is_sign = SIGN.fullmatch(bare) is not None and len(bare) > 1
        if is_sign and any(_is_number(one) for one in later[:3]):
            return number
        if number == 0 and later and later[0].kind == "name" and COLLECTION.search(later[0].text):
            return number
    return -1


def _run(pieces: Sequence[_Piece], at: int, step: int) -> list[int]:
    """Return the parts of a reference from one place on: numbers and names, until something else stands there."""
    found: list[int] = []
    while 0 <= at < len(pieces) and pieces[at].kind != "other":
        found.append(at)
        at += step
    while found and not _is_number(pieces[found[-1]]) and pieces[found[-1]].kind != "numbers":
        if step > 0 and len(found) == 1 and pieces[found[0]].kind == "name":
            break
        if step < 0 and COLLECTION.search(pieces[found[-1]].text):
            break
        found.pop()
    return found


def _in_order(pieces: Sequence[_Piece], before: list[int]) -> list[int]:
    """Return the parts of a reference before its archive, the largest unit first, in whichever order they stand."""
    kinds = [pieces[number].kind for number in sorted(before)]
    wide = [at for at, kind in enumerate(kinds) if kind in ("fonds", "fonds-or-leaf", "series")]
    narrow = [at for at, kind in enumerate(kinds) if kind in ("file", "folio", "page")]
    return sorted(before) if wide and narrow and wide[0] < narrow[0] else before


def _run_alone(pieces: Sequence[_Piece]) -> list[int]:
    """Return the parts of a reference that names no archive."""
    first = next((number for number, piece in enumerate(pieces) if _is_number(piece)), -1)
    return _run(pieces, first, 1) if first >= 0 else []


def _is_founded(pieces: Sequence[_Piece], at: int, places: Sequence[int], text: str) -> bool:
    """Say whether what was read is a place in an archive, and no page of a journal."""
    numbers = [pieces[number] for number in places if _is_number(pieces[number])]
    if at >= 0:
        return bool(numbers) or (ARCHIVE.search(pieces[at].text) is not None and bool(places))
    if any(piece.kind == "code" and re.search(r"[A-Z][A-Za-z]?.?[0-9]+/[0-9]", piece.value) for piece in numbers):
        return not re.search(r"[”\"»’],?\s[^,]*[0-9]+/[0-9]+[^,]*\([0-9]{4}\)|\((?:1[5-9]|20)[0-9]{2}\)", text)
    roles = {piece.kind for piece in numbers}
    return len(roles & {"fonds", "series", "file", "box", "year", "folio", "fonds-or-leaf"}) > 1 and "file" in roles


def _fill(pieces: Sequence[_Piece], at: int, places: Sequence[int]) -> Shelf:
    made: dict[str, str] = {}
    labels: dict[str, str] = {}
    if at >= 0:
        made |= _name_archive(pieces[at].text)
    used = [pieces[number] for number in places]
    used += [piece for number, piece in enumerate(pieces) if number not in places and piece.kind in ("folio", "page")]
    is_turned = len(places) > 1 and places[0] > places[-1]
    for number, piece in enumerate(used):
        rest = used[number + 1 :]
        _take(piece, rest, made, labels, is_last=not any(_is_number(one) for one in rest), is_first=number == 0)
    spans = [*used, *([pieces[at]] if at >= 0 else [])]
    around = pieces[at + 1 : at + 3] if at >= 0 and is_turned else []
    for piece in around:  # the town or the university of an archive at the end
        if piece.kind == "archive" or _is_town(piece.text) or re.search(r"\b[Uu]niversit", piece.text):
            spans.append(piece)
            if _is_town(piece.text):
                made["town"] = piece.text
    start, end = min(piece.start for piece in spans), max(piece.end for piece in spans)
    return Shelf(**made, labels=labels, start=start, end=end, spans=tuple((one.start, one.end) for one in spans))


def _name_archive(text: str) -> dict[str, str]:
    short = SHORT.search(text)
    name = SHORT.sub("", text, count=1).strip() if short else text
    return {"archive": name, "short": short[1].strip() if short else ""}


def _is_town(text: str) -> bool:
    return all(word.lower().strip(".") in TOWNS for word in re.split(r"[\s(),]+", text) if word)


def _take(  # noqa: PLR0917
    piece: _Piece, rest: Sequence[_Piece], made: dict[str, str], labels: dict[str, str], is_last: bool, is_first: bool
) -> None:
    """Note what a part of a reference says."""
    kind, value = piece.kind, piece.value
    if kind == "fonds-or-leaf":
        kind = _role_of_f(piece, rest, made)
    if kind in ("file", "box") and kind == "file" and "file" in made:
        kind = "folder" if "box" not in made else "item"
    if kind in ("folio", "page"):
        if (kind == "page" and "series" in made and "file" not in made and any(one.kind == "file" for one in rest)) or (
            kind == "folio" and "file" not in made and "fonds" in made and piece.label.lower().startswith("k")
        ):
            made["box"], labels["box"] = value, piece.label
        elif "leaf" not in made:
            made["leaf"], made["leaf_label"], labels["leaf"] = _whole_range(value), kind, piece.label
    elif kind in ("fonds", "series", "file", "box", "year"):
        if piece.label.lower().startswith(("rg", "record gr")):
            value = f"RG {value}"
        if kind == "fonds" and "fonds" in made and "fonds" not in labels:
            made["fonds_title"] = made.pop("fonds")
        made.setdefault(kind, value)
        labels.setdefault(kind, piece.label)
    elif kind == "dotted":
        found = _DOTTED.fullmatch(piece.text)
        assert found
        made |= {"fonds": found[1], "series": found[2], "file": found[3]}
        made |= {"leaf": found[4], "leaf_label": "folio"} if found[4] else {}
    elif kind == "numbers":
        if "leaf" not in made and ("file" in made or "box" in made):
            made["leaf"], made["leaf_label"] = _whole_range(value), "folio"
        elif "file" not in made and "fonds" in made:
            made["file"] = value
    elif kind == "code":
        _take_code(piece, made)
    elif kind == "name":
        _take_name(piece.text, made, is_first=is_first)


def _whole_range(value: str) -> str:
    """Return leaves with the whole number of the last: "204-18" -> "204–218"."""

    def fill(match: re.Match[str]) -> str:
        first, last = match[1], match[2]
        return f"{first}–{first[: len(first) - len(last)] + last if len(last) < len(first) else last}"

    return re.sub(r"([0-9]+)\s?[–-]\s?([0-9]+)", fill, value)


def _role_of_f(piece: _Piece, rest: Sequence[_Piece], made: dict[str, str]) -> str:
    """Return what "F." is: a fonds, behind that of a named one a file or a leaf."""
    if (
        "fonds" not in made
        or ("file" not in made and "F" in piece.label and any(one.kind == "file" for one in rest))
        or any(one.kind == "series" for one in rest)
    ):
        return "fonds"
    if "file" in made:
        return "folio"
    if "box" in made and any(one.kind in ("folio", "page") for one in rest):
        return "file"
    return "file" if "/" in piece.value or piece.label[0] == "F" else "folio"


def _take_code(piece: _Piece, made: dict[str, str]) -> None:
    """Note what a sign such as "FO 371/160022", "E94#1000/781#6*" or "SdM 934" says."""
    value = re.sub(r"^M[Ss]\.?\s(?=[A-Z]+\s?[0-9])", "", piece.value).rstrip("*")
    title = re.search(r"\(([^()]+)\)", piece.text)
    if "#" in value:
        parts = value.split("#")
        made |= dict(zip(("fonds", "series", "file"), parts, strict=False))
        return
    head, _, tail = value.partition("/") if re.match(r"[^/]*[0-9][^/]*/", value) else _cut_behind_digit(value)
    head = re.sub(r"^([A-Z]{1,5})([0-9])", r"\1 \2", head)
    if "fonds" not in made and re.search(r"[A-Za-z]", head):
        made["fonds"] = head
        if title:
            made["fonds_title"] = title[1]
        if re.fullmatch(r"[0-9]+/[0-9]+", tail):
            made["series"], _, made["file"] = tail.partition("/")
        elif tail:
            made["file"] = tail
    elif "file" not in made:
        named = re.fullmatch(r"([A-Z][A-Za-z]{1,5}) ([0-9]+)", value)
        if named and "series" not in made and re.search(r"[a-z]", named[1]):
            made["series"], made["file"] = named[1], named[2]
        else:
            made["file"] = value


def _cut_behind_digit(value: str) -> tuple[str, str, str]:
    match = re.match(r"(.*?[0-9][^/]*)/(.*)", value)
    return (match[1], "/", match[2]) if match else (value, "", "")


def _take_name(text: str, made: dict[str, str], *, is_first: bool) -> None:
    if _is_town(SHORT.sub("", text)) and "fonds" not in made:
        made["town"] = SHORT.sub("", text).strip()
        if (short := SHORT.search(text)) and not made.get("short"):
            made["short"] = short[1].strip()
    elif ARCHIVE.search(text) and not COLLECTION.search(text):
        return
    else:
        name = re.sub(r"^fonds?\s", "", SHORT.sub("", text, count=1).strip())
        if "fonds" not in made:
            made["fonds"] = name
        elif ("series" not in made and "file" not in made) or ("series" not in made and not is_first):
            made["series"] = name
        elif "file" not in made:
            made["series"] += f", {name}"
