"""The pictures of a manuscript: taken out of its file, checked as all files in content/assets/ are, and named."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from ..markup.tree import Inlines, Picture
from ..reading.assets import check_assets
from ..values.slugs import slug
from ..values.words import Run

# A scan of a page at 600 dots an inch has 35 million points.
_MOST_POINTS = 150_000_000
_MOST_BYTES = 50_000_000
_ENDINGS = {
    b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp", b"II*\0": "tif", b"MM\0*": "tif",
}  # fmt: skip
_DATA = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL)
_FOREIGN = re.compile(r"[A-Za-z][\w+.-]*:|//")
_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]")


@dataclass
class PictureReader:
    """Takes pictures out of a manuscript. `media`: where those of its file lie; `beside`: the folder of the file.

    `name`: what their names begin with. `found`: path below content/ -> bytes.
    """

    media: Path
    beside: Path
    name: str
    tell: Callable[[str], None]
    found: dict[str, bytes] = field(default_factory=dict)

    def read(self, address: str, shown: str) -> Inlines:
        """Return a picture, or its words where it cannot be had; then `tell` is told why."""
        words = " ".join(shown.split())
        try:
            raw = self._load(address)
        except (OSError, ValueError) as error:
            self.tell(f"a picture is left out: {error}")
            return (Run(words),) if words else ()
        known = next((path for path, other in self.found.items() if other == raw), "")
        if not known:
            ending = _ending_of(raw) or Path(address).suffix.lower().removeprefix(".")
            known = f"assets/{self.name}-{len(self.found) + 1}.{ending}"
            self.found[known] = raw
        return (Picture(known, words),)

    def _load(self, address: str) -> bytes:
        """Return the bytes of a picture. Raises ValueError that says what is wrong with it, OSError."""
        if data := _DATA.fullmatch(address):
            raw = _decode(data[1])
        elif Path(address).is_relative_to(self.media):
            raw = _read(Path(address))
        elif _FOREIGN.match(address):
            raise ValueError(f"it lies on the web ({address[:80]})")
        else:
            raw = _read(_way_to(self.beside, address))
        if not raw:
            raise ValueError("it is empty")
        if len(raw) > _MOST_BYTES:
            raise ValueError(f"it has more than {_MOST_BYTES // 1_000_000} million bytes")
        width, height = size_of_picture(raw)
        if width * height > _MOST_POINTS:
            raise ValueError(f"it has {width} × {height} points, more than {_MOST_POINTS // 1_000_000} million")
        self._check(raw, Path(address).suffix.lower())
        return raw

    def _check(self, raw: bytes, ending: str) -> None:
        """Raise ValueError if this is no picture that may be published."""
        ending = f".{_ending_of(raw)}" if _ending_of(raw) else ending
        path = self.media / "content" / "assets" / f"picture{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        findings = check_assets([path], self.media, ())
        path.unlink()
        if findings:
            raise ValueError(findings[0].message)


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(unquote(text), validate=False)
    except binascii.Error as error:
        raise ValueError("its data cannot be read") from error


def _way_to(folder: Path, address: str) -> Path:
    """Return the path of a picture beside a manuscript. Raises ValueError where it leads out of the folder."""
    path = (folder / unquote(address)).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"{address[:80]} does not lie beside the manuscript")
    return path


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise ValueError(f"there is no file {path.name[:80]}")
    with path.open("rb") as opened:
        return opened.read(_MOST_BYTES + 1)


def _ending_of(raw: bytes) -> str:
    return next((ending for head, ending in _ENDINGS.items() if raw.startswith(head)), "")


def size_of_picture(raw: bytes) -> tuple[int, int]:
    """Return width and height that a PNG, GIF or JPEG says it has, in points; 0, 0 for others.

    Source: PNG 1.2, 11.2.2; GIF89a, 18; ITU T.81, B.2.2.
    """
    if raw.startswith(b"\x89PNG") and len(raw) >= 24:
        return struct.unpack(">II", raw[16:24])
    if raw.startswith(b"GIF8") and len(raw) >= 10:
        return struct.unpack("<HH", raw[6:10])
    if raw.startswith(b"\xff\xd8"):
        return next(_frames_of(raw), (0, 0))
    return 0, 0


def _frames_of(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield width and height of each frame of a JPEG."""
    at = 2
    while at + 9 < len(raw) and raw[at] == 0xFF:
        if _FRAME.match(raw, at):
            height, width = struct.unpack(">HH", raw[at + 5 : at + 9])
            yield width, height
        at += 2 + int(struct.unpack(">H", raw[at + 2 : at + 4])[0])


def name_pictures(stem: str) -> str:
    """Return what the names of a manuscript's pictures begin with, from the name of its file."""
    return (slug(stem) or "picture")[:40].strip("-")
