"""Lists of findings as they are told to people: chosen by code, many of a kind with a count, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .findings import Finding, findings_to_github, format_findings

# More findings of one code than this are told as a few, and a count.
MOST = 10
FEW = 3


@dataclass(frozen=True)
class Chosen:
    """The codes of findings that are to be shown: those of `only` (all, if it is empty) without those of `ignored`."""

    only: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()

    def choose(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings that are to be shown, in their order."""
        return tuple(
            one for one in findings if (not self.only or one.code in self.only) and one.code not in self.ignored
        )


EVERY = Chosen()


def fold_findings(
    findings: Sequence[Finding], whole: Collection[str] = frozenset()
) -> tuple[tuple[Finding, ...], dict[str, int]]:
    """Return the findings to show, and how many more there are, by code.

    Of a code with more than MOST findings FEW are shown, unless it is among the `whole`.
    """
    count = Counter(finding.code for finding in findings)
    folded = {code for code, number in count.items() if number > MOST and code not in whole}
    shown, told = [], Counter[str]()
    for finding in findings:
        told[finding.code] += 1
        if finding.code not in folded or told[finding.code] <= FEW:
            shown.append(finding)
    return tuple(shown), {code: count[code] - FEW for code in sorted(folded)}


def count_codes(findings: Iterable[Finding]) -> str:
    """Return how often each code occurs, the most frequent first: "unused-record 8, bad-date 1"."""
    count = Counter(finding.code for finding in findings)
    return ", ".join(f"{code} {number}" for code, number in sorted(count.items(), key=lambda one: (-one[1], one[0])))


def tell_findings(findings: Sequence[Finding], whole: Collection[str] = frozenset()) -> str:
    """Return lines for a terminal: the findings, many of one code as a few and a count."""
    shown, more = fold_findings(findings, whole)
    lines = [format_findings(shown)] if shown else []
    lines += [f"and {number} more of {code}: dosje check --only {code} shows all" for code, number in more.items()]
    return "\n".join(lines)


def tell_github(findings: Sequence[Finding], whole: Collection[str] = frozenset()) -> str:
    """Return workflow commands for the findings, and one for those of a code that are too many. GitHub shows ten."""
    shown, more = fold_findings(findings, whole)
    lines = [findings_to_github(shown)] if shown else []
    lines += [
        f"::notice title={code}::and {number} more of {code}: dosje check --only {code} shows all"
        for code, number in more.items()
    ]
    return "\n".join(lines)


# How often each finding occurs, wherever it stands in its file.
Known = Mapping[tuple[str, str, str, str], int]


def find_new(
    findings: Iterable[Finding], known: Known, *, is_complete: bool
) -> tuple[tuple[Finding, ...], Known]:  # fmt: skip
    """Return the findings that were not known, and what is known from now on.

    A line that moved does not make a finding new. `is_complete`: the whole edition was looked at. If not, what was
    known and is not found is still known, as an error hides what comes behind it.
    """
    now, new = Counter[tuple[str, str, str, str]](), []
    for finding in findings:
        identity = (finding.span.path, finding.code, finding.message, finding.hint)
        now[identity] += 1
        if now[identity] > known.get(identity, 0):
            new.append(finding)
    return tuple(new), now if is_complete else now | Counter(known)
