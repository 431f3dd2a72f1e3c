"""What changed in the records, and when: from git, in one call for all of them.

Without git, in the edition or on the machine, there is no history. That is not an error.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..system.children import Limits, MissingError, run_child

_FOLDERS = ("content", "bibliography")
_ACTIONS = {"A": "added", "M": "changed", "D": "removed", "T": "changed"}
# The earliest moment that all file formats can hold.
_NO_DAY = 315_532_800
_WHAT = "git, for what changed"
_RECORD, _FIELD = "\x1e", "\x1f"


@dataclass(frozen=True)
class Change:
    """A file that one commit changed: `moment` as 1960-06-24T10:00:00Z, `action` added, changed or removed."""

    path: str
    moment: str
    commit: str
    subject: str
    action: str


def read_changes(root: Path, folders: Iterable[str] = _FOLDERS) -> tuple[Change, ...]:
    """Return all changes of files in `folders`, the newest first. Without git there are none.

    The oldest commits of a shallow clone seem to add all files, so they are left out.
    """
    said = _git(
        root, "log", "--no-ext-diff", "--no-textconv", "--no-renames", "--relative", "--name-status",
        "--date=format-local:%Y-%m-%dT%H:%M:%SZ", f"--format={_RECORD}%H{_FIELD}%cd{_FIELD}%s", "--", *folders,
    )  # fmt: skip
    if not said:
        return ()
    shallow = _git(root, "rev-parse", "--git-path", "shallow").strip()
    cut = (root / shallow).read_text(encoding="ascii").split() if shallow and (root / shallow).is_file() else []
    return tuple(_parse_log(said, set(cut)))


def last_changes(changes: Iterable[Change]) -> dict[str, Change]:
    """Return the last change of each file, by its path."""
    last: dict[str, Change] = {}
    for change in changes:
        last.setdefault(change.path, change)
    return last


def last_moment(root: Path) -> int:
    """Return when the edition was last committed, in seconds since 1970. Without git it is the beginning of 1980."""
    said = _git(root, "log", "-1", "--format=%ct", "--", ".").strip()
    return int(said) if said.isdecimal() else _NO_DAY


def _parse_log(said: str, cut: set[str]) -> Iterator[Change]:
    for entry in said.split(_RECORD)[1:]:
        head, _, rest = entry.partition("\n")
        commit, moment, subject = head.split(_FIELD, 2)
        if commit in cut:
            continue
        for line in rest.split("\n"):
            sign, _, path = line.partition("\t")
            if path and sign in _ACTIONS:
                yield Change(path, moment, commit, subject, _ACTIONS[sign])


def _git(root: Path, *arguments: str) -> str:
    # UTC, so that a day is the same everywhere. Programs that the repository's own settings name are not started.
    environment = os.environ | {"TZ": "UTC", "LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0"}
    # The output does not depend on the settings of the person who builds.
    settings = (
        "core.quotePath=false", "core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true",
        "i18n.logOutputEncoding=UTF-8",
    )  # fmt: skip
    safe = [argument for setting in settings for argument in ("-c", setting)]
    try:
        done = run_child(
            ["git", "--no-pager", *safe, *arguments], Limits(), _WHAT, folder=root, environment=environment
        )
    except MissingError:
        return ""
    return done.stdout if done.code == 0 else ""
