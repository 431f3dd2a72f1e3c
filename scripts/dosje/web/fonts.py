"""Makes the web fonts of an edition from font packages: only the letters that it uses, as WOFF2, with their CSS.

Source Serif 4 for reading and Source Sans 3 for lists, tables and navigation come from the packages
`fontpkg-source-serif-4` and `fontpkg-source-sans-3`; no font file is ours. Knows nothing of records and pages.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.resources
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from ..system.writing import write_file

FONT_STYLES = "assets/fonts.css"
_FOLDER = "assets/fonts"
# Raise it when the code makes other files, so that the store does not give out old ones.
_RECIPE = "2"


@dataclass(frozen=True)
class Face:
    """One style of a family. `weights` is the range that stays variable; equal ends make it one weight."""

    family: str
    package: str
    file: str
    style: str
    weights: tuple[int, int]
    axes: tuple[tuple[str, float], ...] = ()  # pinned: the optical size of running text
    has_small_capitals: bool = False

    @property
    def name(self) -> str:
        return re.sub(r"\W+", "-", f"{self.family} {self.style}".lower())


@dataclass(frozen=True)
class Fallback:
    """A system face that is scaled to the widths of ours, so that no line moves when ours has come."""

    family: str
    local: tuple[str, ...]
    of: str
    width: float  # mean width of its letters in English text, in em (table xAvgCharWidth is of all glyphs)


_SERIF, _SANS = "fontpkg_source_serif_4", "fontpkg_source_sans_3"
_TEXT_SIZE = (("opsz", 14.0),)
# The licence of these fonts reserves the name "Source", so changed fonts have another name.
FACES = (
    Face("Dosje Serif", _SERIF, "SourceSerif4[opsz,wght].ttf", "normal", (400, 600), _TEXT_SIZE, True),
    Face("Dosje Serif", _SERIF, "SourceSerif4-Italic[opsz,wght].ttf", "italic", (400, 400), _TEXT_SIZE),
    Face("Dosje Sans", _SANS, "SourceSans3[wght].ttf", "normal", (400, 400)),
)
FALLBACKS = (
    Fallback("Dosje Serif Georgia", ("Georgia",), "Dosje Serif", 0.4483),
    Fallback("Dosje Serif Times", ("Times New Roman", "Liberation Serif", "Tinos"), "Dosje Serif", 0.3998),
    Fallback("Dosje Sans Arial", ("Arial", "Liberation Sans", "Arimo"), "Dosje Sans", 0.4414),
)
# A browser fetches the file of a script only where a page has a letter of it.
SCRIPTS: Mapping[str, str] = {
    "latin": "U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2002-200A, U+2010-2027, "
    "U+202F-203A, U+2044, U+20AC, U+2116, U+2122, U+2190-2193, U+2212, U+2260, U+2264-2265, "
    "U+0100-0130, U+0132-0151, U+0154-017F, U+01CD-01DC, U+0218-021B, U+0300-030C, U+1E00-1EFF",
    "greek": "U+0370-03FF",
    "cyrillic": "U+0400-045F, U+0490-0491",
}
# What our own texts have, and what readers type.
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0\u202f§©«·»×–—‘’“”„†•…‹›←↑→↓−¶")
_FEATURES = ("ccmp", "kern", "liga", "locl", "mark", "onum", "pnum", "tnum")
_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14, 16)
_FAMILY_NAMES = (1, 3, 4, 6, 16)
# How often each letter stands in a thousand of English text, with spaces: weights for comparing the widths of faces.
_FREQUENCIES = {
    " ": 182, "e": 104, "t": 74, "a": 67, "o": 61, "i": 57, "n": 57, "s": 52, "h": 50, "r": 49, "d": 35, "l": 33,
    "u": 23, "c": 23, "m": 20, "w": 19, "f": 18, "g": 16, "y": 16, "p": 15, "b": 12, "v": 8, "k": 6, "x": 1,
}  # fmt: skip


def letters_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the letters of the texts and those of every edition, without scripts that our faces do not have."""
    known = {chr(code) for script in SCRIPTS for code in _codes(script)}
    return _ALWAYS.union(*(set(text) for text in texts)) & known


