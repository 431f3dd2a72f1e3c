"""Says which files of content/assets/ can be published: files that only show or hold something, under own names.

They are copied to the site unchanged, and a browser decides by a file's content what it is. So each kind is known by
its ending and its first bytes, and a drawing is read completely (`svg_safety`). To allow a kind, add a row to `_KINDS`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from ..values.findings import Finding, Span
from .files import name_of, read_bytes
from .svg_safety import SvgProblem, find_problems

# A file that begins like this could be read as a page or script. It is never plain text (WHATWG: MIME Sniffing, 7.1).
_TEXT = rb"(?!(?:\xef\xbb\xbf)?\s*<)(?!\xfe\xff|\xff\xfe)[^\x00]*\Z"
_MPEG_4 = rb"(?s).{4}ftyp"
# Ending -> the first bytes of the file.
_KINDS = {
    **dict.fromkeys(("csv", "tsv", "txt", "json", "geojson", "bib", "ris", "vtt", "srt"), _TEXT),
    "png": rb"\x89PNG\r\n\x1a\n",
    **dict.fromkeys(("jpg", "jpeg"), rb"\xff\xd8\xff"),
    "gif": rb"GIF8[79]a",
    "webp": rb"(?s)RIFF.{4}WEBP",
    "avif": _MPEG_4,
    **dict.fromkeys(("tif", "tiff"), rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+"),
    "ico": rb"\x00\x00\x01\x00",
    "svg": rb"(?:\xef\xbb\xbf)?\s*<",
    "pdf": rb"%PDF-",
    "mp3": rb"ID3|\xff[\xe2-\xff]",
    **dict.fromkeys(("ogg", "oga", "ogv", "opus"), rb"OggS"),
    "flac": rb"fLaC",
    "wav": rb"(?s)RIFF.{4}WAVE",
    **dict.fromkeys(("m4a", "m4v", "mp4"), _MPEG_4),
    "webm": rb"\x1aE\xdf\xa3",
    "woff2": rb"wOF2",
    "woff": rb"wOFF",
    "ttf": rb"\x00\x01\x00\x00|true",
    "otf": rb"OTTO",
}
_PAGES = frozenset(
    ["md", "markdown", "mdown", "mkdn", "mkd", "html", "htm", "xhtml", "xht", "shtml", "xml", "xsl", "xslt"]
)
_HEAD = 4096
_LARGEST_DRAWING = 16_000_000
# What a build makes under assets/, beside the files of the theme: `fonts`, `stylesheet`, Material.
_MADE = re.compile(r"fonts\.css|site\.[^/]*|fonts/(?:dosje|source)-.*|(?:javascripts|stylesheets)(?:/.*)?")
# Some systems cannot have these in a name, and no address can.
_ODD = re.compile(r"[<>:\"|?*\\%#`\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[. ]\Z|[. ]/")


def check_assets(paths: Iterable[Path], root: Path, named: Collection[str]) -> list[Finding]:
    """Return what is wrong with the files below content/assets/ of the edition in `root`.

    `named`: the style sheets and scripts that mkdocs.yml names, as it does: "assets/own.css".
    """
    folder = root / "content" / "assets"
    findings: list[Finding] = []
    for path in paths:
        if path.is_relative_to(folder):
            name = path.relative_to(folder).as_posix()
            findings += _check_name(path, name, root)
            findings += _check_kind(path, name, root, named)
    return findings


def is_taken(name: str) -> bool:
    """Say whether a file below assets/ is one of the program's, also where capitals do not count."""
    folded = name.casefold()
    return folded in _of_theme() or bool(_MADE.fullmatch(folded))


@cache
def _of_theme() -> frozenset[str]:
    """Return the files that our theme and Material have below assets/."""
    material = find_spec("material")
    folders = [Path(str(resources.files("dosje"))) / "web" / "theme" / "assets"]
    folders += [
        Path(folder) / "templates" / "assets" for folder in (material and material.submodule_search_locations) or ()
    ]
    walked = ((folder, path, files) for folder in folders for path, _, files in os.walk(folder))
    return frozenset(
        (Path(path) / name).relative_to(folder).as_posix().casefold()
        for folder, path, files in walked
        for name in files
    )


def _check_name(path: Path, name: str, root: Path) -> list[Finding]:
    span = Span(name_of(path, root), 1, 1)
    hint = "give it another name, and name it so where it is shown"
    if is_taken(name):
        return [Finding(span, "asset-name", f'"assets/{name}" is a file of the program', hint)]
    if _ODD.search(name):
        message = "its name has signs that not every system, and no address, can hold"
        return [Finding(span, "asset-name", message, hint)]
    return []


def _check_kind(path: Path, name: str, root: Path, named: Collection[str]) -> list[Finding]:
    ending = path.suffix.lower().removeprefix(".")
    span = Span(name_of(path, root), 1, 1)
    if ending in ("css", "js", "mjs"):
        if f"assets/{name}" in named:
            return []
        field = "extra_css" if ending == "css" else "extra_javascript"
        message = f'no page loads "assets/{name}"'
        return [
            Finding(span, "asset-kind", message, f"take it out, or name it in mkdocs.yml: {field}: [assets/{name}]")
        ]
    if ending not in _KINDS:
        is_page = ending in _PAGES
        hint = "a page is Markdown in content/pages/" if is_page else f"published are {', '.join(sorted(_KINDS))}"
        what = f"files that end in .{ending} are" if ending else "a file without an ending is"
        return [Finding(span, "asset-kind", f"{what} not published from content/assets/", hint)]
    try:
        stat = path.stat()
        problems = _look_into(path, ending, (stat.st_mtime_ns, stat.st_size, stat.st_ino))
    except OSError as error:
        return [Finding(span, "file-kind", f"the file cannot be read: {error.strerror}", "look at its rights")]
    if problems is None:
        message = f"what it holds is not what .{ending} files hold"
        return [Finding(span, "asset-kind", message, "save it anew as what its name says, or rename it")]
    return [Finding(Span(span.path, p.line, p.column), "unsafe-svg", f"the drawing {p.what}", p.hint) for p in problems]


# A preview looks at all of them at every save.
@lru_cache(maxsize=1 << 14)
def _look_into(path: Path, ending: str, stamp: tuple[int, ...]) -> tuple[SvgProblem, ...] | None:
    """Return what is unsafe in a file, None if its content does not fit its ending. Raises OSError."""
    head = read_bytes(path, _LARGEST_DRAWING if ending == "svg" else _HEAD)
    if not re.match(_KINDS[ending], head if ending == "svg" else head[:_HEAD]):
        return None
    if ending != "svg":
        return ()
    if len(head) > _LARGEST_DRAWING:
        return (SvgProblem(1, 1, f"has more than {_LARGEST_DRAWING // 1_000_000} million bytes"),)
    return tuple(find_problems(head))
