"""Finds rings: things that lead, step by step, back to themselves. Knows nothing of what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def find_rings(steps: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield rings, each as the things that lead from one to the next, the last to the first.

    `steps`: where each thing leads. Not every ring is found, but without the last steps of those found there is none.
    In linear time, and by no function that calls itself, as a way may be long.
    """
    finished: set[str] = set()
    for start in steps:
        if start in finished:
            continue
        way, ahead = [start], [iter(steps[start])]
        place = {start: 0}
        while way:
            step = next(ahead[-1], None)
            if step is None:
                ahead.pop()
                del place[way[-1]]
                finished.add(way.pop())
            elif step in place:
                yield way[place[step] :]
            elif step in steps and step not in finished:
                place[step] = len(way)
                way.append(step)
                ahead.append(iter(steps[step]))
