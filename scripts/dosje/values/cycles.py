"""Finds cycles: things that lead, step by step, back to themselves. Knows nothing of what the things are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def find_rings(steps: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield cycles. Each is a list of things in which each leads to the next, and the last to the first.

    `steps`: where each thing leads. Not every cycle is found. But if the last step of each cycle found is taken away,
    no cycle is left. It takes linear time. It does not use recursion, because a path may be long.
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
