"""Draws who was in which meeting as a table of signs: a row for each person, a column for each meeting.

For paper, where a table of the web would be too wide. Pure geometry: knows nothing of records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from ..values.words import escape
from .svg import NAMESPACE, WIDTH, href_attribute

# What fits on a page: A4 and US Letter both.
MOST_COLUMNS, MOST_ROWS = 26, 38
_GUTTER, _HEAD, _ROW, _EDGE = 92, 236, 12.6, 4
_WIDEST = 22.0  # of a column
_HEAD_SIGNS = 49  # what of a title stands at the head of a column


@dataclass(frozen=True)
class MatrixHeading:
    """The name of a row or column, in short and in full, and where it leads."""

    key: str
    name: str
    full_name: str
    href: str


# The attendance by row and column. A cell has several values if the record lists a person several times.
Cells = Mapping[tuple[str, str], Sequence[str]]


def cut(
    columns: Sequence[MatrixHeading], rows: Sequence[MatrixHeading], cells: Cells
) -> Iterator[tuple[list[MatrixHeading], ...]]:
    """Yield the columns and rows of each drawing: no more than a page holds, and no row without a sign."""
    count = max(ceil(len(columns) / MOST_COLUMNS), 1)
    size = ceil(len(columns) / count)
    for start in range(0, len(columns), size or 1):
        own = list(columns[start : start + size])
        kept = [row for row in rows if any((row.key, column.key) in cells for column in own)]
        pages = max(ceil(len(kept) / MOST_ROWS), 1)
        height = ceil(len(kept) / pages)
        for top in range(0, len(kept), height or 1):
            yield own, kept[top : top + height]


def draw_matrix(columns: Sequence[MatrixHeading], rows: Sequence[MatrixHeading], cells: Cells, description: str) -> str:
    """Return the table as SVG; every name leads to its record. `description` is read out for the whole."""
    step = min((WIDTH - _GUTTER - _EDGE) / len(columns), _WIDEST)
    right, bottom = _GUTTER + step * len(columns), _HEAD + _ROW * len(rows)
    parts = []
    for index, column in enumerate(columns):
        x = _GUTTER + step * (index + 0.5)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_HEAD}" y2="{bottom:.1f}"/>')
        turned = f'x="{x + 2.8:.1f}" y="{_HEAD - 5}" transform="rotate(-90 {x + 2.8:.1f} {_HEAD - 5})"'
        parts.append(
            f"<a {href_attribute(column.href)}>{_title(column)}<text {turned}>{escape(_cut(column.name))}</text></a>"
        )
    for index, row in enumerate(rows):
        y = _HEAD + _ROW * (index + 0.5)
        parts.append(f'<line x1="{_GUTTER}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f"<a {href_attribute(row.href)}>{_title(row)}"
            f'<text x="{_GUTTER - 7}" y="{y + 3:.1f}" text-anchor="end">'
            f"{escape(row.name)}</text></a>"
        )
    for index, row in enumerate(rows):
        y = _HEAD + _ROW * (index + 0.5)
        for at, column in enumerate(columns):
            signs = cells.get((row.key, column.key), ())
            for number, sign in enumerate(signs):
                x = _GUTTER + step * (at + 0.5) + 7 * (number - (len(signs) - 1) / 2)
                parts.append(_SIGNS[sign](x, y))
    box = f'viewBox="0 0 {WIDTH} {bottom + 2:.0f}"'
    return (
        f'<svg {NAMESPACE} class="dosje-room-drawing" {box} aria-label="{escape(description)}">{"".join(parts)}</svg>'
    )


def _title(heading: MatrixHeading) -> str:
    return f"<title>{escape(heading.full_name)}</title>"


def _cut(text: str) -> str:
    if len(text) <= _HEAD_SIGNS:
        return text
    return text[: _HEAD_SIGNS - 1].rpartition(" ")[0].rstrip(" ,;:–") + " …"


def _present(x: float, y: float) -> str:
    return f'<circle class="dosje-sign" cx="{x:.1f}" cy="{y:.1f}" r="3.3"/>'


def _observer(x: float, y: float) -> str:
    return f'<path class="dosje-sign" d="M{x:.1f} {y - 3.8:.1f}l3.9 6.9h-7.8z"/>'


def _invited(x: float, y: float) -> str:
    return f'<path class="dosje-sign-open" d="M{x:.1f} {y - 4:.1f}l4 4l-4 4l-4 -4z"/>'


def _absent(x: float, y: float) -> str:
    return f'<path class="dosje-sign-open" d="M{x - 2.8:.1f} {y - 2.8:.1f}l5.6 5.6m0 -5.6l-5.6 5.6"/>'


def _uncertain(x: float, y: float) -> str:
    under = f'<circle class="dosje-sign-under" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    return f'{under}<text x="{x:.1f}" y="{y + 3.3:.1f}" text-anchor="middle">?</text>'


_SIGNS = {
    "present": _present,
    "observer": _observer,
    "invited": _invited,
    "absent": _absent,
    "uncertain": _uncertain,
}
