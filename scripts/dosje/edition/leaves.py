"""Which leaves of an archival file are known: the documents on them, and how often the edition cites them.

It is arithmetic alone: it knows nothing of records and pages. Leaves count from 1, as the archive foliated them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..values.folios import Folios

_WIDTH, _HEIGHT = 640, 46


@dataclass(frozen=True)
class Stretch:
    """A run of leaves with the same documents and citations.

    `items`: the keys of the documents there; if there are two, they overlap. `cites`: how many citations name one of
    its leaves. If there are neither, it is a gap: nothing is known about it.
    """

    leaves: Folios
    items: tuple[str, ...]
    cites: int

    @property
    def is_gap(self) -> bool:
        return not self.items and not self.cites


def cover(
    items: Iterable[tuple[str, Sequence[Folios]]], cites: Iterable[Sequence[Folios]], extent: Sequence[Folios] = ()
) -> tuple[Stretch, ...]:
    """Return the leaves of a file in stretches, from the first known leaf to the last.

    `items`: each document's key and leaves. `cites`: the leaves of each citation. `extent`: the leaves of the whole
    file, if its record gives them.
    """
    placed = [(key, run) for key, runs in items for run in runs]
    cited = [tuple(runs) for runs in cites]
    runs = [run for _, run in placed] + [run for one in cited for run in one] + list(extent)
    if not runs:
        return ()
    edges = sorted({run.first for run in runs} | {run.last + 1 for run in runs})
    items_at = _turns(enumerate(run for _, run in placed))
    cites_at = _turns((number, run) for number, one in enumerate(cited) for run in one)
    lying, citing = Counter[int](), Counter[int]()
    stretches: list[Stretch] = []
    for start, end in pairwise(edges):
        leaves = Folios(start, end - 1)
        for active, turns in ((lying, items_at), (citing, cites_at)):
            for number, turn in turns.get(start, ()):
                active[number] += turn
                if not active[number]:
                    del active[number]
        here = tuple(dict.fromkeys(placed[number][0] for number in sorted(lying)))
        count = len(citing)
        last = stretches[-1] if stretches else None
        if last is not None and (last.items, last.cites) == (here, count):
            stretches[-1] = Stretch(Folios(last.leaves.first, leaves.last), here, count)
        else:
            stretches.append(Stretch(leaves, here, count))
    return tuple(stretches)


def _turns(runs: Iterable[tuple[int, Folios]]) -> dict[int, list[tuple[int, int]]]:
    """Return what begins (1) and has ended (-1) at each leaf. So the cost grows with the file, not with its square."""
    turns: dict[int, list[tuple[int, int]]] = {}
    for number, run in runs:
        turns.setdefault(run.first, []).append((number, 1))
        turns.setdefault(run.last + 1, []).append((number, -1))
    return turns


def draw(stretches: Sequence[Stretch], description: str) -> str:
    """Return a picture of the stretches as SVG: documents above, citations below, gaps left open.

    `description` is read aloud in place of the picture. It is plain text, and is escaped here.
    """
    first, last = stretches[0].leaves.first, stretches[-1].leaves.last
    scale = _WIDTH / (last - first + 1)
    parts = []
    for stretch in stretches:
        x, width = (stretch.leaves.first - first) * scale, (stretch.leaves.last - stretch.leaves.first + 1) * scale
        box = f'x="{x:.1f}" width="{max(width - 0.6, 0.8):.1f}"'
        if stretch.items:
            kind = "both" if len(stretch.items) > 1 else "item"
            parts.append(f'<rect class="dosje-leaves-{kind}" {box} y="4" height="16"/>')
        if stretch.cites:
            shade = min(0.35 + 0.15 * stretch.cites, 1)
            parts.append(f'<rect class="dosje-leaves-cited" {box} y="23" height="8" fill-opacity="{shade:.2f}"/>')
    label = description.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return (
        f'<svg class="dosje-leaves" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">'
        f'<line x1="0" x2="{_WIDTH}" y1="21.5" y2="21.5"/>{"".join(parts)}'
        f'<text x="0" y="{_HEIGHT - 3}">{first}</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT - 3}" text-anchor="end">{last}</text></svg>'
    )