def make_fonts(letters: Collection[str], store: Path, *, for_disk: bool = False) -> dict[str, bytes]:
    """Return the font files, their licences and the style sheet that names them, by path below the pages.

    Files that were made are kept in `store`; the name of a file changes with its letters, packages and recipe.
    `for_disk`: pages do not preload the faces of running text (theme/main.html), so these may come late.
    """
    codes = {script: sorted(_codes(script) & set(map(ord, letters))) for script in SCRIPTS}
    files: dict[str, bytes] = {}
    rules = []
    for face in FACES:
        for script, data in _make_face(face, codes, store).items():
            path = f"{_FOLDER}/{face.name}-{script}.woff2"
            files[path] = data
            rules.append(_rule(face, path.removeprefix("assets/"), script, for_disk))
    rules += [_fallback_rule(fallback) for fallback in FALLBACKS]
    for package in (_SERIF, _SANS):
        licence = importlib.resources.files(package) / "LICENSE"
        files[f"{_FOLDER}/{package.removeprefix('fontpkg_').replace('_', '-')}-licence.txt"] = licence.read_bytes()
    files[FONT_STYLES] = "\n".join(["/* Made by the build from font packages. */", *rules, ""]).encode()
    return dict(sorted(files.items()))


def _make_face(face: Face, codes: Mapping[str, Sequence[int]], store: Path) -> dict[str, bytes]:
    version = importlib.metadata.version(face.package.replace("_", "-"))
    tools = [importlib.metadata.version(name) for name in ("fonttools", "uharfbuzz")]
    made = {}
    for script, wanted in codes.items():
        if wanted:
            told = f"{_RECIPE} {face} {version} {tools} {wanted} {_features(face, script)}"
            path = store / f"{face.name}-{script}-{hashlib.sha256(told.encode()).hexdigest()[:16]}.woff2"
            if not path.is_file():
                write_file(path, _cut(face, script, wanted))
            made[script] = path.read_bytes()
    return made


def _cut(face: Face, script: str, codes: Iterable[int]) -> bytes:
    """Return letters of one script of a face, as WOFF2."""
    source = hb.Face(hb.Blob(_read(face)))
    wanted = hb.SubsetInput()
    wanted.unicode_set.clear()
    wanted.unicode_set.update(codes)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _features(face, script))
    wanted.name_id_set.clear()
    wanted.name_id_set.update(_NAMES)
    wanted.flags = hb.SubsetFlags.NO_HINTING
    for axis, value in face.axes:
        wanted.pin_axis_location(source, axis, value)
    low, high = face.weights
    if low == high:
        wanted.pin_axis_location(source, "wght", low)
    else:
        wanted.set_axis_range(source, "wght", low, high)
    # The time of the build is not written into the file: same input, same bytes.
    font = TTFont(io.BytesIO(wanted.subset(source).blob.data), recalcTimestamp=False, recalcBBoxes=False)
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = face.family.replace(" ", "") if record.nameID == 6 else face.family
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _features(face: Face, script: str) -> tuple[str, ...]:
    return _FEATURES + (("smcp",) if face.has_small_capitals and script == "latin" else ())


def _read(face: Face) -> bytes:
    return (importlib.resources.files(face.package) / "files" / face.file).read_bytes()


def _codes(script: str) -> set[int]:
    found: set[int] = set()
    for part in SCRIPTS[script].split(", "):
        first, _, last = part.removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _rule(face: Face, address: str, script: str, for_disk: bool) -> str:
    weights = " ".join(dict.fromkeys(str(weight) for weight in face.weights))
    # The faces of all text are asked for early. Where a line is too slow even so, the page stays as it was first shown,
    # and the next one has them: no line moves under a reader's eyes. From disk no page would ever have them.
    display = "optional" if (face.style, script) == ("normal", "latin") and not for_disk else "swap"
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; font-weight: {weights}; '
        f'font-display: {display}; src: url("{address}") format("woff2"); unicode-range: {SCRIPTS[script]}; }}'
    )


def _fallback_rule(fallback: Fallback) -> str:
    face = next(face for face in FACES if face.family == fallback.of)
    font: Any = TTFont(io.BytesIO(_read(face)), lazy=True)
    em = font["head"].unitsPerEm
    ascent, descent = font["hhea"].ascent / em, -font["hhea"].descent / em
    size = _mean_width(face) / fallback.width
    sources = ", ".join(f'local("{name}")' for name in fallback.local)
    return (
        f'@font-face {{ font-family: "{fallback.family}"; src: {sources}; size-adjust: {size:.2%}; '
        f"ascent-override: {ascent / size:.2%}; descent-override: {descent / size:.2%}; line-gap-override: 0%; }}"
    )


def _mean_width(face: Face) -> float:
    """Return the mean width of a letter in English text, in em."""
    font = hb.Font(hb.Face(hb.Blob(_read(face))))
    font.set_variations({"wght": face.weights[0], **dict(face.axes)})
    total = 0.0
    for letter, often in _FREQUENCIES.items():
        glyph = font.get_nominal_glyph(ord(letter))
        total += font.get_glyph_h_advance(glyph) * often
    return float(total / sum(_FREQUENCIES.values()) / font.face.upem)
